// Sums of money by payer, as rows of a table by year.

import { h } from "../lib/dom.js";
import { factFigure, factValue, hasFact } from "../lib/facts.js";
import { formatNumber } from "../lib/format.js";
import { page } from "../lib/page.js";
import { t } from "../lib/texts.js";

// Those who pay something in the plan of a scenario.
export const payersOf = (k) =>
  page.config.payers.filter((payer) => page.config.money[k].some((row) => row[`${payer}_krw`]));

export const payerColours = {
  national: "#1b4f8f",
  province: "#3f78b5",
  city: "#8fb8e0",
  local: "#6a9fd4",
  operator: "#8a4a0b",
  private_cash: "#c2620c",
  private_in_kind: "#e3a063",
  other: "#7a6a9a",
};

// A sum of won as a figure of the table's unit (100 million won, or billion), to a million won.
export const sumCell = (krw) => ({
  text: krw ? formatNumber(krw / (page.language === "ko" ? 1e8 : 1e9), page.language === "ko" ? 2 : 3) : "–",
  class: "number",
});

// The name of a fact of the plan of a scenario.
export const planFact = (k, name) => `plan/${page.config.scenarios[k].id}/${name}`;

// What does not add up once rounded says so: ``sums`` are pairs of parts and their whole, in won.
export const roundingNote = (sums) => {
  const shown = (krw) => Math.round((krw ?? 0) / 1e6);
  const held = sums.every(([parts, whole]) => parts.reduce((sum, krw) => sum + shown(krw), 0) === shown(whole));
  return held ? null : h("p", { class: "note" }, t("money.rounded"));
};

// Sums by payer and of running costs; ``rows`` as of maps/diffusion.py: money_by_year.
export const addedUp = (rows) =>
  rows.reduce((total, row) => {
    for (const payer of [...page.config.payers.map((name) => `${name}_krw`), "opex_krw"])
      total[payer] = (total[payer] ?? 0) + (row[payer] ?? 0);
    return total;
  }, {});

export const builtSum = (row) => page.config.payers.reduce((total, payer) => total + (row[`${payer}_krw`] ?? 0), 0);

export const moneyHead = (payers) => [
  t("money.year"),
  ...[...payers, "total", "opex"].map((key) => ({ text: t(`money.${key}`), class: "number" })),
];

const factCell = (id) => ({ text: hasFact(id) && factValue(id) ? factFigure(id) : "–", class: "number" });

// What the columns of ``moneyHead`` after the first show of a part of a plan in a year, or in ``all``.
export const moneyCells = (k, part, year, payers) => {
  const at = planFact(k, part);
  return [
    ...payers.map((payer) => factCell(`${at}/capital/${year}/${payer}`)),
    { ...factCell(`${at}/capital/${year}/all`), class: "number strong" },
    factCell(`${at}/running/${year}`),
  ];
};

// The rows of a part: its years and their sum.
export const moneyRows = (k, part, payers) => [
  ...page.config.money[k]
    .filter((row) => row.part === part)
    .map(({ year }) => [{ text: String(year), head: true }, ...moneyCells(k, part, year, payers)]),
  [
    { text: t("money.total"), head: true, class: "strong" },
    ...moneyCells(k, part, "all", payers).map((cell) => ({ ...cell, class: "number strong" })),
  ],
];
