// What the report's sections share: the scenario shown, tables of facts and sums of money.

import { h } from "../lib/dom.js";
import { formatNumber } from "../lib/format.js";
import { page } from "../lib/page.js";
import { t } from "../lib/texts.js";
import { ramp } from "../map/palette.js";
import { districtShape } from "../map/svg.js";
import { makeTable } from "../ui/table.js";

export const R = { k: 0, outlines: {} };

export const PAYERS = ["national", "local", "private"];

// Two columns: what, and the figure.
export const factsTable = (rows) =>
  makeTable(
    [t("report.item"), t("report.content")],
    rows.filter(Boolean).map(([name, value]) => [{ text: name, head: true }, value]),
    { class: "two" },
  );

// A sum of won as a figure of the table's unit (100 million won, or billion).
export const sumCell = (krw) => ({
  text: krw ? formatNumber(krw / (page.language === "ko" ? 1e8 : 1e9), page.language === "ko" ? 1 : 2) : "–",
  class: "number",
});

export const moneyNote = () => h("p", { class: "note" }, t("money.unit", { unit: t("unit.money") }));

export const addedUp = (rows) =>
  rows.reduce((total, row) => {
    for (const payer of [...PAYERS.map((name) => `${name}_krw`), "opex_krw"])
      total[payer] = (total[payer] ?? 0) + row[payer];
    return total;
  }, {});

export const builtSum = (row) => PAYERS.reduce((total, payer) => total + (row[`${payer}_krw`] ?? 0), 0);

// Outlines of classes over the map, and their key.
export const classOutlines = (name, count) =>
  R.outlines[name].map((d, at) => d && h("path", { d, fill: ramp(count)[at], "fill-opacity": 0.9 }));

export const hubOutline = (px) =>
  districtShape(R.hub, px, { fill: "none", stroke: "#c2185b", "stroke-width": 2.4 * px });
