// What somebody writes at a case stands there again after a reload: in this window alone, for them alone, until it was
// sent or they sign out. Without us the browser asks nobody.
const KEY = "hengping-typed";

export function typed() {
  document.querySelector("form[action='/signout']")?.addEventListener("submit", () => write([]));
  // Whose window it is now; nobody's where they are not signed in.
  const by = document.documentElement.dataset.me ?? "";
  const isDone = document.querySelector("#done") !== null;
  const boxes = [...document.querySelectorAll("[data-typed]")];
  const isHere = (one, box) => one.path === location.pathname && one.id === box.id;
  const isOver = (one) =>
    one.sent && one.path === location.pathname && (isDone || !boxes.some((box) => isHere(one, box)));
  // Nothing is left for whoever signs in next, whether or not the one before signed out.
  let kept = read().filter((one) => one.by === by && !isOver(one));
  for (const box of boxes) {
    const put = (sent) => {
      kept = kept.filter((one) => !isHere(one, box));
      // A day the page proposed was typed by nobody.
      if (box.value && (box.tagName === "TEXTAREA" || box.value !== box.dataset.given))
        kept.push({ path: location.pathname, id: box.id, text: box.value, by, sent });
      write(kept);
    };
    const before = kept.find((one) => isHere(one, box));
    box.dataset.given = before && box.value === before.text ? "" : box.value;
    // What the page itself says is newer: it was sent, or comes from a template. Only a day is a mere proposal.
    if (before && (!box.value || box.type === "date")) {
      box.value = before.text;
      box.closest("details")?.setAttribute("open", "");
    }
    box.addEventListener("input", () => put(false));
    box.form.addEventListener("submit", () => put(true));
  }
  write(kept);
}

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? [];
  } catch {
    return [];
  }
}

function write(kept) {
  try {
    if (kept.length > 0) sessionStorage.setItem(KEY, JSON.stringify(kept));
    else sessionStorage.removeItem(KEY);
  } catch {
    // A browser that keeps nothing.
  }
}
