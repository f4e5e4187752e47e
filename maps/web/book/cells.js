// The cells of a sheet of an Excel workbook, and how one is written anew.

import { attributesOf, escaped, replaced, tagsOf, unescaped } from "./xml.js";

/**
 * @typedef {{
 *   at: string, tag: import("./xml.js").Tag, to: number, type: string, value: string | null,
 *   formula: { text: string, from: number, to: number, type: string, range: string | null, group: string | null } | null,
 * }} Cell
 * value: what its v element holds; group: the number of formulas that are written once for many cells
 */

/** @param {number} number of a column, from 1 */
export const lettersOf = (number) => {
  let letters = "";
  for (let rest = number; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return letters;
};

/** @param {string} letters */
export const columnOf = (letters) => [...letters].reduce((sum, letter) => 26 * sum + letter.charCodeAt(0) - 64, 0);

/**
 * Column and row, from 1, of an address like D14.
 * @param {string} at
 */
export const placeOf = (at) => {
  const digits = [...at].findIndex((letter) => letter >= "0" && letter <= "9");
  return { column: columnOf(at.slice(0, digits)), row: Number(at.slice(digits)) };
};

/**
 * The cells of a sheet by their addresses.
 * @param {string} xml
 * @returns {Map<string, Cell>}
 */
export const cellsOf = (xml) => {
  const cells = new Map();
  let row = 0;
  let column = 0;
  /** @type {Cell | null} */
  let cell = null;
  /** @type {import("./xml.js").Tag | null} */
  let inside = null;
  for (const tag of tagsOf(xml)) {
    if (tag.name === "row" && tag.opens) {
      row = Number(attributesOf(tag).r ?? row + 1);
      column = 0;
    } else if (tag.name === "c" && tag.opens) {
      const { r, t } = attributesOf(tag);
      const at = r ?? `${lettersOf(column + 1)}${row}`;
      column = placeOf(at).column;
      cell = { at, tag, to: tag.to, type: t ?? "n", value: null, formula: null };
      cells.set(at, cell);
    } else if (tag.name === "c" && cell) cell.to = tag.to;
    else if (cell && tag.name === "f" && tag.opens) {
      const { t, ref, si } = attributesOf(tag);
      cell.formula = {
        text: "",
        from: tag.from,
        to: tag.to,
        type: t ?? "normal",
        range: ref ?? null,
        group: si ?? null,
      };
    }
    if (tag.name === "c" && tag.closes) cell = null;
    if (!cell || !["f", "v"].includes(tag.name)) continue;
    if (tag.opens && !tag.closes) inside = tag;
    if (tag.closes && !tag.opens && inside) {
      const text = unescaped(xml.slice(inside.to, tag.from));
      if (tag.name === "v") cell.value = text;
      else if (cell.formula) Object.assign(cell.formula, { text, to: tag.to });
    }
  }
  return cells;
};

// A cell's tag without its type, which its new value may not be of, and with another one where it has one.
/** @param {Cell} cell @param {string} type */
const tagOf = (cell, type) => {
  const kept = Object.entries(attributesOf(cell.tag)).filter(([name]) => name !== "t");
  const written = kept.map(([name, value]) => ` ${name}="${escaped(value)}"`);
  return `<${cell.tag.written}${written.join("")}${type && ` t="${type}"`}>`;
};

/** @param {Cell} cell @param {string} name of an element in it, with the prefix that the sheet uses */
const element = (cell, name) => cell.tag.written.slice(0, -1) + name;

/**
 * A cell that holds a text or a number, in the style it has.
 * @param {Cell} cell
 * @param {string} value
 * @param {"text" | "number" | "day"} kind number: digits as XML has them; day: YYYY-MM-DD
 */
const written = (cell, value, kind) => {
  const [is, t, v] = ["is", "t", "v"].map((name) => element(cell, name));
  const end = `</${cell.tag.written}>`;
  if (kind === "text") {
    const space = value === value.trim() ? "" : ' xml:space="preserve"';
    return `${tagOf(cell, "inlineStr")}<${is}><${t}${space}>${escaped(value)}</${t}></${is}>${end}`;
  }
  return `${tagOf(cell, kind === "day" ? "d" : "")}<${v}>${value}</${v}>${end}`;
};

// A cell whose formula stays and whose value is to be worked out again.
/** @param {string} xml @param {Cell} cell */
const unvalued = (xml, cell) =>
  `${tagOf(cell, "")}${cell.formula ? xml.slice(cell.formula.from, cell.formula.to) : ""}</${cell.tag.written}>`;

/**
 * A sheet with some cells written anew, and the values of some formulas left to be worked out again.
 * @param {string} xml
 * @param {Map<string, Cell>} cells
 * @param {{ at: string, value: string, kind: "text" | "number" | "day" }[]} changes
 * @param {string[]} stale addresses of formulas
 */
export const sheetWith = (xml, cells, changes, stale) => {
  const anew = changes.map(({ at, value, kind }) => {
    const cell = cells.get(at);
    if (!cell || cell.formula) throw new Error(`no cell to write at ${at}`);
    return { from: cell.tag.from, to: cell.to, by: written(cell, value, kind) };
  });
  const open = stale.map((at) => {
    const cell = /** @type {Cell} */ (cells.get(at));
    return { from: cell.tag.from, to: cell.to, by: unvalued(xml, cell) };
  });
  return replaced(xml, [...anew, ...open]);
};
