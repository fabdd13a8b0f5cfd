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

// As much of a name as two or three short lines hold.
export const short = (text, length) => (text.length > length ? `${text.slice(0, length - 1)}…` : text);
