// Sums of money by payer, as rows of a table by year.

import { formatNumber } from "../lib/format.js";
import { page } from "../lib/page.js";
import { t } from "../lib/texts.js";

export const PAYERS = ["national", "local", "private"];

// A sum of won as a figure of the table's unit (100 million won, or billion).
export const sumCell = (krw) => ({
  text: krw ? formatNumber(krw / (page.language === "ko" ? 1e8 : 1e9), page.language === "ko" ? 1 : 2) : "–",
  class: "number",
});

// Sums by payer and of running costs; ``rows`` as of maps/diffusion.py: money_by_year.
export const addedUp = (rows) =>
  rows.reduce((total, row) => {
    for (const payer of [...PAYERS.map((name) => `${name}_krw`), "opex_krw"])
      total[payer] = (total[payer] ?? 0) + row[payer];
    return total;
  }, {});

export const builtSum = (row) => PAYERS.reduce((total, payer) => total + (row[`${payer}_krw`] ?? 0), 0);

export const moneyHead = () => [
  t("money.year"),
  ...["national", "local", "private", "total", "opex"].map((key) => ({ text: t(`money.${key}`), class: "number" })),
];

// What the columns of ``moneyHead`` after the first show of one sum.
export const moneyCells = (sum) => [
  ...PAYERS.map((payer) => sumCell(sum[`${payer}_krw`])),
  { ...sumCell(builtSum(sum)), class: "number strong" },
  sumCell(sum.opex_krw),
];

export const totalRow = (rows) => [
  { text: t("money.total"), head: true, class: "strong" },
  ...moneyCells(addedUp(rows)).map((cell) => ({ ...cell, class: "number strong" })),
];
