// Ticking merchants of a list: not more than fit beside each other, and the way on stays in sight.
export function compare() {
  document.addEventListener("change", ({ target }) => {
    const form = target.form;
    if (form?.id !== "compare") return;
    const boxes = [...form.elements].filter((box) => box.type === "checkbox");
    const ticked = boxes.filter((box) => box.checked).length;
    for (const box of boxes) box.disabled = !box.checked && ticked >= Number(form.dataset.most);
    form.classList.toggle("held", ticked > 0);
    form.querySelector("[data-ticked]").textContent = ticked === 0 ? "" : `(${ticked})`;
  });
}
