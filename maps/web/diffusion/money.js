// Money by year and payer.

import { h, replaceParts } from "../lib/dom.js";
import { formatMoney, formatPercent, formatStatedPercent } from "../lib/format.js";
import { page } from "../lib/page.js";
import { t } from "../lib/texts.js";
import { addedUp, moneyCells, moneyHead, payersOf, totalRow } from "../ui/money.js";
import { makeTable } from "../ui/table.js";
import { heading, store } from "./store.js";

export const drawMoney = () => {
  replaceParts(
    document.getElementById("money"),
    h("h2", {}, t("money.title")),
    store.scenarios.map((k) => [heading(k), moneyOf(k)]),
    h("p", { class: "note" }, `${t("money.unit", { unit: t("unit.money") })} · ${t("money.note")}`),
  );
};

const moneyOf = (k) => {
  const { money, programme } = page.config;
  const payers = payersOf(k);
  const rowsOf = (part) => money[k].filter((row) => row.part === part);
  const group = (part, title) => {
    const rows = rowsOf(part);
    if (!rows.length) return [];
    return [
      [{ text: title, head: true, class: "pillar", span: payers.length + 3 }],
      ...rows.map((row) => [{ text: String(row.year), head: true }, ...moneyCells(row, payers)]),
      totalRow(rows, payers),
    ];
  };
  return [
    h("p", { class: "note" }, programme ? ceilingText(addedUp(rowsOf("in_district"))) : t("programme.none")),
    makeTable(moneyHead(payers), [...group("in_district", t("money.in")), ...group("diffusion", t("money.out"))], {
      class: "money",
    }),
  ];
};

// Public money beside the most that the programme gives.
const ceilingText = (sum) => {
  const { ceiling_krw: ceiling, national_share_max: most } = page.config.programme;
  const national = sum.national_krw ?? 0;
  const publicMoney = page.config.publicPayers.reduce((total, payer) => total + (sum[`${payer}_krw`] ?? 0), 0);
  return t("money.ceiling", {
    spent: formatMoney(publicMoney),
    ceiling: formatMoney(ceiling),
    share: publicMoney ? formatPercent(national / publicMoney, 0, most) : "–",
    max: formatStatedPercent(most),
  });
};
