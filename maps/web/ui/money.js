// Sums of money by payer, as rows of a table by year.

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

// A sum of won as a figure of the table's unit (100 million won, or billion).
export const sumCell = (krw) => ({
  text: krw ? formatNumber(krw / (page.language === "ko" ? 1e8 : 1e9), page.language === "ko" ? 1 : 2) : "–",
  class: "number",
});

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

// What the columns of ``moneyHead`` after the first show of one sum.
export const moneyCells = (sum, payers) => [
  ...payers.map((payer) => sumCell(sum[`${payer}_krw`])),
  { ...sumCell(builtSum(sum)), class: "number strong" },
  sumCell(sum.opex_krw),
];

export const totalRow = (rows, payers) => [
  { text: t("money.total"), head: true, class: "strong" },
  ...moneyCells(addedUp(rows), payers).map((cell) => ({ ...cell, class: "number strong" })),
];
