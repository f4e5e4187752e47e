// A sheet for every service.

import { bdi, h } from "../lib/dom.js";
import { formatMoney, formatNumber, formatStatedPercent } from "../lib/format.js";
import { page } from "../lib/page.js";
import { localised, t } from "../lib/texts.js";
import { mapSite, printMap, regionBox } from "../map/svg.js";
import { rangeText } from "../ui/bands.js";
import { across } from "./money.js";
import { amount, mapSources, openingsOf, siteKey, unitsIn, yearOf } from "./plan.js";
import { factsTable, hubOutline, moneyNote, ownPlan, sheetsShown, store } from "./store.js";

export const sheetsSection = () => [
  h("p", { class: "note strong" }, bdi(page.config.provenance.services)),
  sheetsShown().map(sheetOf),
];

const sheetOf = (sheet) => {
  const mine = openingsOf(null, sheet.id);
  const map = printMap({
    box: regionBox(),
    width: 0.45,
    labels: false,
    label: localised(sheet.name),
    over: (px) => [hubOutline(px), mine.map((opening) => mapSite(opening, px, 2.6))],
  });
  const source = `${t("source")}: ${mapSources()} · ${t("report.made")} ${page.config.made}`;
  return h(
    "article",
    { class: "sheet" },
    h("h3", {}, bdi(sheet.name)),
    h(
      "div",
      { class: "split" },
      h("figure", {}, map, siteKey(), h("p", { class: "source" }, source)),
      factsTable(sheetFacts(sheet, mine)),
    ),
    mine.length ? [across(sheet.money[store.k], mine), moneyNote()] : h("p", {}, t("data.none")),
  );
};

const sheetFacts = (sheet, mine) => {
  const units = (part) => amount(unitsIn(mine.filter((opening) => opening.part === part)), sheet);
  const { kind, travel_s: seconds } = sheet.reach;
  const waiting = mine.filter((opening) => opening.works === null).length;
  return [
    [t("report.field"), t(`field.${sheet.field}`)],
    [
      t("report.units"),
      t("report.units.text", {
        inside: units("in_district"),
        outside: units("diffusion"),
        sites: new Set(mine.map((opening) => opening.cell)).size,
      }),
    ],
    [t("report.unit.cost"), unitCost(sheet, mine)],
    [t("report.cost.source"), [bdi(sheet.source), ` [${t(`evidence.${sheet.evidence}`)}]`]],
    [
      t("report.opex.rate"),
      `${formatStatedPercent(sheet.opex_share_year)} · ${t(ownPlan() ? "report.opex.capital" : "report.opex.owner")}`,
    ],
    [
      t("report.reach"),
      [
        t(`reach.${kind}`, seconds ? { minutes: formatNumber(seconds / 60, 1) } : {}),
        sheet.covered.length ? bdi(t("reach.covered", { names: sheet.covered.map(localised).join(", ") })) : null,
      ],
    ],
    [t("report.needs"), sheet.needs.length ? bdi(sheet.needs.map(localised).join(", ")) : t("data.none")],
    [t("report.group"), sheet.group ? bdi(sheet.group) : t("report.group.none")],
    usersFact(sheet),
    waiting ? [t("report.waiting"), t("report.waiting.text", { n: waiting })] : null,
  ];
};

// What a unit costs in the plan's list of services; where its units cost otherwise, theirs before it.
const unitCost = (sheet, mine) => {
  const unit = localised(sheet.unit);
  const each = mine.map((opening) => opening.capex_krw / opening.units);
  const [low, high] = [Math.min(...each), Math.max(...each)].map(formatMoney);
  // Whole won of an opening: its units may not divide it.
  if (mine.every((opening) => Math.abs(opening.capex_krw - sheet.capex_krw * opening.units) < 1))
    return `${formatMoney(sheet.capex_krw)} / ${unit}`;
  const own = low === high ? low : `${low}–${high}`;
  return t("report.unit.cost.own", { own, unit, listed: formatMoney(sheet.capex_krw) });
};

// Users at the end, inside and outside; none of a service that is not simulated.
const usersFact = (sheet) => {
  const s = page.config.services.findIndex((service) => service.id === sheet.id);
  if (s < 0) return null;
  const end = page.config.months;
  const users = (where) => {
    const line = page.config.series[store.k][s][where];
    return `${formatNumber(line.mid[end])} (${rangeText(line.low?.[end], line.high?.[end])})`;
  };
  return [
    t("report.users.end", { year: yearOf(end - 1) }),
    `${t("chart.inside")} ${users("inside")}, ${t("chart.outside")} ${users("outside")}`,
  ];
};
