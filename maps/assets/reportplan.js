// The report's sections on the plan: inside the district, outside it, the money, and a sheet for every service.
"use strict";

const month = (at) => {
  const [year, first] = G.config.start.split("-").map(Number);
  const on = new Date(Date.UTC(year, first - 1 + at, 1));
  return `${on.getUTCFullYear()}.${String(on.getUTCMonth() + 1).padStart(2, "0")}`;
};
const yearOf = (at) => Number(month(at).slice(0, 4));
const openingsOf = (part, service) => G.config.openings[R.k].filter((opening) => (!part || opening.part === part) && (!service || opening.service === service));
const amount = (n, sheet) => (n ? G.units(n, G.both(sheet.unit)) : G.t("data.none"));
const unitsIn = (openings) => openings.reduce((total, opening) => total + opening.units, 0);
const siteKey = () => G.h("p", { class: "keys" }, G.h("span", {}, G.h("i", { class: "dot" }), G.t("legend.inside")), G.h("span", {}, G.h("i", { class: "square" }), G.t("legend.outside")));
const mapSources = () => G.credits("boundary", "zones", "streets", "land");

G.insideSection = () => {
  const sheets = G.config.sheets.filter((sheet) => openingsOf("in_district", sheet.id).length);
  const places = new Map();
  sheets.forEach((sheet, at) => openingsOf("in_district", sheet.id).forEach((opening) => {
    const place = places.get(opening.cell) ?? { at: opening.at, numbers: new Set() };
    place.numbers.add(at + 1);
    places.set(opening.cell, place);
  }));
  const sets = new Map();
  for (const place of places.values()) {
    const key = [...place.numbers].join(" · ");
    if (!sets.has(key)) sets.set(key, letter(sets.size));
    place.letter = sets.get(key);
  }
  const box = G.boxRound(G.shapeData(R.hub.geometry), 0.12);
  const map = G.printMap({ box, detail: true, label: G.t("report.map.inside"), avoid: [...places.values()].map((place) => place.at),
    under: (px) => G.districtShape(R.hub, px, { fill: "#c2185b", "fill-opacity": 0.07 }),
    over: (px) => [G.hubOutline(px), [...places.values()].map((place) => G.mapBadge(place.at, px, place.letter, "#fff", "#7a0f3c"))] });
  const sum = { units: 0, capex_krw: 0, national_krw: 0, local_krw: 0, private_krw: 0, opex_krw_year: 0 };
  const rows = sheets.map((sheet, at) => {
    const mine = openingsOf("in_district", sheet.id);
    const total = (key) => mine.reduce((all, opening) => all + opening[key], 0);
    for (const key of Object.keys(sum)) sum[key] += total(key);
    return [{ text: at + 1, class: "number" }, { text: G.name(sheet.name), head: true }, { text: amount(unitsIn(mine), sheet), class: "number" }, month(mine[0].month),
      ...["capex_krw", "national_krw", "local_krw", "private_krw", "opex_krw_year"].map((key) => G.sum(total(key)))];
  });
  rows.push(["", { text: G.t("money.total"), head: true, class: "strong" }, "", "", ...["capex_krw", "national_krw", "local_krw", "private_krw", "opex_krw_year"].map((key) => ({ ...G.sum(sum[key]), class: "number strong" }))]);
  return [
    G.h("p", { class: "note strong" }, G.name(G.config.provenance.plan)),
    G.figure(G.t("report.map.inside"), map,
      [G.h("ul", { class: "letters" }, [...sets].map(([numbers, name]) => G.h("li", {}, G.h("b", {}, name), numbers))), G.baseKey({ outline: "#c2185b", label: G.t("report.hub") }), G.h("p", { class: "note" }, G.t("report.map.inside.key"))], mapSources()),
    G.table([{ text: "#", class: "number" }, G.t("service"), { text: G.t("report.units"), class: "number" }, G.t("report.opens"), ...["report.capex", "money.national", "money.local", "money.private", "report.opex.year"].map((key) => ({ text: G.t(key), class: "number" }))], rows),
    G.moneyNote(),
  ];
};

const letter = (at) => (at < 26 ? String.fromCharCode(65 + at) : `${letter(Math.floor(at / 26) - 1)}${letter(at % 26)}`);

G.outsideSection = () => {
  const { spreadYears, months, sheets } = G.config;
  const breaks = G.config.breaks.share;
  const first = yearOf(0);
  const maps = spreadYears.map((year) => {
    const title = G.t("report.map.spread", { year: first + year - 1 });
    const open = openingsOf().filter((opening) => opening.month < 12 * year && opening.part === "diffusion");
    const map = G.printMap({ box: G.regionBox(), width: 0.5, labels: false, label: title, under: () => G.classes(`spread-${R.k}-${year}`, breaks.length + 1), over: (px) => [G.hubOutline(px), open.map((opening) => G.mapSite(opening, px, 2.6))] });
    return G.h("figure", {}, G.h("figcaption", {}, title), map);
  });
  const years = [...new Set(openingsOf("diffusion").map((opening) => yearOf(opening.month)))].sort();
  const zones = (openings) => [...new Set(openings.map((opening) => G.config.zones[opening.zone]?.label).filter(Boolean))].join(", ") || "–";
  const rows = years.map((year) => {
    const mine = openingsOf("diffusion").filter((opening) => yearOf(opening.month) === year);
    const what = sheets.map((sheet) => [sheet, unitsIn(mine.filter((opening) => opening.service === sheet.id))]).filter(([, n]) => n);
    return [{ text: String(year), head: true }, G.name(zones(mine)), G.name(what.map(([sheet, n]) => `${G.both(sheet.name)} ${amount(n, sheet)}`).join(", ")), G.sum(mine.reduce((total, opening) => total + opening.capex_krw, 0))];
  });
  const reach = Array.from({ length: months / 12 }, (_, k) => (k + 1) * 12).map((at) => {
    const sum = (key) => G.config.series[R.k].reduce((total, entry) => total + entry.outside[key][at], 0);
    return [{ text: String(first + at / 12 - 1), head: true }, { text: G.number(sum("mid")), class: "number" }];
  });
  const key = G.h("div", { class: "key" }, G.strip(G.t("report.spread.key"), G.ramp(breaks.length + 1), breaks.map((value) => G.number(value * 100))), siteKey());
  const simulated = G.config.services.length > 0;
  return [
    !simulated && G.h("p", {}, G.t("report.unsimulated")),
    simulated && G.h("div", { class: "pair" }, maps, key),
    simulated && G.h("p", { class: "source" }, `${G.t("source")}: ${G.t("report.model")}; ${mapSources()} · ${G.t("report.made")} ${G.config.made}`),
    G.h("h3", {}, G.t("report.rollout")),
    rows.length ? G.table([G.t("money.year"), G.zoneWord(), G.t("report.opened"), { text: G.t("report.capex"), class: "number" }], rows) : G.h("p", {}, G.t("data.none")),
    G.moneyNote(),
    simulated && [G.h("h3", {}, G.t("report.outside.users")), G.table([G.t("report.year.end"), { text: G.t("report.adoptions"), class: "number" }], reach, { class: "narrow" }),
      G.h("p", { class: "note" }, G.t("report.adoptions.note"))],
  ];
};

// A table of money by year; ``rows`` as of maps/diffusion.py: money_by_year.
const yearly = (rows) => {
  const years = [...new Set(rows.map((row) => row.year))].sort();
  const cells = (sum) => [...PAYERS.map((payer) => G.sum(sum[`${payer}_krw`])), { ...G.sum(G.built(sum)), class: "number strong" }, G.sum(sum.opex_krw)];
  return G.table([G.t("money.year"), ...["national", "local", "private", "total", "opex"].map((key) => ({ text: G.t(`money.${key}`), class: "number" }))],
    [...years.map((year) => [{ text: String(year), head: true }, ...cells(G.added(rows.filter((row) => row.year === year)))]),
      [{ text: G.t("money.total"), head: true, class: "strong" }, ...cells(G.added(rows)).map((cell) => ({ ...cell, class: "number strong" }))]]);
};

// The same of one service with the units opened, years side by side.
const across = (rows, openings) => {
  const first = yearOf(0);
  const years = Array.from({ length: Math.ceil(G.config.months / 12) }, (_, k) => first + k);
  const of = (year) => G.added(rows.filter((row) => year === null || row.year === year));
  const line = (title, figure, strong) => [{ text: title, head: true, class: strong ? "strong" : "" }, ...[...years, null].map((year) => ({ ...figure(year), class: `number${strong || year === null ? " strong" : ""}` }))];
  const units = (year) => ({ text: unitsIn(openings.filter((opening) => year === null || yearOf(opening.month) === year)) || "–" });
  return G.table([G.t("money.year"), ...years.map((year) => ({ text: String(year), class: "number" })), { text: G.t("money.total"), class: "number" }],
    [line(G.t("report.opened.units"), units), ...PAYERS.map((payer) => line(G.t(`money.${payer}`), (year) => G.sum(of(year)[`${payer}_krw`]))),
      line(G.t("report.capex"), (year) => G.sum(G.built(of(year))), true), line(G.t("money.opex"), (year) => G.sum(of(year).opex_krw))], { class: "years" });
};

G.moneySection = () => {
  const rows = G.config.money[R.k];
  const inside = rows.filter((row) => row.part === "in_district"), outside = rows.filter((row) => row.part === "diffusion");
  return [
    moneyChart(rows),
    G.h("h3", {}, G.t("money.in")), yearly(inside), G.h("h3", {}, G.t("money.out")), outside.length ? yearly(outside) : G.h("p", {}, G.t("data.none")),
    G.moneyNote(), G.h("p", { class: "note" }, G.t("money.note")),
  ];
};

// Bars by year: capital by payer above the line, operating cost beside it.
const moneyChart = (rows) => {
  if (!rows.length) return null;
  const years = [...new Set(rows.map((row) => row.year))].sort();
  const sums = years.map((year) => G.added(rows.filter((row) => row.year === year)));
  const most = ceiling(Math.max(...sums.flatMap((sum) => [G.built(sum), sum.opex_krw])));
  const wide = 660, high = 190, left = 40, low = high - 20, each = (wide - left) / years.length;
  const y = (krw) => low - (krw / most) * (low - 10);
  const colours = { national: "#1b4f8f", local: "#6a9fd4", private: "#c2620c", opex: "#8a8f98" };
  const bar = (x, from, to, fill) => G.h("rect", { x, y: y(to), width: each * 0.3, height: Math.max(0, y(from) - y(to)), fill });
  // One figure, so that the key is not printed on the next page.
  return G.h("figure", {}, G.h("svg", { viewBox: `0 0 ${wide} ${high}`, class: "chart", role: "img", "aria-label": G.t("money.title") },
    [0, most / 2, most].map((value) => [G.h("line", { x1: left, x2: wide, y1: y(value), y2: y(value), class: "grid" }), G.h("text", { x: left - 5, y: y(value) + 3.5, "text-anchor": "end" }, G.sum(value).text.replace("–", "0"))]),
    sums.map((sum, at) => {
      const x = left + at * each + each * 0.17;
      let base = 0;
      return [PAYERS.map((payer) => bar(x, base, (base += sum[`${payer}_krw`] ?? 0), colours[payer])), bar(x + each * 0.34, 0, sum.opex_krw, colours.opex),
        G.h("text", { x: left + (at + 0.5) * each, y: high - 5, "text-anchor": "middle" }, String(years[at]))];
    })), G.h("p", { class: "keys" }, Object.entries(colours).map(([key, background]) => G.h("span", {}, G.h("i", { style: { background } }), G.t(`money.${key}`))), G.h("span", {}, G.t("money.unit", { unit: G.t("unit.money") }))));
};

G.sheetsSection = () => [G.h("p", { class: "note strong" }, G.name(G.config.provenance.services)), G.config.sheets.map(sheetOf)];

const sheetOf = (sheet) => {
  const mine = openingsOf(null, sheet.id);
  const inside = mine.filter((opening) => opening.part === "in_district"), outside = mine.filter((opening) => opening.part === "diffusion");
  const map = G.printMap({ box: G.regionBox(), width: 0.45, labels: false, label: G.both(sheet.name), over: (px) => [G.hubOutline(px), mine.map((opening) => G.mapSite(opening, px, 2.6))] });
  const s = G.config.services.findIndex((service) => service.id === sheet.id);
  const end = G.config.months;
  const users = (where) => {
    const line = G.config.series[R.k][s][where];
    return `${G.number(line.mid[end])} (${G.number(line.low[end])}–${G.number(line.high[end])})`;
  };
  const waiting = mine.filter((opening) => opening.works === null).length;
  return G.h("article", { class: "sheet" },
    G.h("h3", {}, G.name(sheet.name)),
    G.h("div", { class: "split" },
      G.h("figure", {}, map, siteKey(), G.h("p", { class: "source" }, `${G.t("source")}: ${mapSources()} · ${G.t("report.made")} ${G.config.made}`)),
      G.facts([
        [G.t("report.field"), G.t(`field.${sheet.field}`)],
        [G.t("report.units"), G.t("report.units.text", { inside: amount(unitsIn(inside), sheet), outside: amount(unitsIn(outside), sheet), sites: new Set(mine.map((opening) => opening.cell)).size })],
        [G.t("report.unit.cost"), `${G.money(sheet.capex_krw)} / ${G.both(sheet.unit)}`],
        [G.t("report.cost.source"), [G.name(G.remark(sheet.source)), ` [${sheet.mark}]`]],
        [G.t("report.opex.rate"), `${G.percent(sheet.opex_share_year)} · ${G.t("report.opex.owner")}`],
        [G.t("report.reach"), [sheet.reach.travel_s ? G.t(`reach.${sheet.reach.kind}`, { minutes: G.number(sheet.reach.travel_s / 60, 1) }) : G.t(`reach.${sheet.reach.kind}`),
          sheet.covered.length ? G.name(G.t("reach.covered", { names: sheet.covered.map(G.both).join(", ") })) : null]],
        [G.t("report.needs"), sheet.needs.length ? G.name(sheet.needs.map(G.both).join(", ")) : G.t("data.none")],
        [G.t("report.group"), sheet.group ? G.name(sheet.group) : G.t("report.group.none")],
        s >= 0 ? [G.t("report.users.end", { year: yearOf(end - 1) }), `${G.t("chart.inside")} ${users("inside")}, ${G.t("chart.outside")} ${users("outside")}`] : null,
        waiting ? [G.t("report.waiting"), G.t("report.waiting.text", { n: waiting })] : null,
      ])),
    mine.length ? [across(sheet.money[R.k], mine), G.moneyNote()] : G.h("p", {}, G.t("data.none")));
};
