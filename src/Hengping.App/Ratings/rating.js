// The rating rules once more, for readers: the numbers of a list from its open tables alone, digit by digit as
// Hengping.Rules/Ratings computes them. Sums are integers; what is divided is divided once, in BigInt; only the
// interval is made of doubles there, so it is made of the same doubles in the same order here.
import { Rows, Unreadable, flag, instant, milli } from "./tables.js";

const HOUR = 3_600_000;
const Z = 1.959964;
const PART = [0, 0.5, 0.68, 0.8];
export const MINIMUM = 5;

/** Sums the two tables of a list by merchant. */
export class ListSums {
  /** @param list period as from and until, and asOf: Unix milliseconds; the policy's two hours. */
  constructor(list) {
    this.list = list;
    [this.full, this.part] = list.hours.map((hours) => hours * HOUR);
    this.merchants = new Map();
    [this.base, this.pending, this.excluded] = [0, 0, 0];
    const answers = "merchantId,deliveredAt,repliedAt,replyTimely,validReply,excluded";
    this.tables = [
      new Rows("answers.csv", answers, (cells) => this.#answer(cells)),
      new Rows("scores.csv", "merchantId,score", (cells) => this.#score(cells)),
    ];
  }

  /** Cases read so far. */
  get cases() {
    return Math.max(0, this.tables[0].lines - 1);
  }

  /** A merchant is in a list from so many complaints of so many people on. */
  isListed(merchant, tally) {
    return tally.valid >= MINIMUM && !this.list.tooFew.includes(merchant);
  }

  /** No row stands on more scores than cases, and those below the minimum print none. */
  end() {
    for (const [merchant, tally] of this.merchants)
      if (tally.scored > (this.isListed(merchant, tally) ? tally.valid : 0)) throw new Unreadable("scores.csv");
  }

  #answer(cells) {
    const [merchant, , , , , out] = cells;
    const [delivered, replied] = [instant(cells[1]), instant(cells[2])];
    const [timely, valid] = [flag(cells[3], true), flag(cells[4])];
    const { from, until, asOf } = this.list;
    const wrong = delivered === null || delivered < from || delivered >= until || delivered > asOf;
    const odd = (replied !== null && replied < delivered) || replied > asOf;
    if (wrong || odd || (!valid && (replied !== null || timely !== null))) throw new Unreadable();
    if (replied !== null && timely !== null) throw new Unreadable();
    if (this.#isOther(merchant)) return;
    if (!this.merchants.has(merchant)) this.merchants.set(merchant, new Tally());
    const tally = this.merchants.get(merchant);
    if (out !== "") {
      this.excluded++;
    } else if (!valid && delivered >= asOf - this.part) {
      this.pending++;
      tally.pending++;
    } else {
      this.base++;
      tally.cases[this.#answered(valid, replied, delivered, timely)]++;
    }
  }

  // 0 never, 1 late, 2 while it counts in part, 3 in full.
  #answered(valid, replied, delivered, timely) {
    if (!valid) return 0;
    if (replied === null) return timely ? 3 : 1;
    const elapsed = replied - delivered;
    if (elapsed < this.full) return 3;
    return elapsed <= this.part ? 2 : 1;
  }

  // A sector's list has the tables of the whole.
  #isOther(merchant) {
    return this.list.only && !this.list.facts.has(merchant);
  }

  #score([merchant, text]) {
    if (this.#isOther(merchant)) return;
    const tally = this.merchants.get(merchant);
    if (!tally) throw new Unreadable();
    tally.score(milli(text));
  }
}

class Tally {
  constructor() {
    this.cases = [0, 0, 0, 0];
    this.scores = new Map();
    [this.scored, this.milli, this.squares, this.pending] = [0, 0, 0, 0];
  }

  score(value) {
    this.scored++;
    this.milli += value;
    this.squares += value * value;
    this.scores.set(value, (this.scores.get(value) ?? 0) + 1);
  }

  get valid() {
    return sum(this.cases);
  }
}

const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);

/** Integer quotient, half away from zero; 0 where there is nothing to divide by. */
function divide(above, below) {
  if (below === 0n) return 0;
  const quotient = above / below;
  return Number(2n * (above - quotient * below) >= below ? quotient + 1n : quotient);
}

function indexOf(valid, replied, tenths, scored, score, unscored) {
  const part = 500n * replied + 30n * tenths;
  if (scored > 0n) return divide(50n * scored * part + valid * score, 50n * scored * valid);
  return unscored === "rescale" ? divide(10n * part, 8n * valid) : divide(part, valid);
}

/** A fraction from 0 to 1 in thousandths, half away from zero. */
function print(value) {
  const large = Math.min(1, Math.max(0, value)) * 1000;
  const whole = Math.trunc(large);
  return large - whole >= 0.5 ? whole + 1 : whole;
}

/** The best scores to the best answers: those above the mean, then what nobody scored, then those below it. */
function pairInOrder(tally) {
  const [scoredBy, milliBy, room] = [[0, 0, 0, 0], [0, 0, 0, 0], [...tally.cases]];
  let how = 3;
  const take = (count, score) => {
    for (let left = count; left > 0; ) {
      while (room[how] === 0 && how > 0) how--;
      const some = how > 0 ? Math.min(left, room[how]) : left;
      if (score !== null) {
        scoredBy[how] += some;
        milliBy[how] += some * score;
      }
      room[how] -= some;
      left -= some;
    }
  };
  let unscored = tally.valid - tally.scored;
  for (const [score, count] of [...tally.scores].sort(([a], [b]) => b - a)) {
    if (unscored > 0 && score * (tally.scored + 2) <= tally.milli + 10_000) {
      take(unscored, null);
      unscored = 0;
    }
    take(count, score);
  }
  return [scoredBy, milliBy];
}

/** 95 % interval of the index in thousandths: Uncertainty.IndexInterval, operation by operation. */
function intervalOf(tally, index, unscored) {
  const n = tally.valid + 2.0;
  let [sumA, squaresA] = [0.8, 0.8 * 0.8];
  for (let c = 1; c < 4; c++) {
    sumA += PART[c] * tally.cases[c];
    squaresA += PART[c] * PART[c] * tally.cases[c];
  }
  const meanA = sumA / n;
  let spread = squaresA - n * meanA * meanA;
  let centre = meanA;
  if (tally.scored > 0) {
    const k = tally.scored + 2.0;
    const mean = (tally.milli / 1000.0 + 10) / k;
    const weight = (0.02 * n) / k;
    const [scoredBy, milliBy] = pairInOrder(tally);
    let cross = 0.8 * (10 - mean);
    for (let c = 1; c < 4; c++) cross += PART[c] * (milliBy[c] / 1000.0 - scoredBy[c] * mean);
    const squares = tally.squares / 1e6 + 100 - k * mean * mean;
    spread += 2 * weight * cross + weight * weight * squares;
    centre += 0.02 * mean;
  } else if (unscored === "rescale") {
    centre /= 0.8;
    spread /= 0.64;
  }
  const half = Z * Math.sqrt(Math.max(0, spread) / (n * (n - 1)));
  return [Math.min(index, print(centre - half)), Math.max(index, print(centre + half))];
}

/** Wilson's 95 % interval of a share. */
export function wilson(hits, n) {
  const p = hits / n;
  const zz = Z * Z;
  const centre = p + zz / (2 * n);
  const half = Z * Math.sqrt((p * (1 - p)) / n + zz / (4 * n * n));
  const whole = 1 + zz / n;
  return [Math.max(0, (centre - half) / whole), Math.min(1, (centre + half) / whole)];
}

const gradeOf = (index) => (index < 400 ? "notRecommended" : index < 750 ? "cautious" : "recommended");

function rated(index, facts, scored, policy) {
  // Scores that only wait are not nobody's: they never count as 0.
  if (facts.waits && scored === 0) return "unrated";
  const grade = gradeOf(index);
  const out = policy === "2021-02" ? !facts.enrolled && grade === "notRecommended" : !facts.enrolled || !facts.contact;
  return out ? "unrated" : grade;
}

function notesOf(facts, scored, [lo, hi]) {
  const all = [
    [!facts.enrolled, "notEnrolled"],
    [!facts.contact, "noContact"],
    [facts.waits, "scoresWait"],
    [scored === 0 && !facts.waits, "nobodyScored"],
    [gradeOf(lo) !== gradeOf(hi), "notDistinguishable"],
  ];
  return all.filter(([holds]) => holds).map(([, note]) => note);
}

/** A merchant's numbers: integers in units of their last printed decimal. */
function rowOf(merchant, tally, facts, { policy, unscored }) {
  const valid = tally.valid;
  const replied = valid - tally.cases[0];
  const tenths = 6 * tally.cases[2] + 10 * tally.cases[3];
  const scored = tally.scored;
  const big = [valid, replied, tenths, scored, tally.milli].map(BigInt);
  const index = indexOf(...big, unscored);
  const interval = intervalOf(tally, index, unscored);
  return {
    merchant,
    valid,
    replied,
    scored,
    pending: tally.pending,
    replyRate: divide(10_000n * big[1], big[0]),
    timeliness: divide(100n * big[2], big[0]),
    satisfaction: divide(big[4], big[3]),
    index,
    interval,
    without: scored > 0 || facts.waits || unscored === "rescale" ? null : indexOf(...big, "rescale"),
    grade: rated(index, facts, scored, policy),
    notes: notesOf(facts, scored, interval),
  };
}

/** The rows in their order, with ranks: 1, 2, 2, 4; the unrated last and without. */
export function rowsOf(sums, list) {
  const none = { enrolled: false, contact: false, waits: false };
  const rows = [...sums.merchants]
    .filter(([id, tally]) => sums.isListed(id, tally))
    .map(([id, tally]) => rowOf(id, tally, list.facts.get(id) ?? none, list));
  const last = (row) => (row.grade === "unrated" ? 1 : 0);
  rows.sort((a, b) => last(a) - last(b) || b.index - a.index || (a.merchant < b.merchant ? -1 : 1));
  rows.forEach((row, i) => {
    const before = rows[i - 1];
    row.rank = last(row) ? null : before?.index === row.index ? before.rank : i + 1;
  });
  return rows;
}
