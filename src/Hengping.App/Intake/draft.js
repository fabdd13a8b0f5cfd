// Keeps what was typed in the filing on this device until it is filed, thrown away or a week old. It is not sent.
const KEY = "hengping-draft";
const DAYS_KEPT = 7;
const NOT_KEPT = new Set([
  "__RequestVerificationToken",
  "key",
  "code",
  "go",
  "signInPhone",
  // A report may be anonymous: whoever uses the device next finds nothing of it.
  "reportToo",
  "reportBreach",
  "reportText",
  "reportNamed",
]);

// The pause after typing before it is kept; 0 where nothing waits.
let waiting = 0;

export function draft() {
  if (document.querySelector("[data-draft-done]")) forget();
  document.querySelector("form[action='/signout']")?.addEventListener("submit", forget);
  const said = document.querySelector("[data-draft]");
  if (!said) return;
  const form = said.closest("form");
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
  if (form.elements.step.value !== "1") keep(form, said);
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
  const fields = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !NOT_KEPT.has(name));
  try {
    localStorage.setItem(KEY, JSON.stringify({ at: Date.now(), fields }));
    said.hidden = false;
  } catch {
    // No room or not allowed: the form itself still carries everything from step to step.
  }
}

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY));
    if (kept && Date.now() - kept.at < DAYS_KEPT * 86_400_000) return kept;
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
  time.textContent = new Date(kept.at).toLocaleString(document.documentElement.lang, {
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
  for (const [name, value] of [...kept.fields, token, ["go", "resume"]]) {
    const input = document.createElement("input");
    [input.type, input.name, input.value] = ["hidden", name, value];
    again.append(input);
  }
  document.body.append(again);
  again.submit();
}
