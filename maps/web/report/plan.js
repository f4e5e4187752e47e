// The report's sections on the plan: inside the district and outside it.

import { bdi, h } from "../lib/dom.js";
import { formatNumber, formatUnits } from "../lib/format.js";
import { page } from "../lib/page.js";
import { localised, t } from "../lib/texts.js";
import { ramp } from "../map/palette.js";
import { boxRound, districtShape, mapBadge, mapSite, printMap, regionBox, shapeData } from "../map/svg.js";
import { makeStrip } from "../ui/legend.js";
import { credits, zoneWord } from "../ui/sources.js";
import { makeTable } from "../ui/table.js";
import { baseKey, mapFigure } from "./figure.js";
import { R, classOutlines, hubOutline, moneyNote, sumCell } from "./store.js";

const month = (at) => {
  const [year, first] = page.config.start.split("-").map(Number);
  const on = new Date(Date.UTC(year, first - 1 + at, 1));
  return `${on.getUTCFullYear()}.${String(on.getUTCMonth() + 1).padStart(2, "0")}`;
};

export const yearOf = (at) => Number(month(at).slice(0, 4));

export const openingsOf = (part, service) =>
  page.config.openings[R.k].filter(
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

export const insideSection = () => {
  const sheets = page.config.sheets.filter((sheet) => openingsOf("in_district", sheet.id).length);
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
  const box = boxRound(shapeData(R.hub.geometry), 0.12);
  const map = printMap({
    box,
    detail: true,
    label: t("report.map.inside"),
    avoid: [...places.values()].map((place) => place.at),
    under: (px) => districtShape(R.hub, px, { fill: "#c2185b", "fill-opacity": 0.07 }),
    over: (px) => [
      hubOutline(px),
      [...places.values()].map((place) => mapBadge(place.at, px, place.letter, "#fff", "#7a0f3c")),
    ],
  });
  const sum = { units: 0, capex_krw: 0, national_krw: 0, local_krw: 0, private_krw: 0, opex_krw_year: 0 };
  const rows = sheets.map((sheet, at) => {
    const mine = openingsOf("in_district", sheet.id);
    const total = (key) => mine.reduce((all, opening) => all + opening[key], 0);
    for (const key of Object.keys(sum)) sum[key] += total(key);
    return [
      { text: at + 1, class: "number" },
      { text: bdi(sheet.name), head: true },
      { text: amount(unitsIn(mine), sheet), class: "number" },
      month(mine[0].month),
      ...["capex_krw", "national_krw", "local_krw", "private_krw", "opex_krw_year"].map((key) => sumCell(total(key))),
    ];
  });
  rows.push([
    "",
    { text: t("money.total"), head: true, class: "strong" },
    "",
    "",
    ...["capex_krw", "national_krw", "local_krw", "private_krw", "opex_krw_year"].map((key) => ({
      ...sumCell(sum[key]),
      class: "number strong",
    })),
  ]);
  return [
    h("p", { class: "note strong" }, bdi(page.config.provenance.plan)),
    page.config.scaledDown[R.k] && h("p", { class: "note strong" }, bdi(page.config.scaledDown[R.k])),
    mapFigure(
      t("report.map.inside"),
      map,
      [
        h(
          "ul",
          { class: "letters" },
          [...sets].map(([numbers, name]) => h("li", {}, h("b", {}, name), numbers)),
        ),
        baseKey({ outline: "#c2185b", label: t("report.hub") }),
        h("p", { class: "note" }, t("report.map.inside.key")),
      ],
      mapSources(),
    ),
    makeTable(
      [
        { text: "#", class: "number" },
        t("service"),
        { text: t("report.units"), class: "number" },
        t("report.opens"),
        ...["report.capex", "money.national", "money.local", "money.private", "report.opex.year"].map((key) => ({
          text: t(key),
          class: "number",
        })),
      ],
      rows,
    ),
    moneyNote(),
  ];
};

const letter = (at) =>
  at < 26 ? String.fromCharCode(65 + at) : `${letter(Math.floor(at / 26) - 1)}${letter(at % 26)}`;

export const outsideSection = () => {
  const { spreadYears, months, sheets } = page.config;
  const breaks = page.config.breaks.share;
  const first = yearOf(0);
  const maps = spreadYears.map((year) => {
    const title = t("report.map.spread", { year: first + year - 1 });
    const open = openingsOf().filter((opening) => opening.month < 12 * year && opening.part === "diffusion");
    const map = printMap({
      box: regionBox(),
      width: 0.5,
      labels: false,
      label: title,
      under: () => classOutlines(`spread-${R.k}-${year}`, breaks.length + 1),
      over: (px) => [hubOutline(px), open.map((opening) => mapSite(opening, px, 2.6))],
    });
    return h("figure", {}, h("figcaption", {}, title), map);
  });
  const years = [...new Set(openingsOf("diffusion").map((opening) => yearOf(opening.month)))].sort();
  const zones = (openings) =>
    [...new Set(openings.map((opening) => page.config.zones[opening.zone]?.label).filter(Boolean))].join(", ") || "–";
  const rows = years.map((year) => {
    const mine = openingsOf("diffusion").filter((opening) => yearOf(opening.month) === year);
    const what = sheets
      .map((sheet) => [sheet, unitsIn(mine.filter((opening) => opening.service === sheet.id))])
      .filter(([, n]) => n);
    return [
      { text: String(year), head: true },
      bdi(zones(mine)),
      bdi(what.map(([sheet, n]) => `${localised(sheet.name)} ${amount(n, sheet)}`).join(", ")),
      sumCell(mine.reduce((total, opening) => total + opening.capex_krw, 0)),
    ];
  });
  const reach = Array.from({ length: months / 12 }, (_, k) => (k + 1) * 12).map((at) => {
    const sum = (key) => page.config.series[R.k].reduce((total, entry) => total + entry.outside[key][at], 0);
    return [
      { text: String(first + at / 12 - 1), head: true },
      { text: formatNumber(sum("mid")), class: "number" },
    ];
  });
  const key = h(
    "div",
    { class: "key" },
    makeStrip(
      t("report.spread.key"),
      ramp(breaks.length + 1),
      breaks.map((value) => formatNumber(value * 100)),
    ),
    siteKey(),
  );
  const simulated = page.config.services.length > 0;
  return [
    !simulated && h("p", {}, t("report.unsimulated")),
    simulated && h("div", { class: "pair" }, maps, key),
    simulated &&
      h(
        "p",
        { class: "source" },
        `${t("source")}: ${t("report.model")}; ${mapSources()} · ${t("report.made")} ${page.config.made}`,
      ),
    h("h3", {}, t("report.rollout")),
    rows.length
      ? makeTable([t("money.year"), zoneWord(), t("report.opened"), { text: t("report.capex"), class: "number" }], rows)
      : h("p", {}, t("data.none")),
    moneyNote(),
    simulated && [
      h("h3", {}, t("report.outside.users")),
      makeTable([t("report.year.end"), { text: t("report.adoptions"), class: "number" }], reach, { class: "narrow" }),
      h("p", { class: "note" }, t("report.adoptions.note")),
    ],
  ];
};
