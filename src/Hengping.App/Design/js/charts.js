// A chart is drawn from the table behind it, when it comes into view; the drawing code is fetched only then.
export function charts(root) {
  const source = document.querySelector("meta[name=chart-source]")?.content;
  const found = root.querySelectorAll("figure[data-chart]:not([data-awake])");
  if (!source || found.length === 0) return;
  const eye = new IntersectionObserver(
    (entries) => {
      for (const entry of entries.filter((e) => e.isIntersecting)) {
        eye.unobserve(entry.target);
        import(source).then((module) => module.draw(entry.target));
      }
    },
    { rootMargin: "300px" }
  );
  for (const figure of found) {
    figure.dataset.awake = "1";
    eye.observe(figure);
  }
}
