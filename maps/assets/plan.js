// The plan: openings on the map from their date on, their list, and money by year and payer.
"use strict";

const PLAN = { marks: new Map() };

// Openings of a scenario (the first one shown where none is named) and of the service shown.
G.plan = (scenario = D.scenario) => G.config.openings[scenario].filter((opening) => opening.service === G.config.services[D.service].id);

G.drawOpenings = () => {
  const all = D.scenarios.flatMap((k) => G.plan(k));
  const open = all.filter((opening) => opening.month <= D.month);
  drawSites();
  const line = (opening) => {
    const waits = opening.works === null ? G.t("openings.never") : opening.works > opening.month ? G.t("openings.works", { date: G.date(opening.works) }) : null;
    const zone = G.config.zones[opening.zone];
    return G.h("li", { class: opening.month <= D.month ? "done" : "" },
      G.h("span", { class: "when" }, G.date(opening.month)),
      G.h("span", {}, G.h("i", { class: `site ${siteClass(opening, opening.month <= D.month)}`, "aria-hidden": "true" }), zone ? G.name(clipped(zone.label), zone.name) : "", ` · ${units(opening)}`,
        waits ? G.h("small", {}, waits) : null));
  };
  const key = `${D.scenarios.join("+")}/${D.service}/${G.language}/${open.length}/${all.filter((o) => o.works !== null && o.works <= D.month).length}`;
  if (PLAN.drawn === key) return;
  PLAN.drawn = key;
  const lists = D.scenarios.map((k) => [heading(k), G.plan(k).length ? G.h("ol", { class: "openings" }, gathered(G.plan(k)).map(line)) : G.h("p", { class: "note" }, G.t("openings.none"))]);
  G.replace(document.getElementById("openings"), G.h("h2", {}, G.t("openings.title"), G.h("span", { class: "count" }, G.t("openings.count", { done: open.length, all: all.length }))),
    lists,
    G.h("p", { class: "note" }, G.name(G.both(G.config.plan))));
};

// Which hub a list is of, where two are shown.
const heading = (k) => D.scenarios.length > 1 && G.h("h3", {}, G.name(clipped(G.config.scenarios[k].name, 40)));

// Openings of one month and zone as one line.
const gathered = (openings) => {
  const groups = new Map();
  for (const opening of openings) {
    const key = `${opening.month}/${opening.part}/${opening.zone}/${opening.works}`;
    const group = groups.get(key);
    if (group) group.units += opening.units;
    else groups.set(key, { ...opening });
  }
  return [...groups.values()];
};

const units = (opening) => G.units(opening.units, G.both(G.config.built[opening.service].unit));

const siteClass = (opening, open) => (!open ? "later" : opening.works === null || opening.works > D.month ? "waiting" : opening.part === "in_district" ? "inside" : "outside");

// Marks of openings up to the month shown. The second plan's are ringed, or kept to their side of the swipe bar.
const drawSites = () => {
  const wanted = new Map(D.scenarios.flatMap((k, which) => G.plan(k).filter((opening) => opening.month <= D.month)
    .map((opening) => [opening, { which, kind: `${siteClass(opening, true)}${which && D.mode !== "swipe" ? " second" : ""}` }])));
  for (const [opening, { mark, kind, which }] of PLAN.marks) {
    const now = wanted.get(opening);
    if (now?.kind === kind && now.which === which) wanted.delete(opening);
    else {
      mark.remove();
      PLAN.marks.delete(opening);
    }
  }
  for (const [opening, { kind, which }] of wanted) {
    const icon = L.divIcon({ className: "mark", html: G.h("i", { class: `site ${kind}` }), iconSize: [18, 18] });
    const mark = L.marker(G.toLatLng(...opening.at), { icon, keyboard: false, pane: `sites-${which}` }).addTo(G.map);
    mark.bindTooltip(() => siteTip(opening), { direction: "top", offset: [0, -6] });
    PLAN.marks.set(opening, { mark, kind, which });
  }
};

// Panes of the marks: one for each side of the swipe bar, cut at it; marks are smaller where the map shows more.
G.layMarks = (map) => {
  for (const which of [0, 1]) map.createPane(`sites-${which}`).style.zIndex = 600 - which;
  const size = () => {
    const small = parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--small"));
    PLAN.px = (Math.min(12, Math.max(7, 10 + 1.5 * (map.getZoom() - 12.5))) * small) / 11.5;
    map.getContainer().style.setProperty("--site", `${PLAN.px}px`);
  };
  size();
  map.on("zoomend", size);
  map.on("move zoomend resize", G.cutMarks);
};

G.cutMarks = () => {
  const size = G.map.getSize();
  const from = G.map.containerPointToLayerPoint([0, 0]), to = from.add(size);
  const edge = from.x + D.split * size.x;
  [[from.x, edge], [edge, to.x]].forEach(([left, right], which) => {
    G.map.getPane(`sites-${which}`).style.clipPath = D.mode !== "swipe" ? ""
      : `polygon(${[[left, from.y], [right, from.y], [right, to.y], [left, to.y]].map(([x, y]) => `${x}px ${y}px`).join(", ")})`;
  });
};

// Where marks are or will be, so that names of zones keep clear of them whatever the month.
G.marked = () => (G.config.services.length ? (D.scenarios ?? []) : []).flatMap((k) => G.plan(k).map((opening) => opening.at));

// What the marks on the map mean.
G.markKey = () => {
  const all = D.scenarios.flatMap((k) => G.plan(k));
  const kinds = [["inside", all.some((o) => o.part === "in_district")], ["outside", all.some((o) => o.part !== "in_district")],
    ["waiting", all.some((o) => o.works === null || o.works > o.month)]].filter(([, is]) => is).map(([kind]) => [kind, G.t(`legend.${kind}`)]);
  if (D.mode === "difference") kinds.push(["outside second", G.t("legend.second", { name: clipped(G.config.scenarios[D.second].name) })]);
  return kinds.length > 0 && G.h("ul", { class: "marks" }, kinds.map(([kind, label]) => G.h("li", {}, G.h("i", { class: `site ${kind}`, "aria-hidden": "true" }), G.h("span", {}, G.name(label)))));
};

const siteTip = (opening) => {
  const payers = ["national", "local", "private"].filter((payer) => opening[`${payer}_krw`] > 0).map((payer) => `${G.t(`money.${payer}`)} ${G.money(opening[`${payer}_krw`])}`);
  const zone = G.config.zones[opening.zone];
  return G.h("div", {}, G.h("b", {}, G.name(G.both(G.config.built[opening.service].name))),
    G.h("div", {}, `${G.date(opening.month)} · ${units(opening)}`), zone ? G.h("div", {}, G.name(clipped(zone.name))) : null,
    G.h("div", {}, `${G.money(opening.capex_krw)}${payers.length ? ` (${payers.join(", ")})` : ""}`),
    opening.works === null ? G.h("small", {}, G.t("openings.never")) : opening.works > opening.month ? G.h("small", {}, G.t("openings.works", { date: G.date(opening.works) })) : null);
};

// ---- money --------------------------------------------------------------------------------------------------------------

G.drawMoney = () => {
  G.replace(document.getElementById("money"), G.h("h2", {}, G.t("money.title")), D.scenarios.map((k) => [heading(k), moneyOf(k)]),
    G.h("p", { class: "note" }, `${G.t("money.unit", { unit: G.t("unit.money") })} · ${G.t("money.note")}`));
};

const moneyOf = (k) => {
  const { money, programme } = G.config;
  const rows = money[k];
  const scale = G.language === "ko" ? 1e8 : 1e9;
  const figure = (krw, strong) => ({ text: krw ? G.number(krw / scale, G.language === "ko" ? 1 : 2) : "–", class: `number${strong ? " strong" : ""}` });
  const cells = (row) => {
    const built = row.national_krw + row.local_krw + row.private_krw;
    return [figure(row.national_krw), figure(row.local_krw), figure(row.private_krw), figure(built, true), figure(row.opex_krw)];
  };
  const sum = (list) => list.reduce((total, row) => {
    for (const key of ["national_krw", "local_krw", "private_krw", "opex_krw"]) total[key] += row[key];
    return total;
  }, { national_krw: 0, local_krw: 0, private_krw: 0, opex_krw: 0 });
  const parts = ["in_district", "diffusion"].flatMap((part) => {
    const mine = rows.filter((row) => row.part === part);
    if (!mine.length) return [];
    const title = G.t(part === "in_district" ? "money.in" : "money.out");
    return [
      [{ text: title, head: true, class: "pillar", span: 6 }],
      ...mine.map((row) => [{ text: String(row.year), head: true }, ...cells(row)]),
      [{ text: G.t("money.total"), head: true, class: "strong" }, ...cells(sum(mine)).map((cell) => ({ ...cell, class: "number strong" }))],
    ];
  });
  const inside = sum(rows.filter((row) => row.part === "in_district"));
  const publicMoney = inside.national_krw + inside.local_krw;
  return [
    G.h("p", { class: "note" }, G.t("money.ceiling", {
      spent: G.money(publicMoney), ceiling: G.money(programme.ceiling_krw),
      share: publicMoney ? G.percent(inside.national_krw / publicMoney, 0) : "–", max: G.percent(programme.national_share_max, 0) })),
    G.table([G.t("money.year"), ...["national", "local", "private", "total", "opex"].map((key) => ({ text: G.t(`money.${key}`), class: "number" }))], parts, { class: "money" })];
};
