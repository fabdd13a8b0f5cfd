// From a case back to the list one came from, as it was, and on to the next one of it: in this window alone. Without us
// the way back is the desk as a day begins.
import { rowOf, rows } from "./selection.js";

const KEY = "hengping-desk-way";
const who = () => document.documentElement.dataset.me ?? "";

function read() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY));
    return kept?.by === who() ? kept : null;
  } catch {
    return null;
  }
}

function write(kept) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // A browser that keeps nothing.
  }
}

// At the list: what it shows is kept when one leaves it, and stands there again for whoever comes back.
export function wayBack(stand) {
  const here = () => location.pathname + location.search;
  const kept = read();
  if (kept?.from && kept.address === here()) {
    const row = rowOf(kept.from);
    if (row && row.offsetParent === null) row.closest("table").dataset.whole = "";
    scrollTo(0, kept.y);
    if (row) stand(kept.from);
  }
  addEventListener("pagehide", () => {
    const numbers = rows()
      .filter((row) => !row.dataset.decided)
      .map((row) => row.dataset.number);
    write({ address: here(), y: scrollY, numbers, by: who() });
  });
}

// At a case.
export function way() {
  const back = document.querySelector("[data-desk-back]");
  const kept = back && read();
  if (!kept) return;
  const number = back.dataset.deskBack;
  back.href = kept.address;
  back.addEventListener("click", () => write({ ...kept, from: number }));
  const at = kept.numbers.indexOf(number);
  const others = kept.numbers.filter((one) => one !== number);
  const next = others[Math.max(at, 0)] ?? others[0];
  const isDecided = document.querySelector("[data-desk-next][data-decided]") !== null;
  for (const link of document.querySelectorAll("[data-desk-next]")) {
    link.hidden = !next;
    link.href = `/cases/${encodeURIComponent(next)}`;
    link.querySelector("span").textContent = next;
    // What is decided waits no more.
    if (isDecided) link.addEventListener("click", () => write({ ...kept, numbers: others }));
  }
}
