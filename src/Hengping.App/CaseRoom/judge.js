// Whether an answer would count, said while it is written. Without us it is said before it is sent.
const PAUSE_MS = 600;

export function judge(root) {
  for (const box of root.querySelectorAll("[data-judge]:not([data-awake])")) {
    box.dataset.awake = "1";
    const said = box.parentElement.querySelector(".judged");
    let waiting;
    const ask = async () => {
      const text = box.value;
      // Of several answers the same words count only so often: those before this one go out first.
      const boxes = [...(box.form?.querySelectorAll("[data-judge]") ?? [])];
      const beside = boxes.slice(0, boxes.indexOf(box)).filter((one) => one.value.trim() === text.trim()).length;
      const answer =
        text.trim() &&
        (await fetch(box.dataset.judge, {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify({ text, beside }),
        }).catch(() => null));
      // Whoever wrote on meanwhile is answered about that.
      if (box.value !== text) return;
      const verdict = answer && answer.ok ? await answer.json() : null;
      said.hidden = !verdict;
      said.classList.toggle("counts", verdict?.counts === true);
      said.textContent = verdict?.said ?? "";
    };
    box.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(ask, PAUSE_MS);
    });
    // What the page was made with is judged already.
    if (box.value.trim() && said.hidden) ask();
  }
}
