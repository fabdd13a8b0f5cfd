// Recomputes the list on the page in the reader's browser, from its open tables, and says of every number
// whether it holds. Fetched only when somebody asks for it.
import { ListSums, rowsOf, wilson } from "./rating.js";
import { Unreadable } from "./tables.js";

const fill = (text, ...values) => text.replace(/\{(\d)\}/g, (_, i) => values[i]);
const count = (n) => n.toLocaleString("en-US");
const fixed = (units, decimals) => {
  const digits = String(units).padStart(decimals + 1, "0");
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
};
const span = ([lo, hi], write) => `${write(lo)}–${write(hi)}`;

// As the page writes the bounds of a share: fifteen digits, then half to even.
function whole(share) {
  const large = Number((Number(share.toPrecision(15)) * 100).toPrecision(15));
  const floor = Math.floor(large);
  const over = large - floor;
  return `${over > 0.5 || (over === 0.5 && floor % 2 === 1) ? floor + 1 : floor}%`;
}

/** What a row of the page should read, by the name of the number. */
function wordsOf(row, words) {
  const three = (units) => fixed(units, 3);
  return {
    rank: row.rank === null ? "–" : String(row.rank),
    grade: words[`grade.${row.grade}`],
    // A note on most rows is said once, above the list.
    notes: row.notes.flatMap((note) => words[`note.${note}`] ?? []).join(" "),
    index: three(row.index),
    interval: span(row.interval, three),
    without: row.without === null ? "" : fill(words.without, three(row.without)),
    replyRate: whole(row.replyRate / 10_000),
    replyRange: span(wilson(row.replied, row.valid), whole),
    timeliness: three(row.timeliness),
    satisfaction: fixed(Math.floor((row.satisfaction + 50) / 100), 1),
    scored: `n = ${count(row.scored)}`,
    valid: count(row.valid),
    pending: row.pending > 0 ? fill(words.pending, count(row.pending)) : "",
  };
}

// Read in few digits, held in all: a list that is off by the last one is off.
const exactOf = (row) => ({ replyRate: `${fixed(row.replyRate, 2)}%`, satisfaction: fixed(row.satisfaction, 3) });

const plain = (text) => text.replace(/\s+/g, " ").trim();

class Sheet {
  constructor(section, table) {
    this.words = JSON.parse(section.dataset.words);
    this.section = section;
    this.table = table;
    this.rows = [...table.querySelectorAll("tbody > tr:not(.differs-why)")];
    // A reader who sorted the table has its places nowhere but in their column.
    this.isSorted = table.classList.contains("sorted");
    this.told = new Map();
    [this.numbers, this.wrong, this.red] = [0, 0, 0];
  }

  /** Takes away what an earlier run said. */
  clear() {
    for (const row of this.rows) {
      row.classList.remove("differs");
      row.querySelectorAll("[data-checked]").forEach((old) => delete old.dataset.checked);
    }
    this.section.querySelectorAll("[data-said]").forEach((old) => old.remove());
    this.table.querySelectorAll(".differs-why").forEach((old) => old.remove());
  }

  facts() {
    const { dataset } = this.section;
    return {
      from: Number(dataset.from),
      until: Number(dataset.until),
      asOf: Date.parse(dataset.asOf),
      policy: dataset.policy,
      unscored: dataset.unscored,
      hours: dataset.hours.split(" ").map(Number),
      only: dataset.part === "true",
      tooFew: dataset.tooFew.split(" "),
      facts: new Map(
        this.rows.map(({ dataset: row }) => [
          row.merchant,
          { enrolled: row.enrolled === "true", contact: row.contact === "true", waits: row.waits === "true" },
        ])
      ),
    };
  }

  check(row, place, expected) {
    const faults = this.wrong;
    const exact = exactOf(expected);
    for (const [name, right] of Object.entries(wordsOf(expected, this.words))) {
      const cells = [...row.querySelectorAll(`[data-n=${name}]`)];
      const found = cells.map((cell) => plain(cell.textContent)).join(" ");
      if (found === "" && right === "") continue;
      this.numbers++;
      const full = cells[0]?.dataset.exact;
      const pair = found === right ? [exact[name], full] : [right, found || "–"];
      if (pair[0] === pair[1]) cells.forEach((cell) => (cell.dataset.checked = "yes"));
      else this.#fault(row, cells.at(-1) ?? row.cells[1], fill(this.words.differs, ...pair));
    }
    if (!this.isSorted && this.rows.indexOf(row) !== place)
      this.#fault(row, row.cells[1], fill(this.words.place, place + 1));
    // The chart is drawn from these.
    const drawn = [expected.index, ...expected.interval].map((units) => fixed(units, 3)).join(" ");
    const given = [row.dataset.value, row.dataset.lo, row.dataset.hi].join(" ");
    if (drawn !== given) this.#fault(row, row.cells[1], fill(this.words.drawn, drawn, given));
    if (this.wrong > faults) this.#redden(row);
  }

  /** A row that does not follow from the tables at all. */
  stray(row) {
    this.#fault(row, row.cells[1], this.words.stray);
    this.#redden(row);
  }

  #fault(row, beside, text) {
    this.wrong++;
    if (beside.dataset.n) beside.dataset.checked = "no";
    const label = beside.closest("[data-label]")?.dataset.label;
    const line = label ? `${label} · ${text}` : text;
    this.told.set(row, [...(this.told.get(row) ?? []), line]);
  }

  #redden(row) {
    this.red++;
    row.classList.add("differs");
    // In words below the row: a narrow column would break them.
    const cell = document.createElement("td");
    cell.colSpan = row.cells.length;
    for (const line of this.told.get(row)) {
      const said = document.createElement("p");
      said.textContent = `✗ ${line}`;
      cell.append(said);
    }
    const why = document.createElement("tr");
    why.className = "differs-why";
    why.append(cell);
    row.after(why);
    row.id ||= `differs-${this.red}`;
    this.first ??= row.id;
  }

  say(text, tone, link) {
    const said = document.createElement("p");
    said.dataset.said = tone;
    said.textContent = text;
    if (link) {
      const to = document.createElement("a");
      [to.href, to.textContent] = [`#${link}`, this.words.first];
      said.append(" ", to);
    }
    this.section.querySelector("[role=status]").append(said);
  }
}

async function hex(bytes) {
  if (!globalThis.crypto?.subtle) return null;
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function get(url) {
  const answer = await fetch(url);
  if (answer.ok) return answer;
  const problem = await answer.json().catch(() => ({}));
  throw new Error(problem.title ?? String(answer.status));
}

/** Reads a table as it arrives; gives its bytes for the fingerprint. */
async function read(url, table, onProgress) {
  const reader = (await get(`${url}/${table.name}`)).body.getReader();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const pieces = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value);
    table.read(decoder.decode(value, { stream: true }));
    onProgress();
  }
  table.read(decoder.decode());
  table.end();
  return new Blob(pieces);
}

/** The fingerprints: of both tables, and of the list itself. */
async function fingerprints(sheet, frozen, tables) {
  const { words } = sheet;
  const digest = await hex(await new Blob(tables).arrayBuffer());
  if (digest === null) return sheet.say(words.unhashed, "plain");
  const list = await hex(new TextEncoder().encode(frozen.text.replace(/,"hash":"[0-9a-f]{64}"\}\s*$/, "}")));
  const pairs = [
    [words.digest, digest, frozen.json.digest],
    [words.list, list, sheet.section.dataset.hash],
  ];
  for (const [name, found, wanted] of pairs) {
    if (found === wanted) sheet.say(fill(words.same, name, found), "good");
    else sheet.say(fill(words.other, name, found, wanted), "bad");
  }
}

function compare(sheet, sums, list) {
  const { dataset } = sheet.section;
  const rows = rowsOf(sums, list);
  const onPage = new Map(sheet.rows.map((row) => [row.dataset.merchant, row]));
  // Places are counted among the rows that are here: one missing row is one fault, not one in all rows below.
  const here = rows.filter((row) => onPage.has(row.merchant));
  const known = new Set(here.map((row) => row.merchant));
  here.forEach((row, place) => sheet.check(onPage.get(row.merchant), place, row));
  sheet.rows.filter((row) => !known.has(row.dataset.merchant)).forEach((row) => sheet.stray(row));
  const missing = rows.length - here.length;
  const basis = [sums.base, sums.pending, sums.excluded].join(" ");
  const { words } = sheet;
  const numbers = [count(sums.cases), count(rows.length), count(sheet.numbers)];
  const holds = sheet.wrong === 0 && missing === 0 && basis === dataset.basis;
  if (holds) sheet.say(fill(words.ok, ...numbers), "good");
  else sheet.say(fill(words.bad, ...numbers, count(sheet.red), count(sheet.wrong)), "bad", sheet.first);
  if (missing > 0) sheet.say(fill(words.missing, count(missing)), "bad");
  if (basis !== dataset.basis) sheet.say(fill(words.basis, basis, dataset.basis), "bad");
}

/** Runs once per press of the button. */
export async function recompute(section) {
  const sheet = new Sheet(section, document.getElementById(section.dataset.table));
  const [button, bar] = [section.querySelector("button"), section.querySelector("progress")];
  sheet.clear();
  [button.disabled, bar.hidden, bar.value] = [true, false, 0];
  try {
    const list = sheet.facts();
    const sums = new ListSums(list);
    const text = await (await get(section.dataset.list)).text();
    const frozen = { text, json: JSON.parse(text) };
    const tables = [];
    for (const table of sums.tables)
      tables.push(await read(section.dataset.cases + frozen.json.cases.file, table, () => (bar.value = sums.cases)));
    sums.end();
    compare(sheet, sums, list);
    await fingerprints(sheet, frozen, tables);
  } catch (fault) {
    sheet.say(fill(fault instanceof Unreadable ? sheet.words.broken : sheet.words.failed, fault.message), "bad");
  } finally {
    [button.disabled, bar.hidden] = [false, true];
    section.dataset.done = "yes";
  }
}
