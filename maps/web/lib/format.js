// Numbers, money and quantities with their units, in the language of the page.

import { page } from "./page.js";
import { t } from "./texts.js";

// Making one takes far longer than using it, and a list of hundreds of candidates uses thousands.
const formats = new Map();

/** @param {number} digits */
const format = (digits) => {
  const key = `${page.language} ${digits}`;
  if (!formats.has(key))
    formats.set(
      key,
      new Intl.NumberFormat(page.language === "ko" ? "ko-KR" : "en-GB", {
        minimumFractionDigits: 0,
        maximumFractionDigits: digits,
      }),
    );
  return formats.get(key);
};

/** @param {number | null | undefined} value @param {number} digits */
export const formatNumber = (value, digits = 0) => {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  const text = format(digits).format(value);
  return text === "-0" ? "0" : text; // what rounds to nothing has no sign
};

/** @param {number | null | undefined} value @param {number} digits */
export const formatFixed = (value, digits) => (value === null || value === undefined ? "–" : value.toFixed(digits));

// A difference with its sign; what rounds to nothing has none.
/** @param {number} value @param {number} digits */
export const formatSigned = (value, digits = 3) => {
  const size = Math.abs(value).toFixed(digits);
  return `${Number(size) === 0 ? "" : value > 0 ? "+" : "−"}${size}`;
};

// A share of 1 as per cent, as geojeom/formats.py writes it but for zeros at the end: only nothing reads as 0 and only the
// whole as 100. ``unlike`` is a limit the share is held against: it gets digits until it reads otherwise than that.
/** @param {number | null | undefined} share @param {number} digits @param {number | null} unlike */
export const formatPercent = (share, digits = 1, unlike = null) => {
  if (share === null || share === undefined || Number.isNaN(share)) return "–";
  /** @type {(value: number, places: number) => string} */
  const shown = (value, places) => formatNumber(value * 100, places);
  let places = digits;
  while (unlike !== null && share !== unlike && places < DIGITS_MAX && shown(share, places) === shown(unlike, places))
    places++;
  const step = 10 ** -places;
  if (share > NOISE && shown(share, places) === "0") return `< ${formatNumber(step, places)}%`;
  if (share < 1 - NOISE && shown(share, places) === "100") return `> ${formatNumber(100 - step, places)}%`;
  return `${shown(share, places)}%`;
};

// More digits than this tell nothing apart but rounding; shares that are sums miss 0 and 1 by less than ``NOISE``.
const DIGITS_MAX = 9;
const NOISE = 1e-9;

// A share that a rule or a setting states, with all its digits.
/** @param {number} share */
export const formatStatedPercent = (share) => formatPercent(share, DIGITS_MAX);

// Three significant digits or all digits before the point, whichever is more.
/** @param {number | null | undefined} value */
const formatMeasure = (value) => {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  const size = Math.abs(value);
  return formatNumber(value, size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);
};

// To a million won.
/** @param {number} krw */
export const formatMoney = (krw) =>
  page.language === "ko" ? `${formatNumber(krw / 1e8, 2)}억원` : `KRW ${formatNumber(krw / 1e9, 3)} bn`;

// Units as the tables carry them, in words a reader of either language knows; others are shown as they are.
/** @param {string} unit */
export const unitLabel = (unit) => {
  const entry = page.texts[`unit.${unit}`];
  return entry ? entry[page.language] : unit === "1" || !unit ? "" : unit;
};

// 20 km, 16곳, 12 × 10대, 20 × 주차장(50면): short Korean counters follow the figure, other units are multiplied.
/** @param {number} n @param {string} unit */
export const formatUnits = (n, unit) =>
  formatNumber(n) +
  (unit === "km" ? " " : /^\d/.test(unit) || page.language !== "ko" || unit.length > 3 ? " × " : "") +
  unit;

export const YES_NO = "yes (1) / no (0)";

/** @param {number | null | undefined} value @param {string} unit */
export const formatQuantity = (value, unit) => {
  if (value === null || value === undefined) return "–";
  if (unit === YES_NO) return t(value ? "yes" : "no");
  if (unit === "share") return formatPercent(value, Math.abs(value) >= 0.01 || value === 0 ? 1 : 2);
  if (unit === "KRW") return formatMoney(value);
  if (unit === "m2") return value >= 1e5 ? `${formatNumber(value / 1e6, 2)} km²` : `${formatNumber(value)} m²`;
  if (unit === "km2") return `${formatNumber(value, 2)} km²`;
  return withUnit(formatMeasure(value), unitLabel(unit));
};

// A Korean counter follows its figure, other units stand apart.
/** @param {string} figure @param {string} label */
export const withUnit = (figure, label) =>
  `${figure}${!label || (page.language === "ko" && /^[가-힣]/.test(label)) ? "" : " "}${label}`;
