// Money by year and payer.

import { h, replaceParts } from "../lib/dom.js";
import { formatMoney, formatNumber, formatPercent } from "../lib/format.js";
import { page } from "../lib/page.js";
import { t } from "../lib/texts.js";
import { makeTable } from "../ui/table.js";
import { D, heading } from "./store.js";

export const drawMoney = () => {
  replaceParts(
    document.getElementById("money"),
    h("h2", {}, t("money.title")),
    D.scenarios.map((k) => [heading(k), moneyOf(k)]),
    h("p", { class: "note" }, `${t("money.unit", { unit: t("unit.money") })} · ${t("money.note")}`),
  );
};

const moneyOf = (k) => {
  const { money, programme } = page.config;
  const rows = money[k];
  const scale = page.language === "ko" ? 1e8 : 1e9;
  const figure = (krw, strong) => ({
    text: krw ? formatNumber(krw / scale, page.language === "ko" ? 1 : 2) : "–",
    class: `number${strong ? " strong" : ""}`,
  });
  const cells = (row) => {
    const built = row.national_krw + row.local_krw + row.private_krw;
    return [
      figure(row.national_krw),
      figure(row.local_krw),
      figure(row.private_krw),
      figure(built, true),
      figure(row.opex_krw),
    ];
  };
  const sum = (list) =>
    list.reduce(
      (total, row) => {
        for (const key of ["national_krw", "local_krw", "private_krw", "opex_krw"]) total[key] += row[key];
        return total;
      },
      { national_krw: 0, local_krw: 0, private_krw: 0, opex_krw: 0 },
    );
  const parts = ["in_district", "diffusion"].flatMap((part) => {
    const mine = rows.filter((row) => row.part === part);
    if (!mine.length) return [];
    const title = t(part === "in_district" ? "money.in" : "money.out");
    return [
      [{ text: title, head: true, class: "pillar", span: 6 }],
      ...mine.map((row) => [{ text: String(row.year), head: true }, ...cells(row)]),
      [
        { text: t("money.total"), head: true, class: "strong" },
        ...cells(sum(mine)).map((cell) => ({ ...cell, class: "number strong" })),
      ],
    ];
  });
  const inside = sum(rows.filter((row) => row.part === "in_district"));
  const publicMoney = inside.national_krw + inside.local_krw;
  return [
    h(
      "p",
      { class: "note" },
      programme
        ? t("money.ceiling", {
            spent: formatMoney(publicMoney),
            ceiling: formatMoney(programme.ceiling_krw),
            share: publicMoney ? formatPercent(inside.national_krw / publicMoney, 0) : "–",
            max: formatPercent(programme.national_share_max, 0),
          })
        : t("programme.none"),
    ),
    makeTable(
      [
        t("money.year"),
        ...["national", "local", "private", "total", "opex"].map((key) => ({
          text: t(`money.${key}`),
          class: "number",
        })),
      ],
      parts,
      { class: "money" },
    ),
  ];
};
