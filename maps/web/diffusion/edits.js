// What was changed of the city's own plans on this page: by plan and opening, kept in the address, and taken back.

import { readBlob } from "../lib/data.js";
import { keepState, page } from "../lib/page.js";
import { canChange } from "../book/plan.js";
import { openBook } from "../book/xlsx.js";

const EDITS = { by: {}, past: [], reading: new Map(), books: new Map(), rows: new Map() };
/** @type {import("../book/plan.js").Matter[]} */
const MATTERS = ["month", "zone", "units"];

// Where the openings of a scenario's plan stand in its workbook, once that was read.
/** @param {number} k a scenario @returns {import("../book/plan.js").Workbook} */
export const workbookOf = (k) => EDITS.rows.get(k);

/** @param {number} k @returns {{ [number: string]: import("../book/plan.js").Edit }} */
export const editsOf = (k) => EDITS.by[page.config.scenarios[k].id] ?? {};

export const canUndo = () => EDITS.past.length > 0;

/** @param {import("../book/plan.js").Row} row @param {import("../book/plan.js").Edit} edit */
const kept = (row, edit) =>
  Object.fromEntries(
    MATTERS.filter((matter) => edit[matter] !== undefined && edit[matter] !== row[matter]).map((matter) => [
      matter,
      edit[matter],
    ]),
  );

const keep = () => keepState({ plan: Object.keys(EDITS.by).length ? JSON.stringify(EDITS.by) : null });

// The edits of one plan, without openings that are as they were.
const put = (k, edits) => {
  const { id } = page.config.scenarios[k];
  const own = Object.entries(edits).filter(([, edit]) => Object.keys(edit).length);
  const others = Object.entries(EDITS.by).filter(([plan]) => plan !== id);
  EDITS.by = Object.fromEntries(own.length ? [...others, [id, Object.fromEntries(own)]] : others);
};

/** @param {number} k @param {import("../book/plan.js").Row} row @param {import("../book/plan.js").Edit} edit */
export const change = (k, row, edit) => {
  EDITS.past.push(EDITS.by);
  put(k, { ...editsOf(k), [row.number]: kept(row, { ...editsOf(k)[row.number], ...edit }) });
  keep();
};

export const undo = () => {
  EDITS.by = EDITS.past.pop() ?? {};
  keep();
};

/** @param {number} k */
export const reset = (k) => {
  EDITS.past.push(EDITS.by);
  put(k, {});
  keep();
};

// The workbook that a plan was read from; null where the page has none that it can write.
/** @param {number} k @returns {import("../book/xlsx.js").Book | null} */
export const bookOf = (k) => EDITS.books.get(k) ?? null;

// Opens the workbook of a plan, once.
/** @param {number} k */
export const readBook = (k) => {
  const read = async () => {
    const [bytes, rows] = await Promise.all([readBlob(`book-${k}`), readBlob(`rows-${k}`)]);
    if (!bytes) return;
    EDITS.rows.set(k, JSON.parse(new TextDecoder().decode(rows)));
    try {
      EDITS.books.set(k, openBook(bytes));
    } catch {
      EDITS.books.set(k, null); // and the page says that it cannot be opened
    }
  };
  if (!EDITS.reading.has(k)) EDITS.reading.set(k, read());
  return EDITS.reading.get(k);
};

/**
 * What may be written of an edit that came with the address: within the plan's limits, and into no formula.
 * @param {import("../book/xlsx.js").Book} book
 * @param {import("../book/plan.js").Workbook} workbook
 * @param {import("../book/plan.js").Row} row
 * @param {any} edit
 */
const allowed = (book, workbook, row, edit) => {
  const whole = (value, least, most) => Number.isInteger(value) && value >= least && value <= most;
  const holds = {
    month: whole(edit?.month, 0, row.last),
    zone: workbook.zones.some(({ id }) => id === edit?.zone),
    units: whole(edit?.units, 1, workbook.unitsMost),
  };
  const open = MATTERS.filter((matter) => holds[matter] && canChange(book, workbook, row, matter));
  return kept(row, Object.fromEntries(open.map((matter) => [matter, edit[matter]])));
};

// Takes up what the address says was changed; what does not hold for the plans of this page is left out.
export const readEdits = async () => {
  if (!page.state.plan) return;
  let asked = {};
  try {
    asked = Object(JSON.parse(page.state.plan));
  } catch {
    return keep();
  }
  for (const [k, { id }] of page.config.scenarios.entries()) {
    if (!asked[id]) continue;
    await readBook(k);
    const [workbook, book] = [workbookOf(k), bookOf(k)];
    if (!book) continue;
    put(
      k,
      Object.fromEntries(workbook.rows.map((row) => [row.number, allowed(book, workbook, row, asked[id][row.number])])),
    );
  }
  keep();
};
