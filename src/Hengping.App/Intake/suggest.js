// Merchants while their name is typed: a combobox (ARIA), by keyboard, thumb or mouse. Without us the button looks up
// the same names.
const PAUSE_MS = 180;

export function suggest() {
  for (const box of document.querySelectorAll("input[data-suggest]")) new Combobox(box);
}

class Combobox {
  constructor(box) {
    this.box = box;
    this.parts = document.querySelector("[data-suggest-parts]");
    const frame = made("div", { className: "suggest" });
    box.replaceWith(frame);
    this.list = made("ul", { id: `${box.id}-list`, hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.parts.dataset.label);
    this.said = made("p", { className: "visually-hidden" });
    this.said.setAttribute("role", "status");
    frame.append(box, this.list, this.said);
    const facts = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false" };
    for (const [name, value] of Object.entries(facts)) box.setAttribute(name, value);
    box.setAttribute("aria-controls", this.list.id);
    box.addEventListener("input", (event) => event.isComposing || this.later());
    box.addEventListener("compositionend", () => this.later());
    box.addEventListener("keydown", (event) => this.key(event));
    box.addEventListener("blur", () => this.close());
    // A press on the list leaves the words where the cursor is.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", ({ target }) => this.choose(target.closest("[role=option]")));
  }

  later() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.ask(), PAUSE_MS);
  }

  async ask() {
    const typed = this.box.value.trim();
    this.asked?.abort();
    if (typed === "") return this.close();
    this.asked = new AbortController();
    const address = new URL(this.box.dataset.suggest, location.href);
    address.searchParams.set("q", typed);
    const answer = await fetch(address, { signal: this.asked.signal }).catch(() => null);
    const found = answer?.ok ? (await answer.json().catch(() => null))?.items : null;
    // Whoever typed on, or went on, meanwhile is answered about that.
    if (!found || this.box.value.trim() !== typed || document.activeElement !== this.box) return;
    this.show(found);
  }

  show(found) {
    this.list.replaceChildren(...found.map((one, at) => this.option(one, at)));
    this.active = undefined;
    this.box.removeAttribute("aria-activedescendant");
    this.list.hidden = found.length === 0;
    this.box.setAttribute("aria-expanded", String(found.length > 0));
    const { found: some, one, none } = this.parts.dataset;
    this.said.textContent = found.length > 1 ? some.replace("{0}", found.length) : found.length ? one : none;
  }

  option(one, at) {
    const said = made("span", { className: "small muted", textContent: one.said });
    const option = made("li", { id: `${this.list.id}-${at}`, one },
      made("strong", { textContent: one.name }),
      made("span", { className: "row-of" }, ...this.gradeOf(one), said));
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    return option;
  }

  gradeOf(one) {
    const badge = one.grade && this.parts.content.querySelector(`.grade-${one.grade.toLowerCase()}`);
    return badge ? [badge.cloneNode(true)] : [];
  }

  key(event) {
    const options = [...this.list.children];
    if (this.list.hidden || event.isComposing) return;
    const at = options.indexOf(this.active);
    if (event.key === "ArrowDown") this.mark(options[(at + 1) % options.length]);
    else if (event.key === "ArrowUp") this.mark(options[(at <= 0 ? options.length : at) - 1]);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && this.active) this.choose(this.active);
    else return;
    event.preventDefault();
  }

  mark(option) {
    this.active?.setAttribute("aria-selected", "false");
    this.active = option;
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.box.setAttribute("aria-activedescendant", option.id);
  }

  close() {
    clearTimeout(this.waiting);
    this.asked?.abort();
    this.list.hidden = true;
    this.active = undefined;
    this.box.setAttribute("aria-expanded", "false");
    this.box.removeAttribute("aria-activedescendant");
  }

  choose(option) {
    if (!option) return;
    const { one } = option;
    this.close();
    this.box.value = one.name;
    if (this.box.dataset.to) location.assign(this.box.dataset.to + one.id);
    else settle(this.box.form, one, this.gradeOf(one));
  }
}

const made = (tag, facts, ...parts) => {
  const element = Object.assign(document.createElement(tag), facts);
  element.append(...parts);
  return element;
};

/** The choice as the button's page shows it (WhomChoices): the one that was meant, and "none of these". */
function settle(form, one, grade) {
  const place = form.querySelector("[data-whom]");
  const { which, other, hint } = place.dataset;
  const small = (textContent) => made("span", { className: "small muted", textContent });
  const choice = (value, name, ...more) =>
    made("li", {}, made("label", { className: "tick" },
      made("input", { type: "radio", name: "respondentId", value, checked: value !== "" }),
      made("span", {}, made("strong", { textContent: name }), ...more)));
  const chosen = choice(one.id, one.name, made("span", { className: "row-of" }, ...grade, small(one.said)));
  place.replaceChildren(made("fieldset", {},
    made("legend", { textContent: which }),
    made("input", { type: "hidden", name: "shownFor", value: one.name }),
    made("ul", { className: "choices", id: "f-respondentid" },
      chosen, choice("", other.replace("{0}", one.name), small(hint)))));
  // What was missing is there.
  document.getElementById("f-respondent-fault")?.remove();
  document.getElementById("f-respondent")?.removeAttribute("aria-invalid");
  // What to expect, and the draft, hear of it as of any other choice.
  for (const kind of ["change", "input"])
    chosen.querySelector("input").dispatchEvent(new Event(kind, { bubbles: true }));
}
