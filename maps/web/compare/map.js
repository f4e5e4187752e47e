// Candidates on the map, and its legend.

import { bdi, h, replaceParts } from "../lib/dom.js";
import { formatFixed, formatQuantity } from "../lib/format.js";
import { emit, page } from "../lib/page.js";
import { t } from "../lib/texts.js";
import { toLatLng } from "../map/canvas.js";
import { makeLegend, makeStrip } from "../ui/legend.js";
import { layerLegend } from "./celllayers.js";
import { acceptStrip } from "./robustness.js";
import { colourOf, inkOn, method, rankColour, rankedCount, short, standing, store } from "./store.js";

export const drawDistricts = (map) => {
  page.config.districts.forEach((district, i) => {
    const shape = L.geoJSON(district.geometry, { style: { weight: 2 } }).addTo(map);
    shape.on("click", () => emit("select", i));
    shape.bindTooltip(() => tip(i), { sticky: true, direction: "top" });
    store.shapes.set(i, shape);
    const mark = L.marker(toLatLng(...district.at), { icon: badge(i), keyboard: false, riseOnHover: true }).addTo(map);
    mark.on("click", () => emit("select", i));
    mark.bindTooltip(() => tip(i), { direction: "top", offset: [0, -12] });
    store.marks.set(i, mark);
  });
  const svg = map.getPane("overlayPane").querySelector("svg");
  svg.prepend(hatching());
};

const hatching = () =>
  h(
    "defs",
    {},
    h(
      "pattern",
      { id: "hatch", width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      h("rect", { width: 7, height: 7, fill: "#ffffff", "fill-opacity": 0.55 }),
      h("line", { x1: 0, x2: 0, y1: 0, y2: 7, stroke: "#8c2f2f", "stroke-width": 3 }),
    ),
  );

const badge = (i) => {
  const { rank } = store.results?.[i] ?? {};
  const colour = rank ? colourOf(i) : "#fff";
  const chosen = store.selected === i ? " chosen" : page.config.districts[i].id === page.state.with ? " second" : "";
  const { tone, sign } = store.results ? standing(i) : { tone: "", sign: "" };
  const face = h(
    "div",
    { class: `badge${tone}${chosen}`, style: { background: colour, color: inkOn(rank && colour) } },
    sign,
  );
  const size = 26 * parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--u"));
  return L.divIcon({ className: "", html: face, iconSize: [size, size] });
};

const tip = (i) => {
  const district = page.config.districts[i];
  const { rank, score } = store.results[i];
  return h(
    "div",
    {},
    h("b", {}, bdi(short(district.name))),
    h("small", {}, `${t(`kind.${district.kind}`)} · ${formatQuantity(district.area_m2, "m2")}`),
    h("div", {}, rank ? `${standing(i).label} · ${t("score")} ${formatFixed(score, 3)}` : standing(i).label),
    acceptStrip(district.id),
  );
};

export const paintDistricts = () => {
  page.config.districts.forEach((district, i) => {
    const { rank: ranked, tone } = standing(i);
    store.shapes.get(i).setStyle({
      color: store.selected === i ? "#111820" : district.vetoed ? "#8c2f2f" : "#2a3640",
      weight: store.selected === i ? 3.5 : 1.8,
      dashArray: tone === " unranked" ? "5 4" : null,
      fillColor: ranked ? colourOf(i) : district.vetoed ? "url(#hatch)" : "#ffffff",
      fillOpacity: ranked ? (store.layerKey ? 0.25 : 0.72) : district.vetoed ? 1 : 0.25,
    });
    store.marks.get(i).setIcon(badge(i));
    if (store.selected === i) store.shapes.get(i).bringToFront();
  });
  drawLegend();
};

const drawLegend = () => {
  const set = store.ramp.slice(0, rankedCount()).map((_, k) => rankColour(k + 1));
  // As many labels as stand side by side: every rank, or every fifth, tenth, ...
  const step = [1, 5, 10, 20, 50, 100, 200, 500, 1000].find((apart) => set.length / apart <= 12);
  const labels = set.map((_, k) => (k === 0 || (k + 1) % step === 0 ? String(k + 1) : ""));
  const { districts } = page.config;
  const hatched = [
    districts.some(({ vetoed }) => vetoed) ? { hatch: true, label: t("vetoed") } : null,
    districts.some(({ vetoed }, i) => !vetoed && !store.results[i].rank)
      ? { line: true, colour: "#2a3640", dash: "5 4", label: t("unranked") }
      : null,
  ].filter(Boolean);
  // Over a cell layer the fill is too light to read a rank from: the numbers say it.
  if (store.layerKey)
    return replaceParts(document.getElementById("legend"), layerLegend(), makeLegend("", hatched).slice(1, 2));
  replaceParts(
    document.getElementById("legend"),
    set.length
      ? makeStrip(t("legend.rank", { method: t(`method.${method()}`) }), set, labels, hatched)
      : makeLegend(t("rank"), hatched),
  );
};
