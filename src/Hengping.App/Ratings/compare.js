// Ticking merchants of a list: not more than fit beside each other, and the way on stays in sight.
const show = (form) => {
  const boxes = [...form.elements].filter((box) => box.type === "checkbox");
  const ticked = boxes.filter((box) => box.checked).length;
  for (const box of boxes) box.disabled = !box.checked && ticked >= Number(form.dataset.most);
  form.classList.toggle("held", ticked > 0);
  form.querySelector("button").disabled = ticked === 0;
  form.querySelector("[data-ticked]").textContent = ticked === 0 ? "" : `(${ticked})`;
};

/** As the form stands: also when it has just been put on the page. */
export function compare(root) {
  for (const form of root.querySelectorAll("form#compare")) show(form);
}

/** Once for the whole page. */
export function comparing() {
  document.addEventListener("change", ({ target }) => {
    if (target.form?.id === "compare") show(target.form);
  });
}
