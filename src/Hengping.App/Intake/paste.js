// Fills the filing from the pasted text of an order page. Reads it here; the text itself is never sent: its box has
// no name. Whatever was filled can be corrected, and one press puts back what stood there.
import { readOrder } from "./order.js";

const FIELDS = {
  platform: "respondentName",
  shop: "shopName",
  orderNo: "orderNo",
  orderedAt: "orderedAt",
  amount: "amount",
};

export function paste() {
  const section = document.querySelector("[data-paste]");
  if (!section) return;
  const box = section.querySelector("textarea");
  const form = section.closest("form");
  const said = section.querySelector("[role=status]");
  const found = section.querySelector("[data-found]");
  const undo = section.querySelector("[data-undo]");
  const words = JSON.parse(section.dataset.words);
  let before = null;
  // What the last paste filled: whatever stands otherwise was written by somebody since, and is theirs.
  let filled = {};
  section.hidden = false;

  box.addEventListener("input", () => {
    if (box.value.trim() === "") return;
    before = standing(form, before, filled);
    const order = readOrder(box.value);
    filled = fill(form, order, before, filled);
    const known = Object.keys(FIELDS).filter((name) => order[name]);
    const unknown = Object.keys(FIELDS).filter((name) => !order[name]);
    const named = (names) => names.map((name) => words[name]).join(words.and);
    said.textContent = [
      known.length ? words.found.replace("{0}", named(known)) : words.nothing,
      known.length && unknown.length ? words.missing.replace("{0}", named(unknown)) : "",
      order.orders > 1 ? words.several.replace("{0}", order.orders) : "",
    ].join(" ");
    found.hidden = known.length === 0;
    undo.hidden = known.length === 0;
  });

  undo.addEventListener("click", () => {
    restore(form, before);
    before = null;
    filled = {};
    box.value = "";
    said.textContent = words.undone;
    undo.hidden = true;
    found.hidden = [...found.querySelectorAll("input")].every((input) => input.value === "");
    box.focus();
  });
}

// What stood there without any paste: before the first, and what was written or chosen between them.
const standing = (form, before, filled) => ({
  values: Object.values(FIELDS).map((name, at) => {
    const now = form.elements[name].value;
    return [name, before && now === filled[name] ? before.values[at][1] : now];
  }),
  chosen: form.querySelector("[name=respondentId]:checked") ?? before?.chosen,
});

function fill(form, order, before, last) {
  const filled = {};
  for (const [name, field] of Object.entries(FIELDS)) {
    // A guess never takes the place of a choice.
    if (name === "platform" && before.chosen?.value) continue;
    const input = form.elements[field];
    // What an earlier, longer text filled and this one does not say stands as it was before.
    if (order[name] !== undefined) input.value = filled[field] = order[name];
    else if (input.value === last[field]) input.value = before.values.find(([one]) => one === field)[1];
    input.toggleAttribute("data-filled", order[name] !== undefined);
  }
  // Nobody that was looked up before was meant: neither is this one.
  const isOther = order.platform && order.platform !== before.values[0][1].trim();
  if (before.chosen && !before.chosen.value) choose(before.chosen, !isOther);
  return filled;
}

function restore(form, before) {
  for (const [name, value] of before.values) {
    form.elements[name].value = value;
    form.elements[name].removeAttribute("data-filled");
  }
  if (before.chosen) choose(before.chosen, true);
}

function choose(radio, checked) {
  if (radio.checked === checked) return;
  radio.checked = checked;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
}
