// Evidence pictures open over the page; without us the link opens the file.
export function viewer() {
  let dialog;
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-view]");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    dialog ??= document.body.appendChild(document.createElement("dialog"));
    dialog.className = "viewer";
    const image = document.createElement("img");
    image.src = link.href;
    image.alt = link.querySelector("img")?.alt ?? "";
    const close = document.createElement("button");
    close.className = "btn";
    close.textContent = link.dataset.close;
    close.addEventListener("click", () => dialog.close());
    dialog.replaceChildren(image, close);
    dialog.showModal();
  });
}
