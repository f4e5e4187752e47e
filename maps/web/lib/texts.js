// Texts in the language of the page, and names that cannot turn the text around them.

import { page } from "./page.js";

// A text of assets/text.json; {name} in it is filled from ``values``.
/**
 * @param {string} key
 * @param {{ [name: string]: any }} values
 */
export const t = (key, values = {}) => {
  const entry = page.texts[key];
  if (!entry) throw new Error(`no text for ${key}`);
  return entry[page.language].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
};

// A text that comes in both languages with the data, as it is in the files.
/** @param {import("../types.js").Text} text */
export const asWritten = (text) =>
  text === null || text === undefined ? "" : typeof text === "string" ? text : text[page.language];

// Letters that run from right to left, and marks that turn the text after them round.
const TURNS = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]/;

// Such a text between marks that end whatever it begins, so that it turns nothing but itself wherever it is put. Marks
// that would end ours are taken out.
/** @param {string} text */
export const isolated = (text) => (TURNS.test(text) ? `\u2068${text.replace(/[\u2066-\u2069]/g, "")}\u2069` : text);

/** @param {import("../types.js").Text} text */
export const localised = (text) => isolated(asWritten(text));

// A name cut to so many letters.
/** @param {import("../types.js").Text} name @param {number} most */
export const cutName = (name, most) => {
  const text = asWritten(name);
  return isolated(text.length > most ? `${text.slice(0, most - 1)}…` : text);
};

// Remarks that come in both languages, alone or in a list, are only picked. Others come as "한국어 / English", all of the
// Korean first or pair by pair, joined by "; ": each in the language of the page, and once where both are the same.
/**
 * @param {import("../types.js").Text | import("../types.js").Bilingual[]} text
 * @returns {string}
 */
export const remarkText = (text) => {
  if (text && typeof text === "object") return [text].flat().map(asWritten).join("; ");
  const korean = /[가-힣]/,
    index = page.language === "ko" ? 0 : 1;
  const written = /** @type {string} */ (text ?? "");
  const parts = written.split(" / ");
  // Each side may hold as many sentences as it likes.
  if (parts.length === 2 && korean.test(parts[0]) && !korean.test(parts[1])) return parts[index];
  const said = [];
  /** @type {string[]} */
  let waiting = [];
  let due = 0; // Korean remarks whose English is still to come, and English ones still to come
  for (const part of written.split("; ")) {
    const pair = part.match(/^(.*[가-힣].*?) \/ ([^가-힣]+)$/);
    if (pair) {
      said.push(...(index === 0 ? [...waiting, pair[1]] : [pair[2]]));
      [waiting, due] = [[], waiting.length];
    } else if (due && !korean.test(part)) {
      if (index === 1) said.push(part);
      due -= 1;
    } else if (korean.test(part) && !part.includes(" / ")) {
      waiting.push(part);
    } else {
      const [first, second, ...more] = part.split(" / ");
      said.push(...waiting, first === second && !more.length ? first : part);
      waiting = [];
    }
  }
  return [...said, ...waiting].join("; ");
};
