// What whoever decides may ask, said while somebody writes. Without us it stands beside what is kept.
const PAUSE_MS = 800;

export function lint() {
  const form = document.querySelector("form[data-lint]");
  if (!form) return;
  let waiting;
  let asked;
  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    const body = new FormData(form);
    // The name of a file says that one is chosen; the file itself goes with the form.
    for (const [name, value] of [...body]) if (value instanceof File) body.set(name, value.name);
    const answer = await fetch(form.dataset.lint, { method: "POST", body, signal: asked.signal }).catch(() => null);
    if (!answer?.ok) return;
    const found = new DOMParser().parseFromString(await answer.text().catch(() => ""), "text/html");
    for (const place of form.querySelectorAll("[data-findings]")) {
      const said = found.querySelector(`[data-findings="${place.dataset.findings}"]`);
      // What is said already is not read out again.
      if (!said || said.textContent.trim() === place.textContent.trim()) continue;
      place.replaceChildren(...said.children);
      // Beside what is being written it is not to lie under the bar at the bottom.
      if (place.closest(".statement")?.contains(document.activeElement)) place.scrollIntoView({ block: "nearest" });
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE_MS);
  });
}
