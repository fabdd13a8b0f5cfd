// What every page may have. Everything here is an extra: pages read and post without it.
import "htmx.org";
import { bar } from "../../CaseRoom/bar.js";
import { charts } from "./charts.js";
import { compare, comparing } from "../../Ratings/compare.js";
import { draft } from "../../Intake/draft.js";
import { expect } from "../../Intake/expect.js";
import { judge } from "../../CaseRoom/judge.js";
import { keys } from "./keys.js";
import { lint } from "../../Appeals/lint.js";
import { net } from "./net.js";
import { outgoing } from "../../CaseRoom/outgoing.js";
import { passkeys } from "../../Accounts/passkey.js";
import { paste } from "../../Intake/paste.js";
import { suggest } from "../../Intake/suggest.js";
import { theme } from "./theme.js";
import { typed } from "../../CaseRoom/typed.js";
import { uploads } from "./uploads.js";
import { viewer } from "./viewer.js";
import { way } from "../../Desk/way.js";

theme();
net();
keys();
viewer();
outgoing();
comparing();
bar();
expect();
passkeys();
paste();
lint();
draft();
suggest();
typed();
way();
const wake = (root) => {
  uploads(root);
  charts(root);
  compare(root);
  judge(root);
  for (const section of root.querySelectorAll("[data-recompute]")) section.hidden = false;
};
wake(document);
document.addEventListener("htmx:after:swap", () => wake(document));
document.addEventListener("house:new", (event) => wake(event.target));

// A long form must not go twice because a thumb was quick.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
  } else if (form.method === "post" && !form.hasAttribute("hx-post")) {
    form.dataset.sent = "1";
    setTimeout(() => delete form.dataset.sent, 4000);
  }
});

const toList = () => document.getElementById("list")?.scrollIntoView({ behavior: "instant" });

// Filters act at once where the list can be swapped in place.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-live]");
  if (form) form.requestSubmit();
  // Who sorts from above a chart is led to the list.
  if (form && event.target.name === "sort")
    document.addEventListener("htmx:after:swap", toList, { once: true });
});

// The list recomputes itself only for whoever asks; the code is fetched then.
document.addEventListener("click", async (event) => {
  const section = event.target.closest("button")?.closest("[data-recompute]");
  if (section) (await import(section.dataset.recompute)).recompute(section);
});

// A long list on a phone shows the rest of its rows.
document.addEventListener("click", ({ target }) => {
  const table = target.closest(".fold-more")?.previousElementSibling;
  if (!table) return;
  table.dataset.whole = "";
  table.querySelector("tbody tr:nth-child(21) a")?.focus();
});

// What is ticked is counted where it is acted on.
document.addEventListener("change", ({ target }) => {
  const said = target.name === "pick" && target.form?.querySelector("[data-picked]");
  if (!said) return;
  const ticked = target.form.querySelectorAll("[name=pick]:checked").length;
  said.dataset.idle ??= said.textContent;
  said.textContent = ticked > 0 ? said.dataset.picked.replace("{0}", ticked) : said.dataset.idle;
});

// A template goes to where the cursor stands, and what was typed stays.
document.addEventListener("submit", (event) => {
  const into = document.getElementById(event.target.dataset?.insert);
  if (!into) return;
  event.preventDefault();
  const chosen = event.target.querySelector("select").selectedOptions[0];
  into.setRangeText(chosen.dataset.text, into.selectionStart, into.selectionEnd, "end");
  into.focus();
});

// Files may be dropped on their field, as on the browser's own.
document.addEventListener("dragover", (event) => {
  if (event.target.closest?.(".file-field")) event.preventDefault();
});
document.addEventListener("drop", (event) => {
  const input = event.target.closest?.(".file-field")?.querySelector("input");
  if (!input) return;
  event.preventDefault();
  input.files = event.dataTransfer.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
});

// What was chosen is named in the words of the page.
document.addEventListener("change", ({ target }) => {
  const said = target.type === "file" && target.parentElement.querySelector("output");
  if (said) said.textContent = [...target.files].map((file) => file.name).join(" · ") || said.dataset.none;
});

// A form that came back goes on where its address says; else a summary of faults takes the focus, to be read first.
// What a form led to is read first too: what was done, where that is said, or the heading of what comes now.
const asked = new URLSearchParams(location.search);
const shown = asked.has("shown");
const isLed = shown || asked.has("did") || performance.getEntriesByType("navigation")[0]?.redirectCount > 0;
const on = shown && location.hash ? document.getElementById(location.hash.slice(1)) : null;
const inside = (of) => of.querySelector(":checked") ?? of.querySelector("input");
const field = (of) => (of.matches("input, textarea, select, [tabindex]") ? of : inside(of));
const done = () => document.querySelector("main :is(.note, .next)[role=status]:not([hidden], [data-expect])");
const start = () => {
  if (on) return field(on);
  const fault = document.querySelector(".fault");
  if (fault || !isLed || document.querySelector("[data-desk], [autofocus]")) return fault;
  // An address keeps the # of the page before; where that is no place here, the page begins at its heading.
  const first = done() ?? (document.querySelector(":target") ? null : document.querySelector("main h1"));
  first?.setAttribute("tabindex", "-1");
  return first;
};
const begin = () => {
  const first = document.activeElement === document.body && start();
  if (first) first.focus({ preventScroll: first.matches("h1") });
};
begin();
// A browser that goes to the # of an address lets go of what has the focus.
if (location.hash) addEventListener("load", () => setTimeout(begin, 100));

// A link without the site's address: the browser knows where it is.
const here = (text) =>
  text.startsWith("/cases/") ? location.origin + text : text.replaceAll("https://SITE/", `${location.origin}/`);
for (const line of document.querySelectorAll("[data-line]")) line.textContent = here(line.textContent);

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(here(button.dataset.copy));
    button.textContent = button.dataset.copied;
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
