// What all our charts share: colours by token, type, tooltip.
export const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

export const base = () => ({
  // A bar that is still growing says a wrong number to whoever prints or photographs it.
  animation: false,
  textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 14, color: token("ink") },
  tooltip: {
    renderMode: "richText",
    confine: true,
    backgroundColor: token("sheet"),
    borderColor: token("line-2"),
    textStyle: { color: token("ink"), fontSize: 14 },
  },
});

// Chinese takes a whole square of type, Latin about half of one.
const WIDE = /[\u2e80-\uffff]/;
const SIZE = 14;

/** Width in pixels of a label of ours, near enough to leave room for it. */
export const widthOf = (text) => [...text].reduce((sum, letter) => sum + (WIDE.test(letter) ? SIZE : SIZE * 0.58), 0);

/** As much of a name as fits beside a chart. */
export function fit(text, width) {
  if (widthOf(text) <= width) return text;
  let cut = text;
  while (cut.length > 1 && widthOf(cut) > width - SIZE) cut = cut.slice(0, -1);
  return `${cut.trimEnd()}…`;
}

// As much of a name as two or three short lines hold.
export const short = (text, length) => (text.length > length ? `${text.slice(0, length - 1)}…` : text);
