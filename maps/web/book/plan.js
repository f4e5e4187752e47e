// What a change of a plan's openings writes into its workbook: months, zones, units, and the money that goes with units.

import { cellAt } from "./xlsx.js";

// What other sheets say of an opening: by its number, and by its service.
/** @param {Workbook} workbook @param {Row} row */
const saidOf = ({ items }, row) => [row.number, row.service].map((item) => items[item]).filter(Boolean);

/** @param {Workbook} workbook @param {Row} row */
const spentFor = (workbook, row) => saidOf(workbook, row).flatMap(({ spent }) => spent);

/**
 * The rows of a sheet that name an opening, or its service.
 * @param {Workbook} workbook
 * @param {Row} row
 * @param {string} sheet
 */
export const namedIn = (workbook, row, sheet) => saidOf(workbook, row).flatMap(({ named }) => named[sheet] ?? []);

// A cell that the workbook was read from: it is there.
/** @param {Book} book @param {string} sheet @param {string} at */
const heldAt = (book, sheet, at) => {
  const cell = cellAt(book, sheet, at);
  if (!cell) throw new Error(`no cell at ${at}`);
  return cell;
};

/**
 * @typedef {{ [column: string]: number }} Won
 * @typedef {{ number: string, service: string, part: string, row: number, zone: string | null, coded: boolean,
 *   site: string | null, places: number, month: number, last: number, units: number, won: Won }} Row
 * @typedef {{ file: string, unit: number, unitsMost: number, names: { [sheet: string]: string },
 *   letters: { [sheet: string]: { [column: string]: string } }, read: { [name: string]: number[] },
 *   zones: { id: string, written: string }[], rows: Row[], spending: { row: number, year: number, won: Won }[],
 *   items: { [item: string]: { spent: number[], named: { [sheet: string]: number[] } } } }} Workbook
 * as simulation/workbook/addresses.py has it
 * @typedef {{ month?: number, zone?: string, units?: number }} Edit
 * @typedef {import("./xlsx.js").Book} Book
 * @typedef {import("./xlsx.js").Change} Change
 */

// What a site's cell says of units that are laid out in their zone.
const ANYWHERE = "auto";
const RUNNING = "opex_krw_year";
const COST = "capex_krw";
const DAY_MS = 86_400_000;

/** @param {Won} won */
export const payersOf = (won) => Object.keys(won).filter((column) => column !== COST && column !== RUNNING);

/**
 * Whole won by weight that add up to a total; what is left over goes one each to the largest remainders.
 * @param {number} total
 * @param {number[]} weights whole, not all 0
 */
export const apportioned = (total, weights) => {
  const whole = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  const exact = weights.map((weight) => BigInt(total) * BigInt(weight));
  const shares = exact.map((share) => share / whole);
  const left = BigInt(total) - shares.reduce((sum, share) => sum + share, 0n);
  const order = exact
    .map((share, at) => ({ rest: share % whole, at }))
    .sort((one, other) => (one.rest === other.rest ? one.at - other.at : one.rest > other.rest ? -1 : 1));
  for (const { at } of order.slice(0, Number(left))) shares[at] += 1n;
  return shares.map(Number);
};

/** @param {number} won @param {number} units @param {number} before */
const atUnitPrice = (won, units, before) =>
  Number((2n * BigInt(won) * BigInt(units) + BigInt(before)) / (2n * BigInt(before)));

/**
 * The money of a row for another number of units at the same price of each, to the won: the payers keep their shares.
 * @param {Row} row
 * @param {number} units
 * @returns {Won}
 */
export const moneyFor = (row, units) => {
  const payers = payersOf(row.won);
  const cost = atUnitPrice(row.won[COST], units, row.units);
  const shares = row.won[COST]
    ? apportioned(
        cost,
        payers.map((payer) => row.won[payer]),
      )
    : payers.map(() => 0);
  return {
    [COST]: cost,
    [RUNNING]: atUnitPrice(row.won[RUNNING], units, row.units),
    ...Object.fromEntries(payers.map((payer, at) => [payer, shares[at]])),
  };
};

// The year of a month from the start, and the month as text.
/** @param {string} start YYYY-MM @param {number} month */
export const monthText = (start, month) => {
  const [year, first] = start.split("-").map(Number);
  const at = 12 * year + first - 1 + month;
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`;
};

/**
 * What the plan costs by the year in which it opens, before and after some changes: the years in which that differs, and
 * all together.
 * @param {Workbook} workbook
 * @param {{ [number: string]: Edit }} edits
 * @param {string} start
 */
export const costsFor = ({ rows }, edits, start) => {
  const whole = { before: 0, after: 0 };
  /** @type {Map<string, { before: number, after: number }>} */
  const years = new Map();
  /** @param {"before" | "after"} when @param {number} month @param {number} won */
  const add = (when, month, won) => {
    const year = monthText(start, month).slice(0, 4);
    const sums = years.get(year) ?? { before: 0, after: 0 };
    years.set(year, { ...sums, [when]: sums[when] + won });
    whole[when] += won;
  };
  for (const row of rows) {
    const { month = row.month, units = row.units } = edits[row.number] ?? {};
    add("before", row.month, row.won[COST]);
    add("after", month, moneyFor(row, units)[COST]);
  }
  const differing = [...years].filter(([, { before, after }]) => before !== after).sort();
  return { years: differing, whole };
};

/**
 * The rows of the sheet of funding that spend for an opening, of which one payer's share is changed: those of the year in
 * which it opens where they hold what the payer pays for it, else all.
 * @param {Workbook} workbook
 * @param {Row} row
 * @param {string} payer
 * @param {Won[]} spent by row of the spending, as it stands
 * @param {string} start
 */
const spentIn = (workbook, row, payer, spent, start) => {
  const filled = spentFor(workbook, row).filter((number) => spent[number][payer] > 0);
  const year = Number(monthText(start, row.month).slice(0, 4));
  const then = filled.filter((number) => workbook.spending[number].year === year);
  return then.reduce((sum, number) => sum + spent[number][payer], 0) >= row.won[payer] ? then : filled;
};

/**
 * What the sheet of funding spends once units are changed: by row, with the sums that were kept.
 * @param {Workbook} workbook
 * @param {{ [number: string]: Edit }} edits
 * @param {string} start
 */
const spendingFor = (workbook, edits, start) => {
  const spent = workbook.spending.map(({ won }) => ({ ...won }));
  for (const row of workbook.rows) {
    const units = edits[row.number]?.units;
    if (units === undefined || units === row.units) continue;
    const money = moneyFor(row, units);
    for (const payer of payersOf(row.won)) {
      const pool = spentIn(workbook, row, payer, spent, start);
      const held = pool.map((number) => spent[number][payer]);
      const total = held.reduce((sum, won) => sum + won, 0) + money[payer] - row.won[payer];
      if (pool.length && total >= 0)
        apportioned(total, held).forEach((won, at) => {
          spent[pool[at]][payer] = won;
        });
    }
  }
  return spent;
};

/** @param {number} won @param {number} unit 1, or a power of ten */
export const inUnit = (won, unit) => {
  const digits = String(unit).length - 1;
  if (!digits) return String(won);
  const text = String(won).padStart(digits + 1, "0");
  const whole = text.slice(0, -digits);
  let rest = text.slice(-digits);
  while (rest.endsWith("0")) rest = rest.slice(0, -1);
  return rest ? `${whole}.${rest}` : whole;
};

/**
 * A month as its cell has it: a text, or the same day of the other month where the cell holds a day.
 * @param {import("./cells.js").Cell} cell
 * @param {string} month YYYY-MM
 * @param {boolean} from1904
 * @returns {{ value: string, kind: "text" | "number" | "day" }}
 */
export const monthIn = (cell, month, from1904) => {
  if (cell.type !== "n" && cell.type !== "d") return { value: month, kind: "text" };
  const epoch = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30);
  const serial = Number(cell.value);
  const before = cell.type === "d" ? new Date(String(cell.value)) : new Date(epoch + Math.floor(serial) * DAY_MS);
  const [year, number] = month.split("-").map(Number);
  const day = Math.min(before.getUTCDate(), new Date(Date.UTC(year, number, 0)).getUTCDate());
  if (cell.type === "d") return { value: `${month}-${String(day).padStart(2, "0")}`, kind: "day" };
  const date = (Date.UTC(year, number - 1, day) - epoch) / DAY_MS;
  return { value: String(date + serial - Math.floor(serial)), kind: "number" };
};

/** @typedef {"month" | "zone" | "units"} Matter */

/**
 * The cells that hold what a row says of a matter, and those of the funding that go with its units.
 * @param {Workbook} workbook
 * @param {Row} row
 * @param {Matter} matter
 */
const cellsFor = (workbook, row, matter) => {
  const { names, letters, spending } = workbook;
  const own = {
    month: ["opens"],
    zone: row.site ? ["zone", "site"] : ["zone"],
    units: ["units", ...Object.keys(row.won)],
  }[matter];
  const spent = matter === "units" ? spentFor(workbook, row) : [];
  const payers = payersOf(row.won).filter((payer) => row.won[payer] > 0);
  return [
    ...own.map((column) => ({ sheet: names[row.part], at: letters[row.part][column] + row.row })),
    ...spent.flatMap((number) =>
      payers
        .filter((payer) => spending[number].won[payer] > 0)
        .map((payer) => ({ sheet: names.funding, at: letters.funding[payer] + spending[number].row })),
    ),
  ];
};

/**
 * The formulas that stand where a change would be written: they are the team's, and are left alone. Null where the
 * matter cannot be changed: inside the hub nothing goes to another zone, and what is not in the file is not written.
 * @param {Book} book
 * @param {Workbook} workbook
 * @param {Row} row
 * @param {Matter} matter
 */
export const formulasFor = (book, workbook, row, matter) => {
  const cells = cellsFor(workbook, row, matter);
  const absent = cells.some(({ sheet, at }) => !cellAt(book, sheet, at));
  if (absent || (matter === "zone" && (row.part !== "diffusion" || !row.zone))) return null;
  return cells.filter(({ sheet, at }) => heldAt(book, sheet, at).formula);
};

/**
 * Whether a change of a matter can be written.
 * @param {Book} book
 * @param {Workbook} workbook
 * @param {Row} row
 * @param {Matter} matter
 */
export const canChange = (book, workbook, row, matter) => formulasFor(book, workbook, row, matter)?.length === 0;

/**
 * What some changes of openings write into the workbook.
 * @param {Book} book
 * @param {Workbook} workbook
 * @param {{ [number: string]: Edit }} edits by the openings' numbers
 * @param {string} start YYYY-MM of month 0
 * @returns {Change[]}
 */
export const changesFor = (book, workbook, edits, start) => {
  const { names, letters, unit } = workbook;
  /** @type {Change[]} */
  const changes = [];
  /** @param {string} sheet @param {string} column @param {number} row */
  const cellOf = (sheet, column, row) => heldAt(book, names[sheet], letters[sheet][column] + row);
  /** @param {string} sheet @param {import("./cells.js").Cell} cell @param {string} value */
  const write = (sheet, cell, value, kind = /** @type {Change["kind"]} */ ("text")) =>
    changes.push({ sheet: names[sheet], at: cell.at, value, kind });
  // A number, or its digits where the cell holds a text.
  /** @param {string} sheet @param {string} column @param {number} row @param {string} digits */
  const writeNumber = (sheet, column, row, digits) => {
    const cell = cellOf(sheet, column, row);
    write(sheet, cell, digits, cell.type === "n" ? "number" : "text");
  };
  /** @param {string} sheet @param {number} row @param {Won} before @param {Won} after */
  const pay = (sheet, row, before, after) => {
    for (const [column, won] of Object.entries(after))
      if (won !== before[column]) writeNumber(sheet, column, row, inUnit(won, unit));
  };
  for (const row of workbook.rows) {
    const { month, zone, units } = edits[row.number] ?? {};
    if (month !== undefined && month !== row.month) {
      const cell = cellOf(row.part, "opens", row.row);
      const { value, kind } = monthIn(cell, monthText(start, month), book.from1904);
      write(row.part, cell, value, kind);
    }
    if (zone !== undefined && zone !== row.zone) {
      const name = workbook.zones.find(({ id }) => id === zone)?.written ?? zone;
      write(row.part, cellOf(row.part, "zone", row.row), row.coded ? zone : name);
      if (row.site) write(row.part, cellOf(row.part, "site", row.row), ANYWHERE);
    }
    if (units !== undefined && units !== row.units) {
      writeNumber(row.part, "units", row.row, String(units));
      pay(row.part, row.row, row.won, moneyFor(row, units));
    }
  }
  spendingFor(workbook, edits, start).forEach((won, number) => {
    const { row, won: before } = workbook.spending[number];
    pay("funding", row, before, won);
  });
  return changes;
};
