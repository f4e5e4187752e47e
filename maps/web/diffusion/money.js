// Money by year and payer.

import { h, replaceParts } from "../lib/dom.js";
import { fact } from "../lib/facts.js";
import { formatMoney, formatPercent, formatStatedPercent } from "../lib/format.js";
import { page } from "../lib/page.js";
import { filled, t } from "../lib/texts.js";
import { addedUp, builtSum, moneyHead, moneyRows, payersOf, planFact } from "../ui/money.js";
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
    if (!rowsOf(part).length) return [];
    return [[{ text: title, head: true, class: "pillar", span: payers.length + 3 }], ...moneyRows(k, part, payers)];
  };
  return [
    h("p", { class: "note" }, programme ? ceilingText(k, addedUp(rowsOf("in_district"))) : t("programme.none")),
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
  const [unit, digits] = page.language === "ko" ? [1e8, 2] : [1e9, 3];
  const line = (head, pick) => {
    const [a, b] = both.map((rows) => addedUp(rows.filter(pick)));
    // Of the rounded sums, as both are read above.
    const [built, opex] = [builtSum, (sum) => sum.opex_krw ?? 0].map((of) =>
      [a, b].map((sum) => Math.round(of(sum) / 1e6)),
    );
    const gaps = [built, opex].map(([one, other]) => (one - other) * 1e6);
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
const ceilingText = (k, sum) => {
  const { ceiling_krw: ceiling, national_share_max: most } = page.config.programme;
  const national = sum.national_krw ?? 0;
  const publicMoney = page.config.publicPayers.reduce((total, payer) => total + (sum[`${payer}_krw`] ?? 0), 0);
  return filled("money.ceiling", {
    spent: fact(planFact(k, "in_district/capital/all/public")),
    ceiling: formatMoney(ceiling),
    share: publicMoney ? formatPercent(national / publicMoney, 0, most) : "–",
    max: formatStatedPercent(most),
  });
};
