// The report's first two sections: overview and diagnosis.

import { bdi, h } from "../lib/dom.js";
import { fact, hasFact } from "../lib/facts.js";
import { formatMoney, formatNumber, formatStatedPercent } from "../lib/format.js";
import { page } from "../lib/page.js";
import { filled, localised, t } from "../lib/texts.js";
import { ramp } from "../map/palette.js";
import { districtShape, mapBadge, printMap, regionBox } from "../map/svg.js";
import { makeStrip } from "../ui/legend.js";
import { builtSum, payersOf, planFact } from "../ui/money.js";
import { credits } from "../ui/sources.js";
import { makeTable } from "../ui/table.js";
import { baseKey, mapFigure } from "./figure.js";
import { classOutlines, factsTable, hubOutline, ownPlan, store } from "./store.js";

export const overview = () => {
  const map = printMap({
    box: regionBox(),
    label: t("report.map.hub"),
    avoid: page.config.districts.map((d) => d.at),
    over: (px) => [
      districtShape(store.hub, px, { fill: "#c2185b", "fill-opacity": 0.25, stroke: "#c2185b" }),
      mapBadge(store.hub.at, px, "★", "#fff", "#c2185b"),
    ],
  });
  return [
    projectFacts(),
    mapFigure(
      t("report.map.hub"),
      map,
      baseKey({ outline: "#c2185b", label: t("report.hub") }),
      credits("boundary", "zones", "streets", "land"),
    ),
    h("h3", {}, t("report.rules")),
    page.config.programme ? rulesTable() : h("p", {}, t("programme.none.rules")),
    page.config.programme &&
      h("p", { class: "note" }, bdi(t("report.rules.plan", { plan: localised(page.config.plans[store.k]) }))),
  ];
};

const projectFacts = () => {
  const { money, programme, start, months } = page.config;
  const first = Number(start.slice(0, 4));
  const costs = (part) => {
    const at = planFact(store.k, part);
    const payers = payersOf(store.k)
      .filter((payer) => hasFact(`${at}/capital/all/${payer}`))
      .map((payer, n) => [`${n ? ", " : ""}${t(`money.${payer}`)} `, fact(`${at}/capital/all/${payer}`)]);
    const said = { n: `${at}/services`, openings: `${at}/openings`, sum: `${at}/capital/all/all` };
    const figures = Object.fromEntries(Object.entries(said).map(([name, id]) => [name, fact(id)]));
    return filled(payers.length ? "report.money.text" : "report.money.none", { ...figures, payers });
  };
  // Running costs go on to the end; the years of building are those in which something is paid for.
  const built = money[store.k].filter((row) => row.part === "in_district" && builtSum(row) > 0);
  return factsTable([
    [
      t("report.hub"),
      [bdi(store.hub.name), ` (${t(`kind.${store.hub.kind}`)}, `, fact(`candidate/${store.hub.id}/area`), ")"],
    ],
    [t("report.round"), programme ? roundText(programme) : t("programme.none")],
    [
      t("report.period"),
      t("report.period.text", {
        from: first,
        to: programme ? first + programme.years - 1 : Math.max(first, ...built.map((row) => row.year)),
        end: first + months / 12 - 1,
      }),
    ],
    [t("money.in"), costs("in_district")],
    [t("money.out"), costs("diffusion")],
    [
      t("report.opex"),
      filled(ownPlan() ? "report.opex.own" : "report.opex.text", { sum: fact(planFact(store.k, "running_year")) }),
    ],
    [t("report.people"), regionFact("population")],
  ]);
};

const regionFact = (name) => (hasFact(`region/${name}`) ? fact(`region/${name}`) : h("em", {}, t("missing")));

const roundText = ({ label, ceiling_krw: ceiling, national_share_max: share, years }) => [
  bdi(label),
  ` · ${t("report.rules.ceiling", { ceiling: formatMoney(ceiling), share: formatStatedPercent(share), years })}`,
];

const rulesTable = () => {
  const tone = ({ binding, outcome }) => (binding && { not_met: "bad", unknown: "open" }[outcome]) || "";
  return makeTable(
    [t("report.rule"), t("report.found"), t("report.required"), t("report.outcome")],
    (page.config.rules[page.config.scenarios[store.k].id] ?? []).map((row) => [
      { text: page.texts[`rule.${row.rule}`] ? t(`rule.${row.rule}`) : row.rule, head: true },
      bdi(row.found),
      bdi(row.required),
      { text: row.binding ? t(`outcome.${row.outcome}`) : t("outcome.figure"), class: tone(row) },
    ]),
  );
};

export const diagnosis = () => {
  const { diagnosis: maps, sources } = page.config;
  return [
    factsTable([
      [t("report.area"), regionFact("area")],
      [t("layer.population"), regionFact("population")],
      [t("report.households"), regionFact("households")],
      [t("layer.elderly"), regionFact("elderly_share")],
      [t("report.youth"), regionFact("youth_share")],
      [t("layer.jobs"), regionFact("jobs")],
      [t("layer.old_buildings"), regionFact("old_buildings_share")],
      [t("report.stops"), regionFact("transit_stops")],
    ]),
    h(
      "div",
      { class: "pair" },
      maps.map((layer) => {
        const unit = layer.unit === "share" ? "%" : t(`unit.${layer.unit}`);
        const labels = layer.breaks.map((value) =>
          layer.unit === "share" ? formatNumber(value * 100) : formatNumber(value),
        );
        const title = `${t(`layer.${layer.key}`)} (${unit})`;
        const map = printMap({
          box: regionBox(),
          width: 0.5,
          labels: false,
          label: title,
          under: () => classOutlines(layer.key, layer.breaks.length + 1),
          over: (px) => hubOutline(px),
        });
        return mapFigure(
          title,
          map,
          makeStrip(title, ramp(layer.breaks.length + 1), labels),
          credits("counts", "buildings"),
        );
      }),
    ),
    h(
      "p",
      { class: "note" },
      h("b", {}, `${t("report.lacking")}: `),
      bdi(sources.missing.map((item) => localised(item.name)).join(", ") || t("data.none")),
      " ",
      t("report.lacking.where", { title: t("report.limits") }),
    ),
  ];
};
