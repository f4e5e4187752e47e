// The comparison: candidates on the map and in rank order, chosen method, weights and cell layer.

import { h } from "../lib/dom.js";
import { formatSigned } from "../lib/format.js";
import { keepState, on, onRender, page, render } from "../lib/page.js";
import { toLatLng } from "../map/canvas.js";
import { cellUnder } from "../map/cells.js";
import { SEQUENTIAL, ramp } from "../map/palette.js";
import { scene } from "../map/scene.js";
import { home } from "../map/view.js";
import { levelWithFirst } from "../rank/level.js";
import { METHODS, scoreAll } from "../rank/score.js";
import { smaa } from "../rank/smaa.js";
import { showParts } from "../ui/begin.js";
import { openData } from "../ui/sources.js";
import { whenMapStands } from "../ui/start.js";
import { drawCard, drawRobustness } from "./card.js";
import { drawLayers, loadLayers } from "./celllayers.js";
import { drawDistricts, paintDistricts } from "./map.js";
import { drawPoints } from "./points.js";
import { drawRanking } from "./ranking.js";
import { areaTip, whyClosed } from "./search.js";
import { TURN_MS, drawing, redrawShares } from "./shares.js";
import { method, order, profile, rankedCount, reweighed, store, weights } from "./store.js";
import { exportRanking, openTable } from "./table.js";
import { drawWeights } from "./weights.js";
import "../ui/print.js";

const openComparison = async (map) => {
  const { districts, criteria } = page.config;
  store.initial = profile().weights.map((weight) => weight * 100);
  const kept = (page.state.w ?? "").split("_").map(Number);
  store.raw =
    kept.length === criteria.length && kept.every((w) => w >= 0) && kept.some((w) => w > 0) ? kept : [...store.initial];
  store.utilities = districts.map((district) => district.utilities);
  store.reference = districts.map((district) => !district.vetoed);
  page.headButtons = [
    ["table.open", openTable],
    ["csv", exportRanking],
  ];
  await loadLayers(map);
  drawDistricts(map);
  rescore();
  const asked = districts.findIndex((district) => district.id === page.state.sel);
  store.selected = asked >= 0 ? asked : order()[0];
  const panels = { left: ["ranking", "weights", "points", "order", "layers"], right: ["card"] };
  for (const [panel, parts] of Object.entries(panels)) {
    document.getElementById(panel).append(...parts.map((part) => h("section", { class: "panel", id: part })));
  }
  onRender(drawAll);
};

on("select", (i, move) => selectDistrict(i, move));

on("all", () => drawAll());

on("scores", () => update());

on("profile", () => {
  rescore();
  drawAll();
});

on("pair", () => paintDistricts());

on("weighting", () => {
  redrawShares();
  drawShares();
});

on("shares", () => drawShares());

const drawShares = () => {
  drawRanking();
  drawRobustness();
};

// The numbers of the pipeline by its own weights; scored again here by any others. ``store.sum``: the same by weighted sum.
const rescore = () => {
  const by = (name) =>
    reweighed()
      ? scoreAll(name, store.utilities, weights(), store.reference)
      : page.config.districts.map((district) => district.scores[name]);
  store.results = by(method());
  store.sum = method() === "weighted_sum" ? store.results : by("weighted_sum");
  store.level = levelWithFirst(store.results, store.utilities, weights());
  store.ramp = ramp(Math.max(2, rankedCount()), SEQUENTIAL.slice(1)).reverse();
  redrawShares();
};

const drawAll = () => {
  drawRanking();
  drawLayers();
  drawWeights();
  drawPoints();
  drawCard();
  paintDistricts();
};

const update = () => {
  rescore();
  drawRanking();
  drawCard();
  paintDistricts();
};

const selectDistrict = (i, move) => {
  store.selected = i;
  keepState({ sel: page.config.districts[i].id });
  drawAll();
  if (move) {
    const box = store.shapes.get(i).getBounds();
    if (!scene.map.getBounds().contains(box)) scene.map.panInside(box.getCenter(), { padding: [120, 120] });
  }
};

showParts(store, {
  home,
  scene,
  METHODS,
  TURN_MS,
  toLatLng,
  whyClosed,
  areaTip,
  cellUnder,
  drawing,
  openData,
  render,
  score: scoreAll,
  signed: formatSigned,
  smaa,
  weights,
});

whenMapStands(openComparison);
