// A fact of facts.parquet as a text, in the same letters as maps/facts/text.py: the page holds [number, unit, digits, fixed].

import { h } from "./dom.js";
import { YES_NO, formatFixed, formatNumber, formatPercent, unitLabel, withUnit } from "./format.js";
import { page } from "./page.js";
import { t } from "./texts.js";

/** @typedef {[number, string, number, boolean]} Fact */

/** @param {string} id @returns {Fact} */
const known = (id) => {
  const fact = page.config.facts[id];
  if (!fact) throw new Error(`no fact ${id}`);
  return fact;
};

/** @param {string} id */
export const hasFact = (id) => id in page.config.facts;

/** @param {string} id */
export const factUnit = (id) => unitOf(known(id));

/** @param {string} id */
export const factValue = (id) => known(id)[0];

// How many powers of ten its unit is shown in: 100 million won or a billion, square kilometres.
/** @param {string} unit @param {number} digits */
const powerOf = (unit, digits) =>
  unit === "KRW" ? (page.language === "ko" ? 8 : 9) : unit === "m2" && digits < 0 ? 6 : 0;

// The figure alone, for a table that says the unit.
/** @param {Fact} fact */
export const figureOf = ([value, unit, digits, fixed]) => {
  if (unit === YES_NO) return t(value ? "yes" : "no");
  if (unit === "share") return formatPercent(value, Math.max(digits - 2, 0)).slice(0, -1);
  const power = powerOf(unit, digits);
  const places = Math.max(digits + power, 0);
  return fixed ? formatFixed(value / 10 ** power, places) : formatNumber(value / 10 ** power, places);
};

/** @param {Fact} fact */
export const unitOf = ([, unit, digits]) => (unit === "m2" && digits < 0 ? unitLabel("km2") : unitLabel(unit));

/** @param {Fact} fact */
export const textOf = (fact) => {
  const [, unit] = fact;
  const figure = figureOf(fact);
  if (unit === "KRW") return page.language === "ko" ? `${figure}억원` : `KRW ${figure} bn`;
  if (unit === "share") return `${figure}%`;
  return unit === YES_NO ? figure : withUnit(figure, unitOf(fact));
};

// Elements that say which fact they show.
/** @param {string} id */
export const fact = (id) => h("span", { "data-fact": id }, textOf(known(id)));

/** @param {string} id */
export const factFigure = (id) => h("span", { "data-fact": id, "data-figure": "" }, figureOf(known(id)));
