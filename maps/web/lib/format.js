// Numbers, money and quantities with their units, in the language of the page.

import { page } from "./page.js";
import { t } from "./texts.js";

// In a table that names the unit: the figure alone.
export const formatQuantityShort = (value, unit) =>
  ["share", "m2", "KRW", YES_NO].includes(unit) ? formatQuantity(value, unit) : formatMeasure(value);

// Making one takes far longer than using it, and a list of hundreds of candidates uses thousands.
const formats = new Map();

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

export const formatNumber = (value, digits = 0) =>
  value === null || value === undefined || Number.isNaN(value) ? "–" : format(digits).format(value);

export const formatFixed = (value, digits) => (value === null || value === undefined ? "–" : value.toFixed(digits));

// A difference with its sign; what rounds to nothing has none.
export const formatSigned = (value, digits = 3) => {
  const size = Math.abs(value).toFixed(digits);
  return `${Number(size) === 0 ? "" : value > 0 ? "+" : "−"}${size}`;
};

export const formatPercent = (share, digits = 1) =>
  share === null || share === undefined ? "–" : `${formatNumber(share * 100, digits)}%`;

// Three significant digits or all digits before the point, whichever is more.
const formatMeasure = (value) => {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  const size = Math.abs(value);
  return formatNumber(value, size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);
};

export const formatMoney = (krw) =>
  page.language === "ko"
    ? `${formatNumber(krw / 1e8, krw < 1e9 ? 2 : 1)}억원`
    : `KRW ${formatNumber(krw / 1e9, krw < 1e9 ? 3 : 2)} bn`;

// Units as the tables carry them, in words a reader of either language knows; others are shown as they are.
export const unitLabel = (unit) => {
  const entry = page.texts[`unit.${unit}`];
  return entry ? entry[page.language] : unit === "1" || !unit ? "" : unit;
};

// 20 km, 16곳, 12 × 10대, 20 × 주차장(50면): short Korean counters follow the figure, other units are multiplied.
export const formatUnits = (n, unit) =>
  formatNumber(n) +
  (unit === "km" ? " " : /^\d/.test(unit) || page.language !== "ko" || unit.length > 3 ? " × " : "") +
  unit;

const YES_NO = "yes (1) / no (0)";

export const formatQuantity = (value, unit) => {
  if (value === null || value === undefined) return "–";
  if (unit === YES_NO) return t(value ? "yes" : "no");
  if (unit === "share") return formatPercent(value);
  if (unit === "KRW") return formatMoney(value);
  if (unit === "m2") return value >= 1e5 ? `${formatNumber(value / 1e6, 2)} km²` : `${formatNumber(value)} m²`;
  if (unit === "km2") return `${formatNumber(value, 2)} km²`;
  const label = unitLabel(unit);
  const tight = page.language === "ko" && /^[가-힣]/.test(label);
  return `${formatMeasure(value)}${label ? (tight ? "" : " ") + label : ""}`;
};
