// Keeps what was typed in the filing on this device until it is filed, thrown away or a week old. It is not sent.
const KEY = "hengping-draft";
const DAYS_KEPT = 7;
const NOT_KEPT = new Set([
  "__requestverificationtoken",
  "key",
  "code",
  "codesent",
  "go",
  "signinphone",
  // A report may be anonymous: whoever uses the device next finds nothing of it.
  "reporttoo",
  "reportbreach",
  "reporttext",
  "reportnamed",
]);

// Who is signed in; nobody where it is empty.
const me = () => document.documentElement.dataset.me ?? "";

// The number of the last filing of this browser session, by the key of its form.
const FILED = "hengping-filed";

// The pause after typing before it is kept; 0 where nothing waits.
let waiting = 0;

export function draft() {
  const done = document.querySelector("[data-draft-done]");
  if (done) {
    const key = read()?.key;
    if (key) isFiled(key);
    forget();
  }
  document.querySelector("form[action='/signout']")?.addEventListener("submit", () => {
    isFiled(null);
    forget();
  });
  const said = document.querySelector("[data-draft]");
  if (!said) return;
  const form = said.closest("form");
  addEventListener("pageshow", () => toReceipt(form));
  const offer = document.querySelector("[data-draft-offer]");
  const kept = read();
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => keep(form, said), 300);
  };
  // Gone before the pause was over, as when a call comes in: the last words count too.
  addEventListener("pagehide", () => waiting && keep(form, said));
  // Until somebody answers whether to go on with the old one, a fresh first step does not write over it.
  if (offer && kept) ask(offer, kept, form, () => form.addEventListener("input", later));
  else form.addEventListener("input", later);
  // Shown again, by reload or Back: what was typed since it was made is newer than the page.
  if (kept?.pages?.includes(here())) fill(form, kept.fields);
  else if (here() && !isShownAgain()) keep(form, said);
  form.addEventListener("submit", () => {
    stopWaiting();
    if (!offer || offer.hidden) keep(form, said);
  });
}

function stopWaiting() {
  clearTimeout(waiting);
  waiting = 0;
}

function keep(form, said) {
  stopWaiting();
  const isKept = ([name, value]) => typeof value === "string" && !NOT_KEPT.has(low(name));
  const fields = [...new FormData(form)].filter(isKept);
  try {
    const before = JSON.parse(localStorage.getItem(KEY)) ?? {};
    const key = form.elements.key.value;
    // The pages of this filing, each by its address: those of another are not filled with it.
    const isOfThis = before.key === key || before.pages?.includes(here());
    const pages = [...new Set([...((isOfThis && before.pages) || []), here()])].filter(Boolean);
    const by = me() || before.by;
    localStorage.setItem(KEY, JSON.stringify({ at: Date.now(), key, by, pages, fields }));
    said.hidden = false;
  } catch {
    // No room or not allowed: the form itself still carries everything from step to step.
  }
}

const here = () => new URLSearchParams(location.search).get("shown");

const isShownAgain = () => performance.getEntriesByType("navigation")[0]?.type !== "navigate";

function isFiled(key) {
  try {
    if (key) sessionStorage.setItem(FILED, JSON.stringify({ key, receipt: location.pathname }));
    else sessionStorage.removeItem(FILED);
  } catch {
    // Sent once more it is filed once, and the receipt is the same.
  }
}

function toReceipt(form) {
  try {
    const filed = JSON.parse(sessionStorage.getItem(FILED));
    if (filed && filed.key === form.elements.key.value) location.replace(filed.receipt);
  } catch {
    // As above.
  }
}

// Fields of other steps are written with a capital.
const low = (name) => name.toLowerCase();

/** The form as it was kept; what other steps asked goes along hidden, as it is by now. */
function fill(form, fields) {
  const values = new Map();
  for (const [name, value] of fields) values.set(low(name), [...(values.get(low(name)) ?? []), [name, value]]);
  const [names, mended] = [new Set(), []];
  for (const field of [...form.elements]) {
    const typed = (values.get(low(field.name)) ?? []).map(([, value]) => value);
    if (field.type === "hidden" && /^[A-Z]/.test(field.name) && !isOfPage(field)) {
      field.remove();
      continue;
    }
    names.add(low(field.name));
    if (isOfPage(field) || !field.matches("input:not([type=file]), select, textarea")) continue;
    const [was, ticked] = [field.value, field.checked];
    if (field.type === "checkbox" || (field.type === "radio" && typed.length > 0))
      field.checked = typed.includes(field.value);
    else if (typed.length > 0 && field.type !== "radio") [field.value] = typed;
    if (field.value !== was || field.checked !== ticked) mended.push(field);
  }
  unfault(form, mended);
  for (const [name, typed] of values) if (!names.has(name)) form.append(...typed.map((one) => hidden(...one)));
}

// What the page found wrong was said of what stood there then.
function unfault(form, mended) {
  const faults = form.ownerDocument.querySelector(".fault");
  for (const said of form.querySelectorAll(".error-text[id$=-fault]")) {
    const of = document.getElementById(said.id.replace(/-fault$/, ""));
    if (!of || !mended.some((field) => of === field || of.contains(field))) continue;
    said.remove();
    of.removeAttribute("aria-invalid");
    faults?.querySelector(`a[href="#${of.id}"]`)?.parentElement.remove();
  }
  if (faults?.querySelector("ul") && !faults.querySelector("li")) faults.remove();
}

// Which step it is, and whose choices it shows, is as the page was made; there may be several of a name.
const isOfPage = ({ name }) => ["step", "shownfor", "evidence"].includes(low(name)) || NOT_KEPT.has(low(name));

const hidden = (name, value) => Object.assign(document.createElement("input"), { type: "hidden", name, value });

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY));
    // What somebody wrote who was signed in is not for whoever signs in after them.
    const isOthers = kept?.by && me() && kept.by !== me();
    if (kept && !isOthers && Date.now() - kept.at < DAYS_KEPT * 86_400_000) return kept;
  } catch {
    // Whatever lies there is not ours.
  }
  forget();
  return null;
}

function forget() {
  stopWaiting();
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Nothing was kept where nothing may be kept.
  }
}

function ask(offer, kept, form, afresh) {
  const time = offer.querySelector("time");
  time.dateTime = new Date(kept.at).toISOString();
  time.textContent = new Date(kept.at).toLocaleString(document.documentElement.lang === "en" ? "en-GB" : "zh-CN", {
    dateStyle: "medium",
    timeStyle: "short",
  });
  offer.hidden = false;
  offer.querySelector("[data-draft-resume]").addEventListener("click", () => resume(kept, form));
  offer.querySelector("[data-draft-drop]").addEventListener("click", () => {
    forget();
    offer.hidden = true;
    afresh();
  });
}

function resume(kept, form) {
  const token = ["__RequestVerificationToken", form.elements.__RequestVerificationToken.value];
  const again = document.createElement("form");
  again.method = "post";
  for (const [name, value] of [...kept.fields, token, ["go", "resume"]]) again.append(hidden(name, value));
  document.body.append(again);
  again.submit();
}
