// The comparison: candidates on the map and in rank order, chosen method, weights and cell layer.
"use strict";

const C = { raw: null, marks: new Map(), shapes: new Map() };

G.open = async (map) => {
  const { districts, criteria } = G.config;
  C.initial = profile().weights.map((weight) => weight * 100);
  const kept = (G.state.w ?? "").split("_").map(Number);
  C.raw = kept.length === criteria.length && kept.every((w) => w >= 0) && kept.some((w) => w > 0) ? kept : [...C.initial];
  C.utilities = districts.map((district) => district.utilities);
  C.reference = districts.map((district) => !district.vetoed);
  G.headButtons = [["table.open", openTable], ["csv", exportRanking]];
  await loadLayers(map);
  drawDistricts(map);
  rescore();
  const asked = districts.findIndex((district) => district.id === G.state.sel);
  C.selected = asked >= 0 ? asked : order()[0];
  for (const [panel, parts] of [["left", ["ranking", "weights", "order", "layers"]], ["right", ["card"]]]) {
    document.getElementById(panel).append(...parts.map((part) => G.h("section", { class: "panel", id: part })));
  }
  G.onRender(drawAll);
};

const method = () => (G.METHODS.includes(G.state.method) ? G.state.method : "weighted_sum");
const profile = () => G.config.profiles.find(({ id }) => id === G.state.profile) ?? G.config.profiles[0];
const weights = () => {
  const sum = C.raw.reduce((a, b) => a + b, 0);
  return C.raw.map((weight) => weight / sum);
};
const changed = () => C.raw.some((weight, j) => Math.abs(weight - C.initial[j]) > 1e-9);
// Whether the weights are others than those of the pipeline, by a slider or by another profile.
const reweighed = () => weights().some((weight, j) => Math.abs(weight - G.config.criteria[j].weight) > 1e-9);

// The numbers of the pipeline by its own weights; scored again here by any others. ``C.sum``: the same by weighted sum.
const rescore = () => {
  const by = (name) => (reweighed() ? G.score(name, C.utilities, weights(), C.reference) : G.config.districts.map((district) => district.scores[name]));
  C.results = by(method());
  C.sum = method() === "weighted_sum" ? C.results : by("weighted_sum");
  C.level = G.levelWithFirst(C.results, C.utilities, weights());
  C.ramp = G.ramp(Math.max(2, rankedCount()), G.SEQUENTIAL.slice(1)).reverse();
  G.redraw();
};

const order = () => {
  const key = (i) => [C.results[i].rank ?? Infinity, -(C.results[i].score ?? -1)];
  return C.results.map((_, i) => i).sort((a, b) => key(a)[0] - key(b)[0] || key(a)[1] - key(b)[1] || a - b);
};

const rankedCount = () => C.results.filter(({ rank }) => rank).length;
const standing = (i) => G.standing(C.results[i].rank, G.config.districts[i].vetoed, C.level.includes(i) ? C.level.length : 0);
const rankColour = (rank) => (rank <= C.level.length ? G.LEVEL : C.ramp[Math.min(rank, C.ramp.length) - 1]);
const colourOf = (i) => (C.results[i].rank ? rankColour(C.results[i].rank) : null);
const inkOn = (hex) => (hex && luminance(hex) < 0.36 ? "#fff" : "#1d252c");
const luminance = (hex) =>
  [1, 3, 5].reduce((sum, at, k) => sum + [0.2126, 0.7152, 0.0722][k] * (parseInt(hex.slice(at, at + 2), 16) / 255) ** 2.2, 0);

const drawAll = () => {
  G.drawRanking();
  G.drawLayers();
  G.drawWeights();
  G.drawCard();
  paintDistricts();
};

const update = () => {
  rescore();
  G.drawRanking();
  G.drawCard();
  paintDistricts();
};

G.select = (i, move) => {
  C.selected = i;
  G.keep({ sel: G.config.districts[i].id });
  drawAll();
  if (move) {
    const box = C.shapes.get(i).getBounds();
    if (!G.map.getBounds().contains(box)) G.map.panInside(box.getCenter(), { padding: [120, 120] });
  }
};

// ---- the map ------------------------------------------------------------------------------------------------------------

const drawDistricts = (map) => {
  G.config.districts.forEach((district, i) => {
    const shape = L.geoJSON(district.geometry, { style: { weight: 2 } }).addTo(map);
    shape.on("click", () => G.select(i));
    shape.bindTooltip(() => tip(i), { sticky: true, direction: "top" });
    C.shapes.set(i, shape);
    const mark = L.marker(G.toLatLng(...district.at), { icon: badge(i), keyboard: false, riseOnHover: true }).addTo(map);
    mark.on("click", () => G.select(i));
    mark.bindTooltip(() => tip(i), { direction: "top", offset: [0, -12] });
    C.marks.set(i, mark);
  });
  const svg = map.getPane("overlayPane").querySelector("svg");
  svg.prepend(hatching());
};

const hatching = () =>
  G.h("defs", {}, G.h("pattern", { id: "hatch", width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    G.h("rect", { width: 7, height: 7, fill: "#ffffff", "fill-opacity": 0.55 }),
    G.h("line", { x1: 0, x2: 0, y1: 0, y2: 7, stroke: "#8c2f2f", "stroke-width": 3 })));

const badge = (i) => {
  const { rank } = C.results?.[i] ?? {};
  const colour = rank ? colourOf(i) : "#fff";
  const chosen = C.selected === i ? " chosen" : G.config.districts[i].id === G.state.with ? " second" : "";
  const { tone, sign } = C.results ? standing(i) : { tone: "", sign: "" };
  const face = G.h("div", { class: `badge${tone}${chosen}`, style: { background: colour, color: inkOn(rank && colour) } }, sign);
  const size = 26 * parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--u"));
  return L.divIcon({ className: "", html: face, iconSize: [size, size] });
};

const tip = (i) => {
  const district = G.config.districts[i];
  const { rank, score } = C.results[i];
  return G.h("div", {}, G.h("b", {}, G.name(short(district.name))),
    G.h("small", {}, `${G.t(`kind.${district.kind}`)} · ${G.quantity(district.area_m2, "m2")}`),
    G.h("div", {}, rank ? `${standing(i).label} · ${G.t("score")} ${G.fixed(score, 3)}` : standing(i).label), G.acceptStrip(district.id));
};

const short = (name, most = 60) => G.cut(name, most);

const paintDistricts = () => {
  G.config.districts.forEach((district, i) => {
    const { rank: ranked, tone } = standing(i);
    C.shapes.get(i).setStyle({
      color: C.selected === i ? "#111820" : district.vetoed ? "#8c2f2f" : "#2a3640",
      weight: C.selected === i ? 3.5 : 1.8,
      dashArray: tone === " unranked" ? "5 4" : null,
      fillColor: ranked ? colourOf(i) : district.vetoed ? "url(#hatch)" : "#ffffff",
      fillOpacity: ranked ? (C.layerKey ? 0.25 : 0.72) : district.vetoed ? 1 : 0.25,
    });
    C.marks.get(i).setIcon(badge(i));
    if (C.selected === i) C.shapes.get(i).bringToFront();
  });
  drawLegend();
};

const drawLegend = () => {
  const set = C.ramp.slice(0, rankedCount()).map((_, k) => rankColour(k + 1));
  // As many labels as stand side by side: every rank, or every fifth, tenth, ...
  const step = [1, 5, 10, 20, 50, 100, 200, 500, 1000].find((apart) => set.length / apart <= 12);
  const labels = set.map((_, k) => (k === 0 || (k + 1) % step === 0 ? String(k + 1) : ""));
  const { districts } = G.config;
  const hatched = [
    districts.some(({ vetoed }) => vetoed) ? { hatch: true, label: G.t("vetoed") } : null,
    districts.some(({ vetoed }, i) => !vetoed && !C.results[i].rank) ? { line: true, colour: "#2a3640", dash: "5 4", label: G.t("unranked") } : null,
  ].filter(Boolean);
  // Over a cell layer the fill is too light to read a rank from: the numbers say it.
  if (C.layerKey) return G.replace(document.getElementById("legend"), G.layerLegend(), G.legend("", hatched).slice(1, 2));
  G.replace(document.getElementById("legend"), set.length ? G.strip(G.t("legend.rank", { method: G.t(`method.${method()}`) }), set, labels, hatched) : G.legend(G.t("rank"), hatched));
};

// ---- ranking ------------------------------------------------------------------------------------------------------------

G.drawRanking = () => {
  const { districts } = G.config;
  const base = districts.map((district) => district.scores[method()].rank);
  const rows = order().map((i) => {
    const { rank, score, low, high } = C.results[i];
    const moved = rank && base[i] ? base[i] - rank : 0;
    const { label, tone, sign } = standing(i);
    return G.h("li", {}, G.h("button", { type: "button", "aria-current": C.selected === i ? "true" : null, "data-id": districts[i].id, onclick: () => G.select(i, true) },
      G.h("span", { class: `badge${tone}`, style: { background: rank ? colourOf(i) : "#fff", color: inkOn(rank && colourOf(i)) }, "aria-label": label }, sign),
      G.h("span", { class: "who" }, G.h("span", { class: "name", title: G.both(districts[i].name) }, G.name(districts[i].name)),
        G.h("small", {}, G.t(`kind.${districts[i].kind}`), rank ? null : ` · ${label}`,
          moved ? G.h("b", { class: moved > 0 ? "up" : "down" }, ` ${moved > 0 ? "▲" : "▼"}${Math.abs(moved)}`) : null),
        districts[i].utilities.includes(null) ? G.h("small", { class: "known" }, G.t("known.short", G.knownOf(districts[i].utilities, weights()))) : null),
      G.h("span", { class: "how" }, G.h("span", { class: "figure" }, G.fixed(score, 3)), G.bar(score, low, high), G.acceptStrip(districts[i].id))));
  });
  const picker = G.picker("method", G.t("method"), G.METHODS.map((name) => [name, G.t(`method.${name}`)]), method(), (value) => {
    G.keep({ method: value });
    update();
  });
  const profiles = G.picker("profile", G.t("profile"), G.config.profiles.map(({ id, label }) => [id, G.both(label)]), profile().id, (value) => {
    G.keep({ profile: value, w: "" });
    C.raw = C.initial = profile().weights.map((weight) => weight * 100);
    drawAll(rescore());
  });
  const lacking = districts.some((district) => district.utilities.includes(null));
  G.replace(document.getElementById("ranking"), G.h("h2", {}, G.t("ranking")), picker, profiles,
    G.h("p", { class: "note strong" }, G.t("illustrative"), changed() ? G.h("small", {}, G.t("weights.moved")) : null));
  G.replace(document.getElementById("order"),
    districts.every(({ vetoed }) => vetoed) && G.h("p", { class: "note strong" }, G.t("vetoed.all")),
    G.levelNote(C.level, weights()),
    G.h("ol", { class: "ranking" }, rows),
    G.h("p", { class: "note" }, lacking ? `${G.t("interval.note")} ` : null, G.t("robust.strip")));
};

// A score on 0 to 1 with the span of what is not known.
G.bar = (score, low, high) =>
  G.h("span", { class: "bar", "aria-hidden": "true" },
    score === null ? null : G.h("span", { class: "fill", style: { width: `${score * 100}%` } }),
    high - low > 5e-4 ? G.h("span", { class: "span", style: { left: `${low * 100}%`, width: `${(high - low) * 100}%` } }) : null);

// ---- table and file -----------------------------------------------------------------------------------------------------

const openTable = () => {
  C.openTable ??= G.dialog("table", "table.title", () => {
    const { criteria, districts } = G.config;
    const shown = order();
    const weight = weights();
    const head = [G.t("criterion"), G.t("unit"), { text: G.t("weight"), class: "number" },
      ...shown.map((i) => ({ text: [G.h("b", {}, `${standing(i).sign} `), G.name(short(districts[i].name))], title: G.both(districts[i].name) }))];
    const rows = [];
    for (const pillar of G.config.pillars) {
      rows.push([{ text: G.t(`pillar.${pillar}`), head: true, class: "pillar", span: 3 + shown.length }]);
      criteria.forEach((criterion, j) => {
        if (criterion.pillar !== pillar) return;
        rows.push([{ text: G.name(G.both(criterion.label)), head: true, title: G.remark(criterion.source) }, G.unit(criterion.unit) || "–", { text: G.percent(weight[j]), class: "number" },
          ...shown.map((i) => {
            const { value, missing } = districts[i].values[j];
            const utility = districts[i].utilities[j];
            if (value === null) return { text: G.t("missing"), class: "number lacking", title: G.remark(missing) };
            return { text: [G.quantityShort(value, criterion.unit), G.h("small", {}, `${G.t("utility")} ${G.fixed(utility, 2)}`)], class: "number" };
          })]);
      });
    }
    rows.push([{ text: G.t("score"), head: true }, "0–1", "", ...shown.map((i) => ({ text: G.fixed(C.results[i].score, 3), class: "number" }))].map((cell) => (typeof cell === "string" ? { text: cell, class: "totalcell" } : { ...cell, class: `${cell.class ?? ""} totalcell` })));
    return [G.h("p", { class: "note" }, `${G.t("illustrative")} ${G.t("table.note")}`), G.table(head, rows, { class: "wide criteria" })];
  });
  C.openTable();
};

// In a table that names the unit: the figure alone.
G.quantityShort = (value, unit) => (["share", "m2", "KRW", YES_NO].includes(unit) ? G.quantity(value, unit) : G.measure(value));

G.rankingRows = () => {
  const { districts, criteria } = G.config;
  const weight = weights();
  return [
    ["rank", "district_id", "name", "kind", "vetoed", "profile", "method", "score", "score_low", "score_high", "level_with", ...criteria.map((c) => `${c.id} [${c.unit}]`)],
    ["", "", "weights", "", "", "", "", "", "", "", "", ...weight],
    ...order().map((i) => {
      const { rank, score, low, high } = C.results[i];
      const d = districts[i];
      return [rank, d.id, G.asWritten(d.name), d.kind, String(d.vetoed), `${profile().id}${changed() ? "*" : ""}`, method(), score, low, high, C.level.includes(i) ? G.levelOthers(C.level, i).map((k) => districts[k].id).join(";") : "", ...d.values.map((v) => v.value)];
    }),
  ];
};

const exportRanking = () => G.download(`${G.config.region.id}-ranking.csv`, G.csv(G.rankingRows()));
