// The report: a page in the shape of a proposal, to read and to print. Here its start, cover, overview and diagnosis.
"use strict";

const R = { k: 0, outlines: {} };
const PAYERS = ["national", "local", "private"];

G.startPaper = async () => {
  if (!G.begin("paper")) return;
  const { scenarios, diagnosis, spreadYears } = G.config;
  R.k = Math.max(0, scenarios.findIndex((scenario) => scenario.id === G.state.hub));
  await G.layBase();
  const names = [...diagnosis.map(({ key }) => key), ...scenarios.flatMap((_, k) => spreadYears.map((year) => `spread-${k}-${year}`))];
  for (const name of names) {
    R.outlines[name] = [];
    for (let at = 0; at < 12; at++) {
      const bytes = await G.blob(`map-${name}-${at}`);
      if (bytes) R.outlines[name][at] = G.pathData(bytes);
    }
  }
  G.headButtons = [["report.print", () => window.print()]];
  G.onRender(() => {
    drawHead();
    drawPaper();
  });
  G.render();
  document.documentElement.dataset.ready = "true";
};

const drawPaper = () => {
  const { scenarios, districts } = G.config;
  R.hub = districts.find((district) => district.id === scenarios[R.k].id);
  const sections = [["overview", overview], ["diagnosis", diagnosis], ["candidates", G.candidatesSection], ["inside", G.insideSection], ["outside", G.outsideSection],
    ["money", G.moneySection], ["sheets", G.sheetsSection], ["effects", G.effectsSection], ["limits", G.limitsSection]];
  const parts = sections.map(([key, draw], at) => G.h("section", { id: key }, G.h("h2", {}, `${at + 1}. ${G.t(`report.${key}`)}`), draw()));
  G.replace(document.getElementById("paper"), cover(sections), parts);
};

const cover = (sections) => {
  const { region, scenarios, programme, made } = G.config;
  const hubs = scenarios.map((scenario, k) => [String(k), G.both(scenario.name)]);
  return G.h("section", { id: "cover" },
    region.synthetic ? G.h("p", { class: "note strong" }, G.t("synthetic.long")) : null,
    (G.config.sources?.warnings ?? []).map((item) => G.h("p", { class: "note strong" }, `${G.t("data.warnings")}: `, G.name(G.both(item)))),
    G.h("p", { class: "kind" }, G.t("report.kind")),
    G.h("p", { class: "title" }, G.name(region.name), " ", G.t("report.of"), " ", G.name(R.hub.name)),
    G.h("p", {}, G.name(programme.label), ` · ${G.t("report.made")} ${made}`),
    G.h("p", { class: "note strong" }, G.t("report.draft")),
    G.excluded(),
    G.h("div", { class: "screen" }, G.picker("hub", G.t("scenario"), hubs, String(R.k), (value) => {
      R.k = Number(value);
      G.keep({ hub: scenarios[R.k].id });
      drawPaper();
    })),
    G.h("ol", { class: "contents" }, sections.map(([key]) => G.h("li", {}, G.h("a", { href: `#${key}`, onclick: (event) => {
      // The part after # keeps the page's state: go there without changing it.
      event.preventDefault();
      document.getElementById(key).scrollIntoView();
    } }, G.t(`report.${key}`))))));
};

// ---- shared by the sections ---------------------------------------------------------------------------------------------

// Two columns: what, and the figure.
G.facts = (rows) => G.table([G.t("report.item"), G.t("report.content")], rows.filter(Boolean).map(([name, value]) => [{ text: name, head: true }, value]), { class: "two" });

// A sum of won as a figure of the table's unit (100 million won, or billion).
G.sum = (krw) => ({ text: krw ? G.number(krw / (G.language === "ko" ? 1e8 : 1e9), G.language === "ko" ? 1 : 2) : "–", class: "number" });

G.moneyNote = () => G.h("p", { class: "note" }, G.t("money.unit", { unit: G.t("unit.money") }));

G.added = (rows) => rows.reduce((total, row) => {
  for (const payer of [...PAYERS.map((name) => `${name}_krw`), "opex_krw"]) total[payer] = (total[payer] ?? 0) + row[payer];
  return total;
}, {});

G.built = (row) => PAYERS.reduce((total, payer) => total + (row[`${payer}_krw`] ?? 0), 0);

// Outlines of classes over the map, and their key.
G.classes = (name, count) => R.outlines[name].map((d, at) => d && G.h("path", { d, fill: G.ramp(count)[at], "fill-opacity": 0.9 }));

G.hubOutline = (px) => G.districtShape(R.hub, px, { fill: "none", stroke: "#c2185b", "stroke-width": 2.4 * px });

// ---- 1 and 2 ------------------------------------------------------------------------------------------------------------

// Kinds of districts and of applicants stand in the table of rules by their codes.
const coded = (text) => text.replace(/[a-z]+(_[a-z]+)*/g, (word) => G.texts[`applicant.${word}`]?.[G.language] ?? G.texts[`kind.${word}`]?.[G.language] ?? word);

const overview = () => {
  const { money, openings, programme, start, rules, totals, districts } = G.config;
  const inside = G.added(money[R.k].filter((row) => row.part === "in_district"));
  const outside = G.added(money[R.k].filter((row) => row.part === "diffusion"));
  const yearly = openings[R.k].reduce((total, opening) => total + opening.opex_krw_year, 0);
  const first = Number(start.slice(0, 4));
  const payers = (sum) => PAYERS.filter((payer) => sum[`${payer}_krw`]).map((payer) => `${G.t(`money.${payer}`)} ${G.money(sum[`${payer}_krw`])}`).join(", ");
  const count = (part) => new Set(openings[R.k].filter((opening) => opening.part === part).map((opening) => opening.service)).size;
  const map = G.printMap({ box: G.regionBox(), label: G.t("report.map.hub"), avoid: districts.map((d) => d.at),
    over: (px) => [G.districtShape(R.hub, px, { fill: "#c2185b", "fill-opacity": 0.25, stroke: "#c2185b" }), G.mapBadge(R.hub.at, px, "★", "#fff", "#c2185b")] });
  return [
    G.facts([
      [G.t("report.hub"), [G.name(R.hub.name), ` (${G.t(`kind.${R.hub.kind}`)}, ${G.quantity(R.hub.area_m2, "m2")})`]],
      [G.t("report.round"), [G.name(programme.label), ` · ${G.t("report.rules.ceiling", { ceiling: G.money(programme.ceiling_krw), share: G.percent(programme.national_share_max, 0), years: programme.years })}`]],
      [G.t("report.period"), G.t("report.period.text", { from: first, to: first + programme.years - 1, end: first + G.config.months / 12 - 1 })],
      [G.t("money.in"), G.t("report.money.text", { n: count("in_district"), sum: G.money(G.built(inside)), payers: payers(inside) })],
      [G.t("money.out"), G.t("report.money.text", { n: count("diffusion"), sum: G.money(G.built(outside)), payers: payers(outside) })],
      [G.t("report.opex"), G.t("report.opex.text", { sum: G.money(yearly) })],
      [G.t("report.people"), totals.population === null ? G.t("missing") : `${G.number(totals.population)}${G.language === "ko" ? "명" : ""}`],
    ]),
    G.figure(G.t("report.map.hub"), map, G.baseKey({ outline: "#c2185b", label: G.t("report.hub") }), G.credits("boundary", "zones", "streets", "land")),
    G.h("h3", {}, G.t("report.rules")),
    G.table([G.t("report.rule"), G.t("report.found"), G.t("report.required"), G.t("report.outcome")],
      (rules[R.hub.id] ?? []).map((row) => [{ text: G.texts[`rule.${row.rule}`] ? G.t(`rule.${row.rule}`) : row.rule, head: true }, G.name(coded(G.remark(row.found))), G.name(coded(G.remark(row.required))),
        { text: row.binding ? G.t(`outcome.${row.outcome}`) : G.t("outcome.figure"), class: !row.binding ? "" : row.outcome === "not_met" ? "bad" : row.outcome === "unknown" ? "open" : "" }])),
  ];
};

const diagnosis = () => {
  const { totals, diagnosis: maps, sources } = G.config;
  const of = (part, whole) => (part === null || !whole ? null : part / whole);
  const figure = (value, unit) => (value === null ? G.h("em", {}, G.t("missing")) : `${G.number(value)}${G.language === "ko" ? unit : ""}`);
  const share = (value) => (value === null ? G.h("em", {}, G.t("missing")) : G.percent(value));
  return [
    G.facts([
      [G.t("report.area"), `${G.number(totals.cells_km2, 1)} km²`],
      [G.t("layer.population"), figure(totals.population, "명")],
      [G.t("report.households"), figure(totals.households, "가구")],
      [G.t("layer.elderly"), share(of(totals.elderly, totals.population))],
      [G.t("report.youth"), share(of(totals.youth, totals.population))],
      [G.t("layer.jobs"), figure(totals.jobs, "명")],
      [G.t("layer.old_buildings"), share(of(totals.old_buildings, totals.dated))],
      [G.t("report.stops"), figure(totals.transit_stops, "곳")],
    ]),
    G.h("div", { class: "pair" }, maps.map((layer) => {
      const unit = layer.unit === "share" ? "%" : G.t(`unit.${layer.unit}`);
      const labels = layer.breaks.map((value) => (layer.unit === "share" ? G.number(value * 100) : G.number(value)));
      const title = `${G.t(`layer.${layer.key}`)} (${unit})`;
      const map = G.printMap({ box: G.regionBox(), width: 0.5, labels: false, label: title, under: () => G.classes(layer.key, layer.breaks.length + 1), over: (px) => G.hubOutline(px) });
      return G.figure(title, map, G.strip(title, G.ramp(layer.breaks.length + 1), labels), G.credits("counts", "buildings"));
    })),
    G.h("p", { class: "note" }, G.h("b", {}, `${G.t("report.lacking")}: `), G.name(sources.missing.map((item) => G.columnName(item.key)).join(", ") || G.t("data.none")), " ", G.t("report.lacking.where")),
  ];
};
