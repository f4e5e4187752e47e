// Money by year and payer.

import { h, replaceParts } from "../lib/dom.js";
import { formatMoney, formatPercent, formatStatedPercent } from "../lib/format.js";
import { page } from "../lib/page.js";
import { t } from "../lib/texts.js";
import { addedUp, builtSum, moneyCells, moneyHead, payersOf, totalRow } from "../ui/money.js";
import { makeTable } from "../ui/table.js";
import { signed } from "./beside.js";
import { heading, store } from "./store.js";

export const drawMoney = () => {
  replaceParts(
    document.getElementById("money"),
    h("h2", {}, t("money.title")),
    store.scenarios.map((k) => [heading(k), moneyOf(k)]),
    store.scenarios.length > 1 && gapsByYear(),
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
      // The panel holds so many heads side by side in either language; more stand upright.
      class: payers.length > 4 ? "money many" : "money",
    }),
  ];
};

// The first plan's money less the second's, by year: the same in every world.
const gapsByYear = () => {
  const both = store.scenarios.map((k) => page.config.money[k]);
  const years = [...new Set(both.flat().map((row) => row.year))].sort((one, other) => one - other);
  const [unit, digits] = page.language === "ko" ? [1e8, 1] : [1e9, 2];
  const line = (head, pick) => {
    const [a, b] = both.map((rows) => addedUp(rows.filter(pick)));
    const gaps = [builtSum(a) - builtSum(b), (a.opex_krw ?? 0) - (b.opex_krw ?? 0)];
    return [{ text: head, head: true }, ...gaps.map((krw) => ({ text: signed(krw / unit, digits), class: "number" }))];
  };
  return [
    h("h3", {}, t("money.gap")),
    makeTable(
      [t("money.year"), ...["built", "opex"].map((key) => ({ text: t(`money.${key}`), class: "number" }))],
      [...years.map((year) => line(String(year), (row) => row.year === year)), line(t("money.total"), () => true)],
      { id: "gaps" },
    ),
    h("p", { class: "note" }, t("money.certain")),
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
