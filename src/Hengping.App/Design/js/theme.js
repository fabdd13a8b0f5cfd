// Light, dark: the link works without us (?theme=…); here it acts in place and is remembered the same way.
export function theme() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-theme-to]");
    if (!link) return;
    event.preventDefault();
    const to = link.dataset.themeTo;
    const back = to === "dark" ? "light" : "dark";
    document.documentElement.dataset.theme = to;
    document.cookie = `theme=${to}; path=/; max-age=31536000; samesite=lax`;
    link.dataset.themeTo = back;
    link.setAttribute("href", link.getAttribute("href").replace(`theme=${to}`, `theme=${back}`));
    link.setAttribute("aria-label", link.dataset[back]);
    link.title = link.dataset[back];
    document.dispatchEvent(new Event("theme"));
  });
  const link = document.querySelector("a[data-theme-to]");
  if (link && !document.documentElement.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches) {
    link.dataset.themeTo = "light";
    link.setAttribute("aria-label", link.dataset.light);
    link.title = link.dataset.light;
  }
}
