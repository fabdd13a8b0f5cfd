// Lists by keyboard: j k to move, Enter to open, / to search; on a case d, r and others open their forms, and u takes
// back what has not gone out. The desk has more, in desk.js.
export function keys() {
  if (document.querySelector("[data-desk]")) return;
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const undo = event.key === "u" && document.querySelector("form[data-undo]");
    if (undo) {
      event.preventDefault();
      undo.requestSubmit();
      return;
    }
    const opener = document.querySelector(`details[data-key="${CSS.escape(event.key)}"]`);
    if (opener) {
      event.preventDefault();
      opener.open = true;
      // As beside the list: it goes out after some seconds, and u takes it back.
      if (event.key === "d") return opener.querySelector("form").requestSubmit();
      opener.scrollIntoView({ block: "center" });
      opener.querySelector("textarea, input:not([type=hidden]), select, button")?.focus();
      return;
    }
    const search = document.querySelector("input[data-search]");
    if (event.key === "/" && search) {
      event.preventDefault();
      const fold = search.closest("details");
      if (fold) fold.open = true;
      search.focus();
      return;
    }
    const rows = [...document.querySelectorAll("table[data-keys] tbody tr")];
    if (rows.length === 0 || !["j", "k"].includes(event.key)) return;
    const now = rows.findIndex((row) => row.contains(document.activeElement));
    const next = rows[Math.min(rows.length - 1, Math.max(0, now + (event.key === "j" ? 1 : -1)))];
    next.querySelector("a")?.focus();
    next.scrollIntoView({ block: "nearest" });
  });
}
