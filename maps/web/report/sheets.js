// A sheet for every service.

import { bdi, h } from "../lib/dom.js";
import { formatMoney, formatNumber, formatPercent } from "../lib/format.js";
import { page } from "../lib/page.js";
import { localised, remarkText, t } from "../lib/texts.js";
import { mapSite, printMap, regionBox } from "../map/svg.js";
import { rangeText } from "../ui/bands.js";
import { across } from "./money.js";
import { amount, mapSources, openingsOf, siteKey, unitsIn, yearOf } from "./plan.js";
import { R, factsTable, hubOutline, moneyNote } from "./store.js";

export const sheetsSection = () => [
  h("p", { class: "note strong" }, bdi(page.config.provenance.services)),
  page.config.sheets.map(sheetOf),
];

const sheetOf = (sheet) => {
  const mine = openingsOf(null, sheet.id);
  const inside = mine.filter((opening) => opening.part === "in_district"),
    outside = mine.filter((opening) => opening.part === "diffusion");
  const map = printMap({
    box: regionBox(),
    width: 0.45,
    labels: false,
    label: localised(sheet.name),
    over: (px) => [hubOutline(px), mine.map((opening) => mapSite(opening, px, 2.6))],
  });
  const s = page.config.services.findIndex((service) => service.id === sheet.id);
  const end = page.config.months;
  const users = (where) => {
    const line = page.config.series[R.k][s][where];
    return `${formatNumber(line.mid[end])} (${rangeText(line.low?.[end], line.high?.[end])})`;
  };
  const waiting = mine.filter((opening) => opening.works === null).length;
  return h(
    "article",
    { class: "sheet" },
    h("h3", {}, bdi(sheet.name)),
    h(
      "div",
      { class: "split" },
      h(
        "figure",
        {},
        map,
        siteKey(),
        h("p", { class: "source" }, `${t("source")}: ${mapSources()} · ${t("report.made")} ${page.config.made}`),
      ),
      factsTable([
        [t("report.field"), t(`field.${sheet.field}`)],
        [
          t("report.units"),
          t("report.units.text", {
            inside: amount(unitsIn(inside), sheet),
            outside: amount(unitsIn(outside), sheet),
            sites: new Set(mine.map((opening) => opening.cell)).size,
          }),
        ],
        [t("report.unit.cost"), `${formatMoney(sheet.capex_krw)} / ${localised(sheet.unit)}`],
        [t("report.cost.source"), [bdi(remarkText(sheet.source)), ` [${sheet.mark}]`]],
        [t("report.opex.rate"), `${formatPercent(sheet.opex_share_year)} · ${t("report.opex.owner")}`],
        [
          t("report.reach"),
          [
            sheet.reach.travel_s
              ? t(`reach.${sheet.reach.kind}`, { minutes: formatNumber(sheet.reach.travel_s / 60, 1) })
              : t(`reach.${sheet.reach.kind}`),
            sheet.covered.length ? bdi(t("reach.covered", { names: sheet.covered.map(localised).join(", ") })) : null,
          ],
        ],
        [t("report.needs"), sheet.needs.length ? bdi(sheet.needs.map(localised).join(", ")) : t("data.none")],
        [t("report.group"), sheet.group ? bdi(sheet.group) : t("report.group.none")],
        s >= 0
          ? [
              t("report.users.end", { year: yearOf(end - 1) }),
              `${t("chart.inside")} ${users("inside")}, ${t("chart.outside")} ${users("outside")}`,
            ]
          : null,
        waiting ? [t("report.waiting"), t("report.waiting.text", { n: waiting })] : null,
      ]),
    ),
    mine.length ? [across(sheet.money[R.k], mine), moneyNote()] : h("p", {}, t("data.none")),
  );
};
