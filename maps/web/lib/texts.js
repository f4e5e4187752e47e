// Texts in the language of the page, and names that cannot turn the text around them.

import { isolated } from "./isolated.js";
import { page } from "./page.js";
import { remarkText } from "./remarks.js";

export { isolated };

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

// The same with elements in the blanks: the parts, to be put into one.
/**
 * @param {string} key
 * @param {{ [name: string]: any }} values
 */
export const filled = (key, values) =>
  page.texts[key][page.language].split(/\{(\w+)\}/g).map((part, at) => (at % 2 ? values[part] : part));

// A text that comes with the data: a name, a text in both languages, a remark, or a list of remarks.
/**
 * @param {import("../types.js").Text} text
 * @returns {string}
 */
export const asWritten = (text) => {
  if (text === null || text === undefined) return "";
  if (typeof text === "string") return text;
  if (Array.isArray(text)) return text.map(asWritten).join("; ");
  return "code" in text ? remarkText(text) : text[page.language];
};

/** @param {import("../types.js").Text} text */
export const localised = (text) => isolated(asWritten(text));

// A name cut to so many letters.
/** @param {import("../types.js").Text} name @param {number} most */
export const cutName = (name, most) => {
  const text = asWritten(name);
  return isolated(text.length > most ? `${text.slice(0, most - 1)}…` : text);
};
