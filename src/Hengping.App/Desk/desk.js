// The mediators' desk: keys, the case beside the list, and acts without leaving the page. All of it is an extra: the
// same links and forms work without it.
import { panel } from "./panel.js";
import { anyTicked, live, picks, rowOf, rows, seek, selection } from "./selection.js";
import { wayBack } from "./way.js";

const root = document.querySelector("[data-desk]");
const words = root.dataset;
const said = document.getElementById("desk-said");
const help = document.getElementById("desk-help");
const KEYS_OFF = "hengping-keys-off";
const TOLD_MS = 8000;
let seeks = false; // Somebody has sent what they look for, and has pressed no key since.

const bulk = () => document.getElementById("bulk");
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
const place = selection(words, () => beside.number());
const beside = panel(root, { refresh, say, tell, focusRow: place.focus, nextOf: place.nextOf });

function step(by) {
  const next = place.step(by);
  if (!next) return;
  // Whoever reads beside the list goes on to read the next one.
  if (beside.number() && beside.number() !== next) beside.open(next, true, false);
  place.focus(next);
}

// Takes the parts of a page that tell how things stand, and leaves what somebody may be typing in.
async function show(answer) {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!page.getElementById("desk-live")) {
    // The session is over: that page says so.
    location.assign(answer.redirected ? answer.url : location.href);
    return;
  }
  const held = live().contains(document.activeElement);
  const wentBefore = going();
  const read = rowOf(beside.number());
  for (const id of ["desk-lead", "desk-views", "desk-live"])
    document.getElementById(id).replaceWith(document.adoptNode(page.getElementById(id)));
  place.keep(read);
  place.sync();
  live().dispatchEvent(new CustomEvent("house:new", { bubbles: true }));
  const fault = live().querySelector(".fault");
  const open = live().querySelector("details[data-act][open]");
  if (fault && open) open.querySelector("input, textarea").focus();
  else if (fault) fault.focus();
  else if (held) place.focus();
  const news = live().querySelector("[data-said]");
  const isLong = news?.querySelectorAll("li").length > 1;
  const isNews = news?.matches(".note") && !isLong;
  if (news || fault) say((news ?? fault).innerText, isNews);
  // Decided in the case beside the list: what goes out is heard as well as seen.
  else if (going() && going() !== wentBefore) say(going());
  // A sentence is read at the bottom, and the list stays where it is.
  if (isNews) news.remove();
}

// What goes out next, as it stands at the bottom: what, and which case.
function going() {
  const now = live().querySelector(".outgoing-now");
  const what = now?.querySelector(".outgoing-waiting .outgoing-what");
  return what ? `${now.querySelector("h2").textContent}: ${what.textContent}` : null;
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
    if (!place.current()) return say(words.none);
    form.append("pick", place.current());
  }
  const picked = form.getAll("pick");
  const next = picked.length === 1 ? place.nextOf(picked[0]) : null;
  return ask(bulk().action, form).then((done) => {
    if (done && next && rowOf(picked[0])?.dataset.decided && !beside.number()) place.focus(next);
  });
}

// One case is decided where it is read: its forms stand beside the list, or on its page where there is no room.
function act(key, verb) {
  const ticked = picks().filter((pick) => pick.checked);
  if (beside.number() && !(ticked.length > 0 && !beside.holds())) return beside.press(key);
  const row = rowOf(place.current());
  if (ticked.length === 0 && row?.dataset.decided) return tell(row.dataset.decided);
  if (key === "d" && bulk()) return decide(verb);
  if (ticked.length > 1) return unfold(verb);
  const one = ticked[0]?.value ?? place.current();
  if (!one) return say(words.none);
  for (const tick of ticked) tick.checked = false;
  place.count();
  return beside.fits()
    ? beside.open(one).then(() => beside.press(key))
    : location.assign(`/cases/${encodeURIComponent(one)}?act=${verb}#act`);
}

function unfold(act) {
  const details = bulk().querySelector(`details[data-act=${act}]`);
  details.open = true;
  details.scrollIntoView({ block: "nearest" });
  details.querySelector("input, textarea").focus();
}

const acts = {
  j: () => step(1),
  k: () => step(-1),
  o: () => place.current() && beside.open(place.current()),
  d: () => act("d", "deliver"),
  r: () => act("r", "return"),
  n: () => act("n", "decline"),
  u: () => undoNext(),
  x: () => toggle(rowOf(place.current())?.querySelector("input[name=pick]")),
  a: () => toggle(live().querySelector("[data-all]")),
  "/": seek,
  "?": () => help.showModal(),
  Enter: () => place.current() && beside.open(place.current()),
};

function toggle(tick) {
  tick?.click();
  const ticked = picks().filter((pick) => pick.checked).length;
  say(words.picked.replace("{0}", ticked));
}

// Pressed twice it takes back two, one after the other: the second is known when the first has come back.
let undoing = Promise.resolve();
function undoNext() {
  undoing = undoing.then(() => undo()).catch(() => {});
}

// What was decided last is taken back, and is read again.
async function undo(form = live().querySelector("form[data-undo]")) {
  if (!form || !(await ask(form.action, new FormData(form)))) return;
  const number = form.dataset.undo;
  // Its form comes back with what was typed.
  const isRead = beside.fits() && (beside.number() || form.dataset.words);
  if (isRead && !form.dataset.many) await beside.open(number, true, true, true);
  else place.focus(number);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || help.open) return;
  const target = event.target;
  const form = target.closest("details[data-act]");
  if (event.key === "Escape") {
    // What is looked for stays: a search field would empty itself.
    if (target.matches("[data-search]")) {
      event.preventDefault();
      return place.focus();
    }
    if (form) form.open = false;
    if (form || !beside.escape(target)) place.focus();
    return;
  }
  // The list is one stop of the Tab key: arrows go from row to row, whatever other keys are switched off.
  if ((event.key === "ArrowDown" || event.key === "ArrowUp") && target.closest("tr[data-number]")) {
    event.preventDefault();
    return step(event.key === "ArrowDown" ? 1 : -1);
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
  beside.open(link.dataset.open);
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-all]"))
    for (const pick of picks()) pick.checked = event.target.checked;
  if (event.target.matches("[data-all], input[name=pick]")) place.count();
});

document.addEventListener("focusin", (event) => {
  const row = event.target.closest?.("tr[data-number]");
  if (row && row.dataset.number !== place.current() && !beside.number()) place.stand(row.dataset.number);
});

root.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.matches("#bulk")) {
    event.preventDefault();
    const body = new FormData(form, event.submitter);
    if (!body.has("pick") && place.current()) body.append("pick", place.current());
    await ask(form.action, body);
  } else if (form.matches("[data-undo]") && live().contains(form)) {
    event.preventDefault();
    await undo(form);
  }
});

document.addEventListener("htmx:after:swap", () => {
  beside.stays(rowOf(beside.number()));
  place.stand(seeks ? null : place.current());
  if (!seeks) return;
  if (rows().length > 0) return place.focus();
  say(live().querySelector(".empty h2").textContent);
  live().querySelector(".empty a").focus();
});
document.addEventListener("desk:panel", () => {
  place.sync();
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

place.sync();
wayBack(place.stand);
beside.start();
