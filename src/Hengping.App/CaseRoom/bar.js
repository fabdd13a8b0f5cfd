// The bar on a phone leads to a form: it goes while that form is open and in sight. Without us it goes while somebody
// writes, and where the address opened the form.
export function bar() {
  const line = document.querySelector(".sticky-next[data-until]");
  if (!line) return;
  const inSight = new Set();
  const watch = new IntersectionObserver((seen) => {
    for (const one of seen) inSight[one.isIntersecting ? "add" : "delete"](one.target);
    line.classList.toggle("away", inSight.size > 0);
  });
  for (const handler of line.dataset.until.split(" "))
    for (const form of document.querySelectorAll(`form[action*="handler=${handler}"]`)) watch.observe(form);
}
