// The mediators' desk: keys, the case beside the list, and acts without leaving the page. All of it is an extra: the
// same links and forms work without it.
import { panel } from "./panel.js";

const root = document.querySelector("[data-desk]");
const words = root.dataset;
const said = document.getElementById("desk-said");
const help = document.getElementById("desk-help");
const KEYS_OFF = "hengping-keys-off";
const TOLD_MS = 8000;
let current = null;
let seeks = false; // Somebody has sent what they look for, and has pressed no key since.

const live = () => document.getElementById("desk-live");
const rows = () => [...live().querySelectorAll("tr[data-number]")];
const rowOf = (number) => rows().find((row) => row.dataset.number === number);
const bulk = () => document.getElementById("bulk");
const picks = () => [...live().querySelectorAll("input[name=pick]")];
let told = 0;
// To whoever listens; what everybody has to know is told at the bottom, where it moves nothing.
function say(text, isSeen = false) {
  clearTimeout(told);
  said.textContent = "";
  said.className = isSeen ? "toast" : "visually-hidden";
  // Emptied first, so that the same words are read out again.
  setTimeout(() => (said.textContent = text), 50);
  if (isSeen) told = setTimeout(() => say(""), TOLD_MS);
}
const tell = (text) => say(text, true);
const beside = panel(root, { refresh, say, tell, focusRow, nextOf });

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
  const row = rowOf(number) ?? rowOf(current) ?? rows()[0];
  if (!row) return document.querySelector("[data-search]")?.focus();
  current = row.dataset.number;
  sync();
  row.querySelector("a").focus();
  row.scrollIntoView({ block: "nearest" });
}

// The next one that nobody has decided about: below, else from the top.
function nextOf(number) {
  const all = rows();
  const at = all.findIndex((row) => row.dataset.number === number);
  const others = [...all.slice(at + 1), ...all.slice(0, Math.max(at, 0))];
  return others.find((row) => !row.dataset.decided)?.dataset.number ?? null;
}

function step(by) {
  const all = rows();
  if (all.length === 0) return;
  const now = all.findIndex((row) => row.dataset.number === current);
  const next = all[Math.min(all.length - 1, Math.max(0, now + by))].dataset.number;
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
  const news = live().querySelector("[data-said]");
  const isLong = news?.querySelectorAll("li").length > 1;
  const isNews = news?.matches(".note") && !isLong;
  if (news || fault) say((news ?? fault).innerText, isNews);
  // A sentence is read at the bottom, and the list stays where it is.
  if (isNews) news.remove();
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
  const picked = form.getAll("pick");
  const next = picked.length === 1 ? nextOf(picked[0]) : null;
  return ask(bulk().action, form).then((done) => {
    if (done && next && rowOf(picked[0])?.dataset.decided) focusRow(next);
  });
}

// One case is decided where it is read: its forms stand beside the list.
function act(key, verb) {
  if (beside.number() && !(anyTicked() && !beside.holds())) return beside.press(key);
  const row = rowOf(current);
  if (!anyTicked() && row?.dataset.decided) return tell(row.dataset.decided);
  if (key === "d" && bulk()) return decide(verb);
  if (anyTicked() || !row || !beside.fits()) return unfold(verb);
  return beside.open(current).then(() => beside.press(key));
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
  d: () => act("d", "deliver"),
  r: () => act("r", "return"),
  n: () => act("n", "decline"),
  u: () => undo(),
  x: () => toggle(rowOf(chosen())?.querySelector("input[name=pick]")),
  a: () => toggle(live().querySelector("[data-all]")),
  "/": () => document.querySelector("[data-search]").focus(),
  "?": () => help.showModal(),
  Enter: () => current && beside.open(current),
};

function toggle(tick) {
  tick?.click();
  const ticked = picks().filter((pick) => pick.checked).length;
  say(words.picked.replace("{0}", ticked));
}

// What was decided last is taken back, and is read again.
async function undo(form = live().querySelector("form[data-undo]")) {
  if (!form || !(await ask(form.action, new FormData(form)))) return;
  await (beside.number() ? beside.open(form.dataset.undo) : focusRow(form.dataset.undo));
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || help.open) return;
  const target = event.target;
  const form = target.closest("details[data-act]");
  if (event.key === "Escape") {
    // What is looked for stays: a search field would empty itself.
    if (target.matches("[data-search]")) {
      event.preventDefault();
      return focusRow();
    }
    if (form) form.open = false;
    if (form || !beside.escape(target)) focusRow();
    return;
  }
  seeks = event.key === "Enter" && target.matches("[data-search]");
  if (event.key === "Enter" && form && target.matches("input")) {
    event.preventDefault();
    form.querySelector("button").click();
    return;
  }
  // A dialog that has just closed may keep the focus until the next frame: nobody types there.
  const typing =
    !help.contains(target) && target.closest("input:not([name=pick], [data-all]), textarea, select, [contenteditable]");
  // With the focus nowhere it opens the row that is marked; a link or a button has its own.
  if (event.key === "Enter" && target !== document.body) return;
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
    await undo(form);
  }
});

document.addEventListener("htmx:after:swap", () => {
  if (seeks) current = null;
  sync();
  if (!seeks) return;
  if (rows().length > 0) return focusRow();
  say(live().querySelector(".empty h2").textContent);
  live().querySelector(".empty a").focus();
});
document.addEventListener("desk:panel", () => {
  sync();
  rowOf(beside.number())?.scrollIntoView({ block: "nearest" });
});

const on = help.querySelector("[data-keys-on]");
on.checked = !localStorage.getItem(KEYS_OFF);
on.addEventListener("change", () => {
  if (on.checked) localStorage.removeItem(KEYS_OFF);
  else localStorage.setItem(KEYS_OFF, "1");
});

document.addEventListener("outgoing:over", () => {
  // Nobody loses the place where they are typing because something went out.
  if (live().querySelector("details[data-act][open]")) return;
  refresh();
  beside.went();
});

sync();
beside.start();
