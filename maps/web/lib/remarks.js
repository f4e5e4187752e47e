// Remarks in the language of the page: a code with values, said by the catalogue that Python sends. Values are said by the
// rules of geojeom/messages.py (FORMATS) and geojeom/formats.py; test/remarks.test.js holds every text to Python's.

import { isolated } from "./isolated.js";
import { page } from "./page.js";

// Members of a list that are said; of a longer one the rest is an ellipsis.
const LISTED = 10;
// More digits than this tell nothing apart but rounding; shares that are sums miss 0 and 1 by less than ``NOISE``.
const DIGITS_MAX = 9;
const NOISE = 1e-9;

const numbers = new Map();

// With all zeros at the end, other than on the rest of the page.
/** @type {(value: number, digits: number) => string} */
const fixed = (value, digits) => {
  if (!numbers.has(digits)) {
    const exactly = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    numbers.set(digits, new Intl.NumberFormat("en", exactly));
  }
  return numbers.get(digits).format(value);
};

// Digits until a number reads otherwise than the limit it is held against.
/** @type {(value: number, digits: number, limit: number | null) => number} */
const enough = (value, digits, limit) => {
  let places = digits;
  while (limit !== null && value !== limit && places < DIGITS_MAX && fixed(value, places) === fixed(limit, places))
    places++;
  return places;
};

/** @type {(value: number, digits: number, limit?: number | null) => string} */
const figure = (value, digits, limit = null) => fixed(value, enough(value, digits, limit));

/** @type {(share: number, digits: number, limit: number | null) => string} */
const percent = (share, digits, limit) => {
  const places = enough(share * 100, digits, limit === null ? null : limit * 100);
  const shown = fixed(share * 100, places);
  const step = 10 ** -places;
  if (share > NOISE && Number(shown) === 0) return `< ${fixed(step, places)}%`;
  if (share < 1 - NOISE && shown === fixed(100, places)) return `> ${fixed(100 - step, places)}%`;
  return `${shown}%`;
};

// Without the zeros at the end that say nothing.
/** @param {string} text */
const trimmed = (text) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);

// As it is written in a code or a year, never as 5e-7.
/** @type {(value: number, digits?: number) => string} */
const written = (value, digits = 10) =>
  Number(value.toPrecision(digits)).toLocaleString("en", { useGrouping: false, maximumFractionDigits: 20 });

/** @param {number} value */
const stated = (value) => Number(value.toPrecision(10)).toLocaleString("en", { maximumFractionDigits: 20 });

/** @type {(value: number, digits: number) => string} */
const signed = (value, digits) => {
  const size = fixed(Math.abs(value), digits);
  return Number(size) === 0 ? size : `${value > 0 ? "+" : "−"}${size}`;
};

/** @type {(krw: number, limit: number | null, say: (value: number, digits: number, limit: number | null) => string) => string} */
const money = (krw, limit, say) => {
  const ko = page.language === "ko";
  const part = ko ? 1e8 : 1e9;
  const amount = say(krw / part, ko ? 2 : 3, limit === null ? null : limit / part);
  return ko ? `${amount}억원` : `KRW ${amount} bn`;
};

/** @type {{ [name: string]: (value: number, limit: number | null) => string }} */
const FORMATS = {
  "": (value) => (Number.isInteger(value) ? String(value) : written(value)),
  ",": (value) => fixed(value, 0),
  ",.1f": (value) => fixed(value, 1),
  ",.2f": (value) => fixed(value, 2),
  ",.3f": (value) => fixed(value, 3),
  g: (value) => written(value, 6),
  figure: (value, limit) => figure(value, 2, limit),
  signed: (value) => signed(value, 3),
  percent: (share, limit) => percent(share, 1, limit),
  percent0: (share, limit) => percent(share, 0, limit),
  share: (share, limit) => percent(share, Math.abs(share) >= 0.01 || share === 0 ? 1 : 2, limit),
  stated_percent: (share) => `${written(share * 100)}%`,
  money: (krw, limit) => money(krw, limit, (value, digits, most) => trimmed(figure(value, digits, most))),
  stated_money: (krw) => money(krw, null, stated),
  area: (m2, limit) => `${trimmed(figure(m2 / 1e6, 2, limit === null ? null : limit / 1e6))} km²`,
  stated_area: (m2) => `${stated(m2 / 1e6)} km²`,
};

// The Korean topic particle of a name: 은 after a consonant, 는 after a vowel, both where that is not known.
/** @param {string} name */
const topic = (name) => {
  const last = [...name].filter((letter) => !" )\"'".includes(letter)).pop() ?? "";
  if (last >= "가" && last <= "힣") return (last.charCodeAt(0) - "가".charCodeAt(0)) % 28 ? "은" : "는";
  if (last >= "0" && last <= "9") return "013678".includes(last) ? "은" : "는";
  return "은(는)";
};

/** @type {(code: string) => string} */
export const term = (code) => page.terms[code]?.[page.language] ?? code;

/** @type {(value: any, how: string, limit: number | null) => string} */
const said = (value, how, limit) => {
  if (Array.isArray(value)) {
    const shown = how === "all" ? value : value.slice(0, LISTED);
    const parts = shown.map((one) => said(one, how === "all" ? "" : how, limit));
    return [...parts, ...(value.length > shown.length ? ["…"] : [])].join(", ");
  }
  if (typeof value === "number") return FORMATS[how](value, limit);
  if (value.code) return remarkText(value);
  const text = typeof value === "string" ? value : value[page.language];
  if (how === "topic" && page.language === "ko") return isolated(text) + topic(text);
  return isolated(how === "term" ? term(text) : text);
};

/** @param {import("../types.js").Remark} remark */
export const remarkText = ({ code, values }) =>
  page.messages[code][page.language]
    .map((part) =>
      typeof part === "string" ? part : said(values[part[0]], part[1], part[2] ? (values[part[2]] ?? null) : null),
    )
    .join("");
