// What a change of a plan's openings writes into its workbook: months, zones, units, and the money that goes with units.

import { cellAt } from "./xlsx.js";

// A cell that the workbook was read from: it is there.
/** @param {Book} book @param {string} sheet @param {string} at */
const heldAt = (book, sheet, at) => {
  const cell = cellAt(book, sheet, at);
  if (!cell) throw new Error(`no cell at ${at}`);
  return cell;
};

/**
 * @typedef {{ [column: string]: number }} Won
 * @typedef {{ [column: string]: string }} Addresses
 * @typedef {{ number: string, service: string, part: string, row: number, zone: string | null, coded: boolean,
 *   byZone: boolean, places: number, month: number, last: number, units: number, won: Won, cells: Addresses,
 *   spent: number[], named: { [sheet: string]: number[] } }} Row
 * @typedef {{ file: string, held: boolean, unit: number, unitsMost: number, sheets: { [id: string]: string },
 *   read: { [name: string]: number[] }, zones: { id: string, written: string }[], rows: Row[],
 *   spending: { row: number, year: number, won: Won, cells: Addresses }[] }} Workbook
 * as simulation/workbook/addresses.py has it
 * @typedef {{ month?: number, zone?: string, units?: number }} Edit
 * @typedef {import("./xlsx.js").Book} Book
 * @typedef {import("./xlsx.js").Change} Change
 */

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
 * The rows of the sheet of funding that spend for an opening, of which one payer's share is changed: those of the year in
 * which it opens where they hold what the payer pays for it, else all.
 * @param {Workbook} workbook
 * @param {Row} row
 * @param {string} payer
 * @param {Won[]} spent by row of the spending, as it stands
 * @param {string} start
 */
const spentIn = ({ spending }, row, payer, spent, start) => {
  const filled = row.spent.filter((number) => spent[number][payer] > 0);
  const year = Number(monthText(start, row.month).slice(0, 4));
  const then = filled.filter((number) => spending[number].year === year);
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
const cellsFor = ({ sheets, spending }, row, matter) => {
  const own = { month: ["opens"], zone: ["zone"], units: ["units", ...Object.keys(row.won)] }[matter];
  const payers = payersOf(row.won).filter((payer) => row.won[payer] > 0);
  const funds = matter !== "units" ? [] : row.spent.flatMap((number) => payers.map((p) => spending[number].cells[p]));
  return [
    ...own.map((column) => ({ sheet: sheets[row.part], at: row.cells[column] })),
    ...funds.map((at) => ({ sheet: sheets.funding, at })),
  ].filter(({ at }) => at);
};

/**
 * The formulas that stand where a change would be written: they are the team's, and are left alone.
 * @param {Book} book
 * @param {Workbook} workbook
 * @param {Row} row
 * @param {Matter} matter
 */
export const formulasFor = (book, workbook, row, matter) =>
  cellsFor(workbook, row, matter).filter(({ sheet, at }) => heldAt(book, sheet, at).formula);

/**
 * What some changes of openings write into the workbook.
 * @param {Book} book
 * @param {Workbook} workbook
 * @param {{ [number: string]: Edit }} edits by the openings' numbers
 * @param {string} start YYYY-MM of month 0
 * @returns {Change[]}
 */
export const changesFor = (book, workbook, edits, start) => {
  const { sheets, unit } = workbook;
  /** @type {Change[]} */
  const changes = [];
  /** @param {string} sheet @param {string} at @param {string} value @param {"text" | "number" | "day"} kind */
  const write = (sheet, at, value, kind) => {
    const text = kind === "number" && heldAt(book, sheet, at).type !== "n";
    changes.push({ sheet, at, value, kind: text ? "text" : kind });
  };
  /** @param {string} sheet @param {Addresses} cells @param {Won} before @param {Won} after */
  const pay = (sheet, cells, before, after) => {
    for (const [column, won] of Object.entries(after))
      if (won !== before[column]) write(sheet, cells[column], inUnit(won, unit), "number");
  };
  for (const row of workbook.rows) {
    const { month, zone, units } = edits[row.number] ?? {};
    const sheet = sheets[row.part];
    if (month !== undefined && month !== row.month) {
      const { value, kind } = monthIn(heldAt(book, sheet, row.cells.opens), monthText(start, month), book.from1904);
      write(sheet, row.cells.opens, value, kind);
    }
    if (zone !== undefined && zone !== row.zone) {
      const name = workbook.zones.find(({ id }) => id === zone)?.written ?? zone;
      write(sheet, row.cells.zone, row.coded ? zone : name, "text");
    }
    if (units !== undefined && units !== row.units) {
      write(sheet, row.cells.units, String(units), "number");
      pay(sheet, row.cells, row.won, moneyFor(row, units));
    }
  }
  spendingFor(workbook, edits, start).forEach((won, number) => {
    const { cells, won: before } = workbook.spending[number];
    pay(sheets.funding, cells, before, won);
  });
  return changes;
};
