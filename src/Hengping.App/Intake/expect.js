// What to expect, said as soon as merchant and problem are chosen. Without us the next step says it.
export function expect() {
  const said = document.querySelector("[data-expect]");
  said?.closest("form").addEventListener("change", async ({ target, currentTarget: form }) => {
    if (target.name !== "problem" && target.name !== "respondentId") return;
    const whom = form.querySelector("[name=respondentId]:checked")?.value;
    const problem = form.querySelector("[name=problem]:checked")?.value;
    const asked = whom && problem && said.dataset.expect.replace("{id}", whom).replace("{problem}", problem);
    said.dataset.asked = asked || "";
    const answer = asked && (await fetch(asked).catch(() => null));
    // Whoever chose again meanwhile reads about that.
    if (said.dataset.asked !== (asked || "")) return;
    said.textContent = answer?.ok ? (await answer.json()).sentence : "";
    said.hidden = said.textContent === "";
  });
}
