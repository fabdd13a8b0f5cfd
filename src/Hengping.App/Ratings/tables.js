// Reads the open tables of a list, strictly: what is written otherwise than we write it is a change.
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** A line that no table of ours has; table and number are the message. */
export class Unreadable extends Error {}

/** A record of CSV as RFC 4180 has it. */
function cellsOf(line) {
  if (!line.includes('"')) return line.split(",");
  const cells = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/gy;
  for (let more = ","; more === ","; ) {
    const found = cell.exec(line);
    if (!found) throw new Unreadable();
    cells.push(found[1] === undefined ? found[2] : found[1].replaceAll('""', '"'));
    more = found[3];
  }
  return cells;
}

export function instant(text) {
  if (text === "") return null;
  const at = INSTANT.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(at)) throw new Unreadable();
  return at;
}

export function flag(text, optional) {
  if (text === "true" || text === "false") return text === "true";
  if (optional && text === "") return null;
  throw new Unreadable();
}

/** A score in thousandths. */
export function milli(text) {
  const [all, whole, rest = ""] = /^(\d{1,2})(?:\.(\d{1,3}))?$/.exec(text) ?? [];
  const value = Number(whole) * 1000 + Number(rest.padEnd(3, "0"));
  if (all === undefined || value > 10_000) throw new Unreadable();
  return value;
}

/** A table read piece by piece: a header, and rows in order. */
export class Rows {
  constructor(name, header, take) {
    [this.name, this.header, this.take] = [name, header, take];
    [this.lines, this.rest, this.before] = [0, "", ""];
  }

  /** Takes the next piece of text. */
  read(text) {
    const lines = (this.rest + text).split("\n");
    this.rest = lines.pop();
    for (const line of lines) {
      // A line feed inside quotes belongs to its cell.
      const whole = this.open === undefined ? line : `${this.open}\n${line}`;
      this.open = whole.split('"').length % 2 === 0 ? whole : undefined;
      if (this.open === undefined) this.#line(whole);
    }
  }

  /** Nothing may be left over. */
  end() {
    if (this.rest !== "" || this.open !== undefined || this.lines === 0) this.#fail(this.lines + 1);
  }

  #line(line) {
    this.lines++;
    try {
      if (this.lines === 1) {
        if (line !== this.header) throw new Unreadable();
        return;
      }
      const cells = cellsOf(line);
      if (line < this.before || cells.length !== this.header.split(",").length) throw new Unreadable();
      this.before = line;
      this.take(cells);
    } catch (fault) {
      if (fault instanceof Unreadable) this.#fail(this.lines);
      throw fault;
    }
  }

  #fail(line) {
    throw new Unreadable(`${this.name}:${line}`);
  }
}
