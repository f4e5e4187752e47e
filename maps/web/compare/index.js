// The comparison: candidates on the map and in rank order, chosen method, weights and cell layer.

import { h } from "../lib/dom.js";
import { formatSigned } from "../lib/format.js";
import { keepState, on, onRender, page, render } from "../lib/page.js";
import { toLatLng } from "../map/canvas.js";
import { cellUnder } from "../map/cells.js";
import { SEQUENTIAL, ramp } from "../map/palette.js";
import { levelWithFirst } from "../rank/level.js";
import { METHODS, scoreAll } from "../rank/score.js";
import { smaa } from "../rank/smaa.js";
import { openData } from "../ui/sources.js";
import { showParts } from "../ui/begin.js";
import { whenMapStands } from "../ui/start.js";
import { drawCard, drawRobustness } from "./card.js";
import { drawLayers, loadLayers } from "./celllayers.js";
import { drawDistricts, paintDistricts } from "./map.js";
import { drawRanking } from "./ranking.js";
import { areaTip, whyClosed } from "./search.js";
import { TURN_MS, drawing, redrawShares } from "./shares.js";
import { C, method, order, profile, rankedCount, reweighed, weights } from "./store.js";
import { exportRanking, openTable } from "./table.js";
import { drawWeights } from "./weights.js";
import "../ui/print.js";

const openComparison = async (map) => {
  const { districts, criteria } = page.config;
  C.initial = profile().weights.map((weight) => weight * 100);
  const kept = (page.state.w ?? "").split("_").map(Number);
  C.raw =
    kept.length === criteria.length && kept.every((w) => w >= 0) && kept.some((w) => w > 0) ? kept : [...C.initial];
  C.utilities = districts.map((district) => district.utilities);
  C.reference = districts.map((district) => !district.vetoed);
  page.headButtons = [
    ["table.open", openTable],
    ["csv", exportRanking],
  ];
  await loadLayers(map);
  drawDistricts(map);
  rescore();
  const asked = districts.findIndex((district) => district.id === page.state.sel);
  C.selected = asked >= 0 ? asked : order()[0];
  const panels = { left: ["ranking", "weights", "order", "layers"], right: ["card"] };
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

// The numbers of the pipeline by its own weights; scored again here by any others. ``C.sum``: the same by weighted sum.
const rescore = () => {
  const by = (name) =>
    reweighed()
      ? scoreAll(name, C.utilities, weights(), C.reference)
      : page.config.districts.map((district) => district.scores[name]);
  C.results = by(method());
  C.sum = method() === "weighted_sum" ? C.results : by("weighted_sum");
  C.level = levelWithFirst(C.results, C.utilities, weights());
  C.ramp = ramp(Math.max(2, rankedCount()), SEQUENTIAL.slice(1)).reverse();
  redrawShares();
};

const drawAll = () => {
  drawRanking();
  drawLayers();
  drawWeights();
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
  C.selected = i;
  keepState({ sel: page.config.districts[i].id });
  drawAll();
  if (move) {
    const box = C.shapes.get(i).getBounds();
    if (!page.map.getBounds().contains(box)) page.map.panInside(box.getCenter(), { padding: [120, 120] });
  }
};

showParts(C, {
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
