// What the report's sections share: the scenario shown, tables of facts and sums of money.

import { h } from "../lib/dom.js";
import { page } from "../lib/page.js";
import { t } from "../lib/texts.js";
import { ramp } from "../map/palette.js";
import { districtShape } from "../map/svg.js";
import { makeTable } from "../ui/table.js";

export const store = { k: 0, outlines: {} };

// Whether the plan shown is the city's own, and not the template.
export const ownPlan = () => page.config.scenarios[store.k].own;

// The services as the plan shown has them.
export const sheetsShown = () => page.config.sheets.map((sheet) => ({ ...sheet, ...sheet.own[store.k] }));

// Two columns: what, and the figure.
export const factsTable = (rows) =>
  makeTable(
    [t("report.item"), t("report.content")],
    rows.filter(Boolean).map(([name, value]) => [{ text: name, head: true }, value]),
    { class: "two" },
  );

export const moneyNote = () => h("p", { class: "note" }, t("money.unit", { unit: t("unit.money") }));

// Outlines of classes over the map, and their key.
export const classOutlines = (name, count) =>
  store.outlines[name].map((d, at) => d && h("path", { d, fill: ramp(count)[at], "fill-opacity": 0.9 }));

export const hubOutline = (px) =>
  districtShape(store.hub, px, { fill: "none", stroke: "#c2185b", "stroke-width": 2.4 * px });
