// The report's sections on the plan: inside the district and outside it.

import { bdi, h } from "../lib/dom.js";
import { fact, factFigure, hasFact } from "../lib/facts.js";
import { formatNumber, formatUnits } from "../lib/format.js";
import { page } from "../lib/page.js";
import { filled, localised, t } from "../lib/texts.js";
import { ramp } from "../map/palette.js";
import { boxRound, districtShape, mapBadge, mapSite, printMap, regionBox, shapeData } from "../map/svg.js";
import { makeStrip } from "../ui/legend.js";
import { payersOf, planFact, roundingNote, sumCell } from "../ui/money.js";
import { credits, zoneWord } from "../ui/sources.js";
import { makeTable } from "../ui/table.js";
import { baseKey, mapFigure } from "./figure.js";
import { classOutlines, hubOutline, moneyNote, ownPlan, sheetsShown, store } from "./store.js";

const month = (at) => {
  const [year, first] = page.config.start.split("-").map(Number);
  const on = new Date(Date.UTC(year, first - 1 + at, 1));
  return `${on.getUTCFullYear()}.${String(on.getUTCMonth() + 1).padStart(2, "0")}`;
};

export const yearOf = (at) => Number(month(at).slice(0, 4));

export const openingsOf = (part, service) =>
  page.config.openings[store.k].filter(
    (opening) => (!part || opening.part === part) && (!service || opening.service === service),
  );

export const amount = (n, sheet) => (n ? formatUnits(n, localised(sheet.unit)) : t("data.none"));

export const unitsIn = (openings) => openings.reduce((total, opening) => total + opening.units, 0);

export const siteKey = () =>
  h(
    "p",
    { class: "keys" },
    h("span", {}, h("i", { class: "dot" }), t("legend.inside")),
    h("span", {}, h("i", { class: "square" }), t("legend.outside")),
  );

export const mapSources = () => credits("boundary", "zones", "streets", "land");

const moneyKeys = () => ["capex_krw", ...payersOf(store.k).map((payer) => `${payer}_krw`), "opex_krw_year"];

export const insideSection = () => {
  const sheets = sheetsShown().filter((sheet) => openingsOf("in_district", sheet.id).length);
  return [
    h("p", { class: "note strong" }, bdi(ownPlan() ? page.config.plans[store.k] : page.config.provenance.plan)),
    page.config.scaledDown[store.k] && h("p", { class: "note strong" }, bdi(page.config.scaledDown[store.k])),
    insideMap(sheets),
    makeTable(
      [
        { text: "#", class: "number" },
        t("service"),
        { text: t("report.units"), class: "number" },
        t("report.opens"),
        ...["report.capex", ...payersOf(store.k).map((payer) => `money.${payer}`), "report.opex.year"].map((key) => ({
          text: t(key),
          class: "number",
        })),
      ],
      insideRows(sheets),
    ),
    roundingNote(
      moneyKeys().map((key) => {
        const won = sheets.map((sheet) => openingsOf("in_district", sheet.id).map((opening) => opening[key] ?? 0));
        const each = won.map((krw) => krw.reduce((sum, one) => sum + one, 0));
        return [each, each.reduce((sum, one) => sum + one, 0)];
      }),
    ),
    moneyNote(),
  ];
};

const insideMap = (sheets) => {
  const { places, sets } = sitesInside(sheets);
  const map = printMap({
    box: boxRound(shapeData(store.hub.geometry), 0.12),
    detail: true,
    label: t("report.map.inside"),
    avoid: places.map((place) => place.at),
    under: (px) => districtShape(store.hub, px, { fill: "#c2185b", "fill-opacity": 0.07 }),
    over: (px) => [hubOutline(px), places.map((place) => mapBadge(place.at, px, place.letter, "#fff", "#7a0f3c"))],
  });
  const letters = [...sets].map(([numbers, name]) => h("li", {}, h("b", {}, name), numbers));
  return mapFigure(
    t("report.map.inside"),
    map,
    [
      h("ul", { class: "letters" }, letters),
      baseKey({ outline: "#c2185b", label: t("report.hub") }),
      h("p", { class: "note" }, t(ownPlan() ? "report.map.inside.own" : "report.map.inside.key")),
    ],
    mapSources(),
  );
};

// The cells where services open, each with a letter; ``sets``: which services (by their numbers) a letter stands for.
const sitesInside = (sheets) => {
  const places = new Map();
  sheets.forEach((sheet, at) =>
    openingsOf("in_district", sheet.id).forEach((opening) => {
      const place = places.get(opening.cell) ?? { at: opening.at, numbers: new Set() };
      place.numbers.add(at + 1);
      places.set(opening.cell, place);
    }),
  );
  const sets = new Map();
  for (const place of places.values()) {
    const key = [...place.numbers].join(" · ");
    if (!sets.has(key)) sets.set(key, letter(sets.size));
    place.letter = sets.get(key);
  }
  return { places: [...places.values()], sets };
};

const insideRows = (sheets) => {
  const sums = (openings) =>
    moneyKeys().map((key) => sumCell(openings.reduce((all, opening) => all + (opening[key] ?? 0), 0)));
  const rows = sheets.map((sheet, at) => {
    const mine = openingsOf("in_district", sheet.id);
    return [
      { text: at + 1, class: "number" },
      { text: bdi(sheet.name), head: true },
      { text: amount(unitsIn(mine), sheet), class: "number" },
      month(mine[0].month),
      ...sums(mine),
    ];
  });
  const all = sheets.flatMap((sheet) => openingsOf("in_district", sheet.id));
  const total = { text: t("money.total"), head: true, class: "strong" };
  return [...rows, ["", total, "", "", ...sums(all).map((cell) => ({ ...cell, class: "number strong" }))]];
};

const letter = (at) =>
  at < 26 ? String.fromCharCode(65 + at) : `${letter(Math.floor(at / 26) - 1)}${letter(at % 26)}`;

export const outsideSection = () => {
  const simulated = page.config.services.length > 0;
  const rows = rolloutRows();
  return [
    simulated ? spreadFigures() : h("p", {}, t("report.unsimulated")),
    h("h3", {}, t("report.rollout")),
    rows.length
      ? makeTable([t("money.year"), zoneWord(), t("report.opened"), { text: t("report.capex"), class: "number" }], rows)
      : h("p", {}, t("data.none")),
    moneyNote(),
    simulated && [
      h("h3", {}, t("report.outside.users")),
      makeTable(
        [t("report.year.end"), ...["report.adoptions", "now.band"].map((key) => ({ text: t(key), class: "number" }))],
        usersByYear(),
        { class: "narrow" },
      ),
      h("p", { class: "note" }, t("report.adoptions.note", { n: page.config.worlds }), scoredUsers()),
    ],
  ];
};

// The share using on maps of a few years, and what is open by then.
const spreadFigures = () => {
  const breaks = page.config.breaks.share;
  const maps = page.config.spreadYears.map((year) => {
    const title = t("report.map.spread", { year: yearOf(0) + year - 1 });
    const open = openingsOf().filter((opening) => opening.month < 12 * year && opening.part === "diffusion");
    const map = printMap({
      box: regionBox(),
      width: 0.5,
      labels: false,
      label: title,
      under: () => classOutlines(`spread-${store.k}-${year}`, breaks.length + 1),
      over: (px) => [hubOutline(px), open.map((opening) => mapSite(opening, px, 2.6))],
    });
    return h("figure", {}, h("figcaption", {}, title), map);
  });
  const labels = breaks.map((value) => formatNumber(value * 100));
  const key = [makeStrip(t("report.spread.key"), ramp(breaks.length + 1), labels), siteKey()];
  return [
    h("div", { class: "pair" }, maps, h("div", { class: "key" }, key)),
    h(
      "p",
      { class: "source" },
      `${t("source")}: ${t("report.model")}; ${mapSources()} · ${t("report.made")} ${page.config.made}`,
    ),
  ];
};

// What opens outside, year by year.
const rolloutRows = () => {
  const sheets = sheetsShown();
  const years = [...new Set(openingsOf("diffusion").map((opening) => yearOf(opening.month)))].sort();
  const zones = (openings) =>
    [...new Set(openings.map((opening) => page.config.zones[opening.zone]?.label).filter(Boolean))].join(", ") || "–";
  return years.map((year) => {
    const mine = openingsOf("diffusion").filter((opening) => yearOf(opening.month) === year);
    const what = sheets
      .map((sheet) => [sheet, unitsIn(mine.filter((opening) => opening.service === sheet.id))])
      .filter(([, n]) => n);
    return [
      { text: String(year), head: true },
      bdi(zones(mine)),
      bdi(what.map(([sheet, n]) => `${localised(sheet.name)} ${amount(n, sheet)}`).join(", ")),
      // What opens that year costs it; who pays in other years is in the table of money.
      sumCell(mine.reduce((total, opening) => total + opening.capex_krw, 0)),
    ];
  });
};

const usersByYear = () =>
  Array.from({ length: page.config.months / 12 }, (_, k) => {
    const [low, median, high] = ["low", "median", "high"].map((name) =>
      planFact(store.k, `users/outside/${k + 1}/${name}`),
    );
    return [
      { text: String(yearOf(0) + k), head: true },
      { text: factFigure(median), class: "number" },
      { text: hasFact(low) ? [factFigure(low), "–", factFigure(high)] : "–", class: "number" },
    ];
  });

// The criterion that counts the same, by worlds that all candidates have in common: why its figure is another.
const scoredUsers = () => {
  const at = page.config.criteria.findIndex(({ id }) => id === "adopters_outside_10y");
  const mean = at < 0 ? null : (store.hub.values[at].note ?? []).find(({ code }) => code === "adopters.mean");
  const id = `candidate/${store.hub.id}/value/adopters_outside_10y`;
  return mean && hasFact(id)
    ? [" ", ...filled("report.adoptions.scored", { value: fact(id), n: mean.values.worlds })]
    : null;
};
