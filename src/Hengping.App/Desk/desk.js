// The mediators' desk: keys, the case beside the list, and acts without leaving the page. All of it is an extra: the
// same links and forms work without it.
import { panel } from "./panel.js";

const root = document.querySelector("[data-desk]");
const words = root.dataset;
const said = document.getElementById("desk-said");
const help = document.getElementById("desk-help");
const KEYS_OFF = "hengping-keys-off";
const REFRESH_AFTER_MS = 900;
const REFRESH_EVERY_MS = 3000;
let current = null;

const live = () => document.getElementById("desk-live");
const rows = () => [...live().querySelectorAll("tr[data-number]")];
const rowOf = (number) => rows().find((row) => row.dataset.number === number);
const bulk = () => document.getElementById("bulk");
const picks = () => [...live().querySelectorAll("input[name=pick]")];
const say = (text) => {
  said.textContent = "";
  // Emptied first, so that the same words are read out again.
  setTimeout(() => (said.textContent = text), 50);
};
const beside = panel(root, { refresh, say, focusRow });

// There is one selection: the case that is read beside the list, and else the row one stands on.
const chosen = () => beside.number() ?? current;
const anyTicked = () => picks().some((pick) => pick.checked);

// One row is the place to go on from: only its link and its tick are stops of the Tab key.
function sync() {
  const all = rows();
  if (rowOf(beside.number())) current = beside.number();
  if (!all.some((row) => row.dataset.number === current)) current = all[0]?.dataset.number ?? null;
  for (const row of all) {
    const here = row.dataset.number === current;
    row.classList.toggle("here", here);
    row.classList.toggle("open", row.dataset.number === beside.number());
    for (const stop of row.querySelectorAll("a, input")) stop.tabIndex = here ? 0 : -1;
  }
  for (const control of live().querySelectorAll("[data-help], [data-all]")) control.hidden = false;
  count();
}

function count() {
  const ticked = picks().filter((pick) => pick.checked).length;
  const head = live().querySelector("[data-picked-count]");
  if (!head) return;
  head.dataset.plain ??= head.textContent;
  head.textContent = ticked ? words.picked.replace("{0}", ticked) : head.dataset.plain;
  bulk().classList.toggle("on", ticked > 0);
  const all = live().querySelector("[data-all]");
  all.checked = ticked > 0 && ticked === picks().length;
  all.indeterminate = ticked > 0 && ticked < picks().length;
}

function focusRow(number = current) {
  const row = rowOf(number) ?? rows()[0];
  if (!row) return document.querySelector("[data-search]")?.focus();
  current = row.dataset.number;
  sync();
  row.querySelector("a").focus();
  row.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = rows();
  if (all.length === 0) return;
  const now = all.findIndex((row) => row.dataset.number === current);
  const inside = document.activeElement?.closest("tr[data-number]");
  const next = all[Math.min(all.length - 1, Math.max(0, inside ? now + by : now))].dataset.number;
  // Whoever reads beside the list goes on to read the next one.
  if (beside.number() && beside.number() !== next) beside.open(next, true, false);
  focusRow(next);
}

// Takes the parts of a page that tell how things stand, and leaves what somebody may be typing in.
async function show(answer) {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!page.getElementById("desk-live")) {
    // The session is over: that page says so.
    location.assign(answer.redirected ? answer.url : location.href);
    return;
  }
  const next = rows().findIndex((row) => row.dataset.number === current);
  const held = live().contains(document.activeElement);
  for (const id of ["desk-lead", "desk-views", "desk-live"])
    document.getElementById(id).replaceWith(document.adoptNode(page.getElementById(id)));
  if (!rowOf(current)) current = rows()[Math.min(next, rows().length - 1)]?.dataset.number ?? null;
  sync();
  live().dispatchEvent(new CustomEvent("house:new", { bubbles: true }));
  const fault = live().querySelector(".fault");
  const open = live().querySelector("details[data-act][open]");
  if (fault && open) open.querySelector("input, textarea").focus();
  else if (fault) fault.focus();
  else if (held) focusRow();
  say(live().querySelector("[data-said], .fault")?.innerText ?? "");
}

async function ask(address, form) {
  live().setAttribute("aria-busy", "true");
  try {
    await show(await fetch(address, form ? { method: "POST", body: form } : {}));
    return true;
  } catch {
    say(words.offline);
    note(words.offline);
    return false;
  } finally {
    live().removeAttribute("aria-busy");
  }
}

function note(text) {
  live().querySelector("[data-note]")?.remove();
  const line = document.createElement("p");
  [line.className, line.textContent, line.dataset.note] = ["note note-careful", text, ""];
  live().prepend(line);
}

function refresh() {
  return ask(location.href);
}

// What is ticked, or the row one stands on.
function decide(verb) {
  if (!bulk()) return;
  const form = new FormData(bulk());
  form.set("verb", verb);
  if (!form.has("pick")) {
    if (!chosen()) return say(words.none);
    form.append("pick", chosen());
  }
  return ask(bulk().action, form).then(beside.again);
}

function unfold(act) {
  const details = bulk()?.querySelector(`details[data-act=${act}]`);
  if (!details) return;
  const pick = rowOf(chosen())?.querySelector("input[name=pick]");
  if (pick && !anyTicked()) pick.checked = true;
  count();
  details.open = true;
  details.scrollIntoView({ block: "nearest" });
  details.querySelector("input, textarea").focus();
}

const acts = {
  j: () => step(1),
  k: () => step(-1),
  o: () => current && beside.open(current),
  d: () => (beside.press("d", anyTicked()) ? null : decide("deliver")),
  r: () => (beside.press("r", anyTicked()) ? null : unfold("return")),
  n: () => (beside.press("n", anyTicked()) ? null : unfold("decline")),
  u: () => undo(),
  x: () => toggle(rowOf(chosen())?.querySelector("input[name=pick]")),
  a: () => toggle(live().querySelector("[data-all]")),
  "/": () => document.querySelector("[data-search]").focus(),
  "?": () => help.showModal(),
};

function toggle(tick) {
  tick?.click();
  const ticked = picks().filter((pick) => pick.checked).length;
  say(words.picked.replace("{0}", ticked));
}

async function undo() {
  const waiting = live().querySelectorAll("form[data-undo]");
  const form = waiting[waiting.length - 1];
  if (form && (await ask(form.action, new FormData(form)))) beside.again();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || help.open) return;
  const target = event.target;
  const form = target.closest("details[data-act]");
  if (event.key === "Escape") {
    if (form) form.open = false;
    if (form || !beside.escape(target)) focusRow();
    return;
  }
  if (event.key === "Enter" && form && target.matches("input")) {
    event.preventDefault();
    form.querySelector("button").click();
    return;
  }
  // A dialog that has just closed may keep the focus until the next frame: nobody types there.
  const typing =
    !help.contains(target) && target.closest("input:not([name=pick], [data-all]), textarea, select, [contenteditable]");
  if (typing || localStorage.getItem(KEYS_OFF) || !acts[event.key]) return;
  event.preventDefault();
  acts[event.key]();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-help]")) help.showModal();
  const link = event.target.closest("a[data-open]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !beside.fits()) return;
  event.preventDefault();
  current = link.dataset.open;
  beside.open(current);
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-all]"))
    for (const pick of picks()) pick.checked = event.target.checked;
  if (event.target.matches("[data-all], input[name=pick]")) count();
});

document.addEventListener("focusin", (event) => {
  const row = event.target.closest?.("tr[data-number]");
  if (!row || row.dataset.number === current || rowOf(beside.number())) return;
  current = row.dataset.number;
  sync();
});

root.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.matches("#bulk")) {
    event.preventDefault();
    const body = new FormData(form, event.submitter);
    if (!body.has("pick") && chosen()) body.append("pick", chosen());
    await ask(form.action, body);
  } else if (form.matches("[data-undo]") && live().contains(form)) {
    event.preventDefault();
    if (await ask(form.action, new FormData(form))) beside.again();
  }
});

document.addEventListener("htmx:after:swap", sync);
document.addEventListener("desk:panel", sync);

const on = help.querySelector("[data-keys-on]");
on.checked = !localStorage.getItem(KEYS_OFF);
on.addEventListener("change", () => {
  if (on.checked) localStorage.removeItem(KEYS_OFF);
  else localStorage.setItem(KEYS_OFF, "1");
});

// The seconds that are left to undo; when they are over, how it went.
let asked = 0;
setInterval(() => {
  const waiting = [...live().querySelectorAll("[data-send]")];
  if (waiting.length === 0) return;
  const now = performance.now();
  for (const line of waiting) {
    line.dataset.end ??= now + 1000 * Number(line.dataset.send);
    const left = Math.ceil((line.dataset.end - now) / 1000);
    if (left > 0) line.textContent = words.left.replace("{0}", left);
  }
  const over = waiting.some((line) => now > Number(line.dataset.end) + REFRESH_AFTER_MS);
  // Nobody loses the place where they are typing because something went out.
  const typing = live().querySelector("details[data-act][open]");
  if (!over || typing || now - asked < REFRESH_EVERY_MS) return;
  asked = now;
  refresh();
  beside.went();
}, 1000);

sync();
beside.start();
