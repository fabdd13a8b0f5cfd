// The list of the desk and the one place in it: the row of the case that is read beside it, else where one stands.
export const live = () => document.getElementById("desk-live");
export const rows = () => [...live().querySelectorAll("tr[data-number]")];
export const rowOf = (number) => rows().find((row) => row.dataset.number === number);
export const seek = () => {
  const field = document.querySelector("[data-search]");
  const fold = field.closest("details");
  if (fold) fold.open = true;
  field.focus();
};
export const picks = () => [...live().querySelectorAll("input[name=pick]")];
export const anyTicked = () => picks().some((pick) => pick.checked);

export function selection(words, reads) {
  let current = null;
  let place = 0; // Where it stands in the list, also when its row has left.

  function sync() {
    const all = rows();
    // A case that has no row in this list leaves all rows unmarked: what is marked is what keys act on.
    if (reads()) current = reads();
    else if (!rowOf(current)) current = all[Math.min(place, all.length - 1)]?.dataset.number ?? null;
    const at = all.findIndex((row) => row.dataset.number === current);
    if (at >= 0) place = at;
    const stop = at < 0 ? Math.min(place, all.length - 1) : at;
    all.forEach((row, no) => {
      row.classList.toggle("here", no === at);
      row.classList.toggle("open", no === at && reads() !== null);
      // One row is the place to go on from: only its link and its tick are stops of the Tab key.
      for (const one of row.querySelectorAll("a, input")) one.tabIndex = no === stop ? 0 : -1;
    });
    for (const control of live().querySelectorAll("[data-help], [data-all]")) control.hidden = false;
    count();
  }

  function count() {
    const ticked = picks().filter((pick) => pick.checked);
    const head = live().querySelector("[data-picked-count]");
    if (!head) return;
    head.dataset.plain ??= head.textContent;
    head.textContent = ticked.length ? words.picked.replace("{0}", ticked.length) : head.dataset.plain;
    live().querySelector("[data-picked-numbers]").textContent = ticked.map((pick) => pick.value).join(" · ");
    live().querySelector("#bulk").classList.toggle("on", ticked.length > 0);
    const all = live().querySelector("[data-all]");
    all.checked = ticked.length > 0 && ticked.length === picks().length;
    all.indeterminate = ticked.length > 0 && ticked.length < picks().length;
  }

  return {
    sync,
    count,
    current: () => current,
    stand(number) {
      current = number;
      sync();
    },
    focus(number = current) {
      if (rowOf(number)) current = number;
      sync();
      const row = rowOf(current) ?? rows()[Math.min(place, rows().length - 1)];
      if (!row) return seek();
      row.querySelector("a").focus();
      row.scrollIntoView({ block: "nearest" });
    },
    // The row by so many further; what has left the list has made room for the one after it.
    step(by) {
      const all = rows();
      const gone = !rowOf(current);
      const to = place + by - (gone && by > 0 ? 1 : 0);
      return all[Math.min(all.length - 1, Math.max(0, to))]?.dataset.number ?? null;
    },
    // The next one that nobody has decided about: below, else from the top.
    nextOf(number) {
      const all = rows();
      const at = all.findIndex((row) => row.dataset.number === number);
      const others = at < 0 ? all : [...all.slice(at + 1), ...all.slice(0, at)];
      return others.find((row) => !row.dataset.decided)?.dataset.number ?? null;
    },
    // The case that is read keeps its row until one goes on, also where it has left the list meanwhile.
    keep(row) {
      if (!row || row.dataset.number !== reads() || rowOf(row.dataset.number) || rows().length === 0) return;
      row.classList.replace("waits", "gone");
      row.classList.add("gone");
      row.dataset.decided = words.gone;
      row.querySelector("input[name=pick]")?.remove();
      if (!live().querySelector("th.tick-col")) row.querySelector(".tick-col")?.remove();
      row.querySelector("[data-status]").textContent = words.gone;
      row.querySelector("[data-next]").textContent = "";
      const after = rows()[place];
      if (after) after.before(row);
      else rows().at(-1).after(row);
    },
  };
}
