// Which formulas of a workbook read cells that are written anew: the values stored with them no longer hold.

import { columnOf, placeOf } from "./cells.js";

// In their order: a text, a cell or range or whole columns or rows with the sheet it is of, a number, a call, a sign.
const PARTS =
  /\s+|"(?:[^"]|"")*"|(?:(?:'((?:[^']|'')+)'|([^\s'!"(),;:+\-*/^&=<>{}%$#@[\]]+))!)?(?:(\$?)([A-Z]{1,3})(\$?)(\d+)(?::(\$?)([A-Z]{1,3})(\$?)(\d+))?|\$?([A-Z]{1,3}):\$?([A-Z]{1,3})|\$?(\d+):\$?(\d+))(?![\w(.!])|\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|([A-Za-z_.][\w.]*)\(|TRUE|FALSE|[(),;+\-*/^&=<>{}%]/y;
// What they read does not stand in the formula.
const ANYWHERE = ["INDIRECT", "OFFSET"];
const [ROWS, COLUMNS] = [1048576, 16384];

/**
 * @typedef {{ sheet: string, west: number, north: number, east: number, south: number }} Area
 * @typedef {{ name: string, cells: Map<string, import("./cells.js").Cell> }} Sheet
 */

/**
 * The areas that a formula reads; null where it does not say.
 * @param {string} text
 * @param {string} sheet it stands in
 * @param {{ column: number, row: number }} moved how far from where it is written
 * @returns {Area[] | null}
 */
export const areasOf = (text, sheet, moved = { column: 0, row: 0 }) => {
  const areas = [];
  for (let at = 0; at < text.length;) {
    PARTS.lastIndex = at;
    const part = PARTS.exec(text);
    if (!part || (part[15] && ANYWHERE.includes(part[15].toUpperCase()))) return null;
    at = PARTS.lastIndex;
    const [, quoted, bare, ac, west, ar, north, bc, east, br, south, first, last, top, bottom] = part;
    const of = quoted?.replaceAll("''", "'") ?? bare ?? sheet;
    // Parts between two sheets, and ones of another workbook, are not followed.
    if (quoted && [":", "[", "]"].some((sign) => quoted.includes(sign))) return null;
    /** @param {string} fixed @param {string} letters */
    const column = (fixed, letters) => columnOf(letters) + (fixed ? 0 : moved.column);
    /** @param {string} fixed @param {string} digits */
    const row = (fixed, digits) => Number(digits) + (fixed ? 0 : moved.row);
    if (west) {
      const from = { west: column(ac, west), north: row(ar, north) };
      const to = east ? { east: column(bc, east), south: row(br, south) } : { east: from.west, south: from.north };
      areas.push({ sheet: of, ...from, ...to });
    } else if ((first && moved.column) || (top && moved.row)) return null;
    else if (first) areas.push({ sheet: of, west: columnOf(first), east: columnOf(last), north: 1, south: ROWS });
    else if (top) areas.push({ sheet: of, west: 1, east: COLUMNS, north: Number(top), south: Number(bottom) });
  }
  return areas;
};

/** @param {Sheet} sheet */
const formulasOf = ({ name, cells }) => {
  const shared = new Map();
  for (const cell of cells.values())
    if (cell.formula?.type === "shared" && cell.formula.text) shared.set(cell.formula.group, cell);
  return [...cells.values()].flatMap((cell) => {
    if (!cell.formula) return [];
    const from = cell.formula.type === "shared" ? (shared.get(cell.formula.group) ?? cell) : cell;
    const [here, there] = [placeOf(cell.at), placeOf(from.at)];
    const moved = { column: here.column - there.column, row: here.row - there.row };
    const areas = from.formula.text ? areasOf(from.formula.text, name, moved) : null;
    return [{ sheet: name, at: cell.at, areas, range: cell.formula.type === "shared" ? null : cell.formula.range }];
  });
};

// The cells that one formula fills beside its own.
/** @param {string | null} range @param {Map<string, any>} cells */
const filledBy = (range, cells) => {
  if (!range?.includes(":")) return [];
  const [from, to] = range.split(":").map(placeOf);
  return [...cells.keys()].filter((at) => {
    const { column, row } = placeOf(at);
    return column >= from.column && column <= to.column && row >= from.row && row <= to.row;
  });
};

/**
 * Addresses by sheet of the formulas that read changed cells, or cells of such formulas. A formula that does not say what
 * it reads is among them.
 * @param {Sheet[]} sheets
 * @param {{ sheet: string, at: string }[]} changed
 * @returns {Map<string, string[]>}
 */
export const staleOf = (sheets, changed) => {
  const stale = new Map(sheets.map(({ name }) => [name, new Set()]));
  if (!changed.length) return new Map();
  const touched = changed.map(({ sheet, at }) => ({ sheet, ...placeOf(at) }));
  let waiting = sheets.flatMap(formulasOf);
  /** @param {{ areas: Area[] | null }} formula */
  const reads = ({ areas }) =>
    !areas ||
    areas.some(({ sheet, west, north, east, south }) =>
      touched.some(
        (cell) =>
          cell.sheet === sheet && cell.column >= west && cell.column <= east && cell.row >= north && cell.row <= south,
      ),
    );
  for (let found = waiting.filter(reads); found.length; found = waiting.filter(reads)) {
    waiting = waiting.filter((formula) => !found.includes(formula));
    for (const { sheet, at, range } of found) {
      const { cells } = /** @type {Sheet} */ (sheets.find(({ name }) => name === sheet));
      for (const one of [at, ...filledBy(range, cells)]) {
        stale.get(sheet)?.add(one);
        touched.push({ sheet, ...placeOf(one) });
      }
    }
  }
  return new Map([...stale].filter(([, all]) => all.size).map(([name, all]) => [name, [...all]]));
};
