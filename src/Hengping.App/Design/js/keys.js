// The desk by keyboard: j k to move, Enter to open, / to search, ? for help; on a case r and d open their forms.
export function keys() {
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const help = document.getElementById("key-help");
    if (event.key === "?" && help) {
      help.showModal();
      return;
    }
    const opener = document.querySelector(`details[data-key="${CSS.escape(event.key)}"]`);
    if (opener) {
      event.preventDefault();
      opener.open = true;
      opener.scrollIntoView({ block: "center" });
      opener.querySelector("textarea, input:not([type=hidden]), select, button")?.focus();
      return;
    }
    if (event.key === "/" && document.querySelector("input[data-search]")) {
      event.preventDefault();
      document.querySelector("input[data-search]").focus();
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
