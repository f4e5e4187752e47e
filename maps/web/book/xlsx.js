// An Excel workbook (ECMA-376, part 1): its sheets by name, and the same workbook with some cells written anew.

import { unzipSync, zipSync } from "fflate";
import { cellsOf, sheetWith } from "./cells.js";
import { staleOf } from "./formulas.js";
import { attributesOf, escaped, replaced, tagsOf } from "./xml.js";

// So that the same changes give the same bytes.
const WRITTEN = new Date(1980, 0, 1);
// What may stand before the settings of the calculation (CT_Workbook).
const BEFORE_CALCULATION = ["sheets", "functionGroups", "externalReferences", "definedNames"];

/**
 * @typedef {{ name: string, path: string, xml: string, cells: Map<string, import("./cells.js").Cell> }} Sheet
 * @typedef {{ bytes: Uint8Array, parts: { [path: string]: Uint8Array }, path: string, xml: string, sheets: Sheet[],
 *   from1904: boolean }} Book
 * @typedef {{ sheet: string, at: string, value: string, kind: "text" | "number" | "day" }} Change
 */

/** @param {Uint8Array} bytes */
const textOf = (bytes) => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);

// The parts that a part names, by the names it has for them.
/** @param {{ [path: string]: Uint8Array }} parts @param {string} path */
const relatedTo = (parts, path) => {
  const cut = path.lastIndexOf("/") + 1;
  const [folder, file] = [path.slice(0, cut), path.slice(cut)];
  const related = new Map();
  for (const tag of tagsOf(textOf(parts[`${folder}_rels/${file}.rels`]))) {
    if (tag.name !== "Relationship" || !tag.opens) continue;
    const { Id, Type, Target } = attributesOf(tag);
    const target = new URL(Target, `part:///${folder}`).pathname.slice(1);
    related.set(Id, { type: Type.slice(Type.lastIndexOf("/") + 1), path: decodeURIComponent(target) });
  }
  return related;
};

/**
 * @param {Uint8Array} bytes
 * @returns {Book}
 */
export const openBook = (bytes) => {
  const parts = unzipSync(bytes);
  const main = [...relatedTo(parts, "").values()].find(({ type }) => type === "officeDocument");
  if (!main) throw new Error("no workbook");
  const xml = textOf(parts[main.path]);
  const related = relatedTo(parts, main.path);
  const sheets = [];
  let from1904 = false;
  for (const tag of tagsOf(xml)) {
    const attributes = attributesOf(tag);
    if (tag.name === "workbookPr") from1904 ||= ["1", "true"].includes(attributes.date1904);
    if (tag.name !== "sheet" || !tag.opens) continue;
    const id = Object.entries(attributes).find(([name]) => name.endsWith(":id"))?.[1];
    const { type, path } = related.get(id);
    if (type !== "worksheet") continue;
    const sheet = textOf(parts[path]);
    sheets.push({ name: attributes.name, path, xml: sheet, cells: cellsOf(sheet) });
  }
  return { bytes, parts, path: main.path, xml, sheets, from1904 };
};

/** @param {Book} book @param {string} sheet @param {string} at */
export const cellAt = (book, sheet, at) => book.sheets.find(({ name }) => name === sheet)?.cells.get(at);

// Spreadsheets work out values on opening where the workbook says so.
/** @param {string} xml */
const calculatedAnew = (xml) => {
  let after = 0;
  let prefix = "";
  for (const tag of tagsOf(xml)) {
    if (tag.name === "workbook" && tag.opens) prefix = tag.written.slice(0, -"workbook".length);
    if (BEFORE_CALCULATION.includes(tag.name) && tag.closes) after = tag.to;
    if (tag.name !== "calcPr" || !tag.opens) continue;
    const { fullCalcOnLoad, ...kept } = attributesOf(tag);
    if (["1", "true"].includes(fullCalcOnLoad)) return xml;
    const others = Object.entries(kept).map(([name, value]) => ` ${name}="${escaped(value)}"`);
    const by = `<${tag.written}${others.join("")} fullCalcOnLoad="1"${tag.closes ? "/" : ""}>`;
    return replaced(xml, [{ from: tag.from, to: tag.to, by }]);
  }
  return replaced(xml, [{ from: after, to: after, by: `<${prefix}calcPr fullCalcOnLoad="1"/>` }]);
};

/**
 * The formulas whose stored values some changes leave without ground.
 * @param {Book} book
 * @param {Change[]} changes
 */
export const staleAfter = (book, changes) => staleOf(book.sheets, changes);

/**
 * The workbook with some cells written anew. Parts in which nothing changes are the same to the byte; without a change
 * so is the whole.
 * @param {Book} book
 * @param {Change[]} changes
 * @returns {Uint8Array}
 */
export const bookWith = (book, changes) => {
  if (!changes.length) return book.bytes;
  const stale = staleAfter(book, changes);
  const parts = { ...book.parts };
  for (const { name, path, xml, cells } of book.sheets) {
    const own = changes.filter((change) => change.sheet === name);
    const open = stale.get(name) ?? [];
    if (own.length || open.length) parts[path] = new TextEncoder().encode(sheetWith(xml, cells, own, open));
  }
  if (stale.size) parts[book.path] = new TextEncoder().encode(calculatedAnew(book.xml));
  return zipSync(parts, { level: 6, mtime: WRITTEN });
};
