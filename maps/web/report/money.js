// The report's section on money, by year and payer.

import { h } from "../lib/dom.js";
import { page } from "../lib/page.js";
import { t } from "../lib/texts.js";
import { axisFor } from "../ui/bands.js";
import { addedUp, builtSum, moneyHead, moneyRows, payerColours, payersOf, roundingNote, sumCell } from "../ui/money.js";
import { makeTable } from "../ui/table.js";
import { unitsIn, yearOf } from "./plan.js";
import { moneyNote, store } from "./store.js";

// A table of money by year.
const yearly = (part) => {
  const payers = payersOf(store.k);
  return makeTable(moneyHead(payers), moneyRows(store.k, part, payers));
};

// The same of one service with the units opened, years side by side.
export const across = (rows, openings) => {
  const first = yearOf(0);
  const years = Array.from({ length: Math.ceil(page.config.months / 12) }, (_, k) => first + k);
  const of = (year) => addedUp(rows.filter((row) => year === null || row.year === year));
  const line = (title, figure, strong) => [
    { text: title, head: true, class: strong ? "strong" : "" },
    ...[...years, null].map((year) => ({
      ...figure(year),
      class: `number${strong || year === null ? " strong" : ""}`,
    })),
  ];
  const units = (year) => ({
    text: unitsIn(openings.filter((opening) => year === null || yearOf(opening.month) === year)) || "–",
  });
  const sums = [...years, null].map(of);
  const lines = [...payersOf(store.k).map((payer) => (sum) => sum[`${payer}_krw`]), builtSum, (sum) => sum.opex_krw];
  const table = makeTable(
    [
      t("money.year"),
      ...years.map((year) => ({ text: String(year), class: "number" })),
      { text: t("money.total"), class: "number" },
    ],
    [
      line(t("report.opened.units"), units),
      ...payersOf(store.k).map((payer) => line(t(`money.${payer}`), (year) => sumCell(of(year)[`${payer}_krw`]))),
      line(t("report.capex"), (year) => sumCell(builtSum(of(year))), true),
      line(t("money.opex"), (year) => sumCell(of(year).opex_krw)),
    ],
    { class: "years" },
  );
  return [
    table,
    roundingNote([
      ...lines.map((figure) => [sums.slice(0, -1).map(figure), figure(sums.at(-1))]),
      ...sums.map((sum) => [lines.slice(0, -2).map((figure) => figure(sum)), builtSum(sum)]),
    ]),
  ];
};

export const moneySection = () => {
  const rows = page.config.money[store.k];
  return [
    moneyChart(rows),
    h("h3", {}, t("money.in")),
    yearly("in_district"),
    h("h3", {}, t("money.out")),
    rows.some((row) => row.part === "diffusion") ? yearly("diffusion") : h("p", {}, t("data.none")),
    moneyNote(),
    h("p", { class: "note" }, t("money.note")),
  ];
};

// Bars by year: capital by payer above the line, operating cost beside it.
const moneyChart = (rows) => {
  if (!rows.length) return null;
  const years = [...new Set(rows.map((row) => row.year))].sort();
  const sums = years.map((year) => addedUp(rows.filter((row) => row.year === year)));
  const { end, marks } = axisFor(Math.max(...sums.flatMap((sum) => [builtSum(sum), sum.opex_krw])));
  const wide = 660,
    high = 190,
    left = 40,
    low = high - 20,
    each = (wide - left) / years.length;
  const y = (krw) => low - (krw / end) * (low - 10);
  const colours = {
    ...Object.fromEntries(payersOf(store.k).map((payer) => [payer, payerColours[payer]])),
    opex: "#8a8f98",
  };
  const bar = (x, from, to, fill) =>
    h("rect", { x, y: y(to), width: each * 0.3, height: Math.max(0, y(from) - y(to)), fill });
  // One figure, so that the key is not printed on the next page.
  return h(
    "figure",
    {},
    h(
      "svg",
      { viewBox: `0 0 ${wide} ${high}`, class: "chart", role: "img", "aria-label": t("money.title") },
      marks.map((value) => [
        h("line", { x1: left, x2: wide, y1: y(value), y2: y(value), class: "grid" }),
        h("text", { x: left - 5, y: y(value) + 3.5, "text-anchor": "end" }, sumCell(value).text.replace("–", "0")),
      ]),
      sums.map((sum, at) => {
        const x = left + at * each + each * 0.17;
        let base = 0;
        return [
          payersOf(store.k).map((payer) => bar(x, base, (base += sum[`${payer}_krw`] ?? 0), colours[payer])),
          bar(x + each * 0.34, 0, sum.opex_krw, colours.opex),
          h("text", { x: left + (at + 0.5) * each, y: high - 5, "text-anchor": "middle" }, String(years[at])),
        ];
      }),
    ),
    h(
      "p",
      { class: "keys" },
      Object.entries(colours).map(([key, background]) =>
        h("span", {}, h("i", { style: { background } }), t(`money.${key}`)),
      ),
      h("span", {}, t("money.unit", { unit: t("unit.money") })),
    ),
  );
};
