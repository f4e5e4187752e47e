// The report's third section: the candidates compared, and why the hub was chosen.
"use strict";

const PILLAR_COLOURS = { space: "#1b4f8f", operations: "#6a9fd4", innovation: "#4a7f3a", governance: "#9a6fb0", diffusion: "#c2620c", feasibility: "#8a8f98" };

G.candidatesSection = () => {
  const { districts, criteria, profile } = G.config;
  const score = (d) => d.scores.weighted_sum;
  const order = districts.toSorted((a, b) => (score(a).rank ?? Infinity) - (score(b).rank ?? Infinity) || (score(b).score ?? -1) - (score(a).score ?? -1));
  const ranked = order.filter((d) => score(d).rank);
  const colours = G.ramp(Math.max(2, ranked.length), G.SEQUENTIAL.slice(1)).reverse();
  const fill = (d) => (score(d).rank ? (sizeOf(d, level) ? G.LEVEL : colours[Math.min(score(d).rank, colours.length) - 1]) : d.vetoed ? "url(#hatch)" : "#fff");
  const weights = criteria.map((criterion) => criterion.weight);
  const levelBy = (method) => G.levelWithFirst(districts.map((d) => d.scores[method]), districts.map((d) => d.utilities), weights);
  const level = levelBy("weighted_sum");
  const sizeOf = (d, group) => (group.includes(districts.indexOf(d)) ? group.length : 0);
  const standing = (d) => G.standing(score(d).rank, d.vetoed, sizeOf(d, level));
  const ink = (d) => (score(d).rank && !sizeOf(d, level) && score(d).rank <= colours.length * 0.55 ? "#fff" : "#1d252c");
  const methods = Object.keys(districts[0].scores);
  const byMethod = new Map(methods.map((method) => [method, levelBy(method)]));
  const rankBy = (d, method) => (d.scores[method].rank ? G.standing(d.scores[method].rank, false, sizeOf(d, byMethod.get(method))).sign : "–");
  const span = ({ low, high, score: at }) => (high - low > 5e-4 ? `${G.fixed(low, 3)}–${G.fixed(high, 3)}` : at === null ? "–" : G.t("interval.none"));
  const map = G.printMap({ box: G.regionBox(), label: G.t("report.map.candidates"), avoid: districts.map((d) => d.at),
    over: (px) => [order.map((d) => G.districtShape(d, px, { fill: fill(d), "fill-opacity": 0.75, stroke: d === R.hub ? "#c2185b" : "#2a3640" })),
      order.map((d) => G.mapBadge(d.at, px, standing(d).sign, score(d).rank ? fill(d) : "#fff", ink(d)))] });
  return [
    G.excluded(),
    G.levelNote(level, weights),
    G.h("p", { class: "note strong" }, `${G.t("illustrative")} `, G.name(profile.provenance)),
    G.table([G.t("rank"), G.t("report.candidate"), ...[G.t("score"), G.t("interval"), G.t("report.known"), ...methods.slice(1).map((method) => G.t("report.rank.by", { method: G.t(`method.${method}`) })), G.t("report.first")].map((text) => ({ text, class: "number" }))],
      order.map((d) => [{ text: score(d).rank ? standing(d).sign : standing(d).label, class: d === R.hub ? "hub" : "" },
        { text: [G.name(d.name), G.h("small", {}, `${G.t(`kind.${d.kind}`)} · ${G.quantity(d.area_m2, "m2")}`)], head: true, class: d === R.hub ? "hub" : "" },
        ...[G.fixed(score(d).score, 3), span(score(d)), G.t("report.known.text", G.knownOf(d.utilities, weights)), ...methods.slice(1).map((method) => rankBy(d, method)),
          G.config.robust[d.id] ? G.percent(G.config.robust[d.id].acceptability.profile[0], 0) : "–"].map((text) => ({ text, class: "number" }))]), { class: "ranks" }),
    G.h("p", { class: "note" }, G.t("report.first.note")),
    G.figure(G.t("report.map.candidates"), map, G.strip(G.t("legend.rank", { method: G.t("method.weighted_sum") }), colours.slice(0, ranked.length).map((colour, at) => (at < level.length ? G.LEVEL : colour)), ranked.map((_, at) => (ranked.length <= 12 || at % 5 === 0 ? String(at + 1) : "")),
      order.some((d) => d.vetoed) ? [{ hatch: true, label: G.t("vetoed") }] : []).concat(G.baseKey()), G.credits("boundary", "zones", "streets", "land")),
    G.h("h3", {}, G.t("report.contributions")), stacked(order, score),
    G.h("h3", {}, G.t("report.reasons")), reasons(order, score),
    G.h("h3", {}, G.t("report.values")), values(criteria),
    vetoes(order),
  ];
};

// That the district of the report is excluded, and why; and where every candidate is, that too.
G.excluded = () => {
  if (!R.hub.vetoed) return null;
  const named = (id) => G.both(G.config.vetoes.find((veto) => veto.id === id)?.label ?? id);
  const grounds = R.hub.vetoes.filter((veto) => veto.vetoed).map((veto) => `${named(veto.id)} (${G.remark(veto.found)})`);
  return G.h("p", { class: "note strong excluded", role: "alert" },
    G.h("b", {}, G.t("report.excluded")), " ", G.name(`${G.t("report.excluded.why")}: ${grounds.join("; ") || G.t("missing")}.`),
    G.config.districts.every((district) => district.vetoed) ? ` ${G.t("report.excluded.all")}` : null);
};

// What each criterion adds to a candidate's score, in the order of the criteria.
const shares = (district) => {
  const weights = G.config.criteria.map((criterion) => criterion.weight);
  const total = district.utilities.reduce((sum, utility, j) => sum + (utility === null ? 0 : weights[j]), 0);
  return district.utilities.map((utility, j) => (utility === null || !total ? 0 : (weights[j] / total) * utility));
};

const stacked = (order, score) => {
  const { pillars, criteria } = G.config;
  return [
    G.h("div", { class: "stack", role: "img", "aria-label": G.t("report.contributions") }, order.map((district) => {
      const parts = shares(district);
      return G.h("div", { class: "row" }, G.h("span", { class: "who" }, G.name(district.name)),
        G.h("span", { class: "lane" }, pillars.map((pillar) => {
          const sum = criteria.reduce((total, criterion, j) => total + (criterion.pillar === pillar ? parts[j] : 0), 0);
          return G.h("i", { style: { width: `${sum * 100}%`, background: PILLAR_COLOURS[pillar] } });
        })), G.h("span", { class: "figure" }, G.fixed(score(district).score, 3)));
    })),
    G.h("p", { class: "keys" }, pillars.map((pillar) => G.h("span", {}, G.h("i", { style: { background: PILLAR_COLOURS[pillar] } }), G.t(`pillar.${pillar}`)))),
  ];
};

// The pipeline's sentences: on the hub itself, and on it against the three that come nearest; then how sure its rank is.
const reasons = (order, score) => {
  const others = order.filter((d) => d !== R.hub && score(d).rank).slice(0, 3);
  const told = [R.hub.id, ...others.map((other) => (G.config.reasons[`${R.hub.id}>${other.id}`] ? `${R.hub.id}>${other.id}` : `${other.id}>${R.hub.id}`))];
  const found = G.config.robust[R.hub.id];
  const ranked = Object.keys(G.config.robust).length;
  const label = (id) => G.both(G.config.criteria.find((criterion) => criterion.id === id).label);
  const rival = (id) => G.both(G.config.districts.find((district) => district.id === id).name);
  return G.h("ul", {}, told.filter((key) => G.config.reasons[key]).map((key) => G.h("li", {}, G.name(G.both(G.config.reasons[key]).split(/ (?=값을 모름: |Unknown: )/)[0]))),
    found && ranked === 1 ? G.h("li", {}, G.t("robust.alone")) : found ? [
      G.h("li", {}, found.best === found.worst ? G.t("robust.fixed") : G.t("robust.interval", { best: found.best, worst: found.worst })),
      found.settling ? G.h("li", {}, G.t("robust.settling", { criterion: label(found.settling) })) : null,
      G.h("li", {}, found.least.criterion ? G.name(G.t("robust.least", { criterion: label(found.least.criterion), from: G.percent(found.least.from), to: G.percent(found.least.to), rival: rival(found.least.rival) })) : G.t("robust.never")),
    ] : null);
};

// What a value leaves out or how it was made, but for the estimates that section 9 lists for all.
const remarkOf = (datum) => {
  const listed = new Set((G.config.sources.estimates ?? []).map((item) => G.both(item.note)));
  const own = G.remark(datum.note).split("; ").filter((part) => part && !listed.has(part)).map((part) => G.said(part));
  return [G.remark(datum.source), ...own].filter(Boolean).join(" · ");
};

const values = (criteria) =>
  G.table([G.t("criterion"), { text: G.t("report.value"), class: "number" }, { text: G.t("utility"), class: "number" }, { text: G.t("weight"), class: "number" }, G.t("report.basis")],
    G.config.pillars.flatMap((pillar) => [
      [{ text: G.t(`pillar.${pillar}`), head: true, class: "pillar", span: 5 }],
      ...criteria.map((criterion, j) => ({ criterion, j })).filter(({ criterion }) => criterion.pillar === pillar).map(({ criterion, j }) => {
        const datum = R.hub.values[j];
        const lacking = datum.value === null;
        return [{ text: G.name(criterion.label), head: true }, { text: lacking ? G.h("em", {}, G.t("missing")) : G.quantity(datum.value, criterion.unit), class: "number" },
          { text: lacking ? "–" : G.fixed(R.hub.utilities[j], 2), class: "number" }, { text: G.percent(criterion.weight), class: "number" },
          { text: G.name(lacking ? G.said(G.remark(datum.missing)) : remarkOf(datum)), class: "small" }];
      }),
    ]));

const vetoes = (order) => {
  const found = order.flatMap((district) => district.vetoes.filter((veto) => veto.vetoed !== false).map((veto) => ({ district, veto })));
  if (!found.length) return null;
  const named = (id) => G.config.vetoes.find((veto) => veto.id === id)?.label ?? id;
  return [G.h("h3", {}, G.t("report.vetoes")),
    G.table([G.t("report.candidate"), G.t("report.veto"), G.t("report.outcome"), G.t("report.found")],
      found.map(({ district, veto }) => [{ text: G.name(district.name), head: true }, G.name(named(veto.id)), G.t(veto.vetoed ? "vetoed" : "outcome.unknown"), G.name(G.remark(veto.found))]))];
};
