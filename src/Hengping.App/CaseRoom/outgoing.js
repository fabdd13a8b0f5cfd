// The seconds in which a decision can be undone are counted; when they are over, the page shows how it went.
const AFTER_MS = 900;
const AGAIN_MS = 3000;

export function outgoing() {
  const desk = document.querySelector("[data-desk]");
  document.querySelector("#done[tabindex]")?.focus();
  if (!desk && !document.querySelector("[data-send]")) return;
  // Who has just decided goes on where that is said, and not at the top.
  if (!desk) document.querySelector("form[data-undo] button")?.focus({ preventScroll: true });
  let asked = 0;
  setInterval(() => {
    const waiting = [...document.querySelectorAll("[data-send]")];
    const now = performance.now();
    for (const line of waiting) {
      line.dataset.end ??= now + 1000 * Number(line.dataset.send);
      const left = Math.ceil((line.dataset.end - now) / 1000);
      if (left > 0) line.textContent = line.dataset.left.replace("{0}", left);
    }
    if (!waiting.some((line) => now > Number(line.dataset.end) + AFTER_MS) || now - asked < AGAIN_MS) return;
    // Nobody loses the place where they are typing because something went out.
    if (!desk && document.activeElement?.matches("input, textarea, select")) return;
    asked = now;
    if (desk) document.dispatchEvent(new CustomEvent("outgoing:over"));
    else location.replace(location.pathname + location.search.replace(/[?&]did=\w*/, ""));
  }, 1000);
}
