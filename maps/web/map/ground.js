// The ground under every map: the light backdrop, and zones with their labels.

import { readBlob } from "../lib/data.js";
import { page } from "../lib/page.js";
import { CanvasLayer, decodePath, toLatLng } from "./canvas.js";
import { layGrid } from "./cells.js";
import { STYLE } from "./palette.js";
import { scene } from "./scene.js";
import { followView } from "./view.js";

const PANES = { land: 210, cells: 310, lines: 330, labels: 450 };

let labels = null;

// After what labels keep clear of has moved.
export const relabel = () => labels?.paint();

export const layGround = async (map) => {
  const { bounds, zones } = page.config;
  map.options.maxZoom = 18;
  for (const [pane, z] of Object.entries(PANES)) {
    map.createPane(pane).style.zIndex = z;
    map.getPane(pane).style.pointerEvents = "none";
  }
  followView(map, L.latLngBounds(toLatLng(bounds[0], bounds[1]), toLatLng(bounds[2], bounds[3])));
  const paths = { zones: decodePath(await readBlob("zones")) };
  for (const layer of Object.keys(STYLE)) {
    const bytes = await readBlob(`backdrop-${layer}`);
    if (bytes) paths[layer] = decodePath(bytes);
  }
  const layer = (names, pane) => new CanvasLayer(drawBackdrop(map, paths, names), { pane });
  scene.backdrop = [
    layer(["green", "industrial", "water"], "land"),
    layer(["street_minor", "street_major", "rail", "zones", "boundary"], "lines"),
  ];
  scene.backdrop.forEach((each) => each.addTo(map));
  const named = zones.filter((zone) => zone.labelled).sort((a, b) => b.weight - a.weight);
  if (named.length) labels = new CanvasLayer(drawLabels(map, named), { pane: "labels" }).addTo(map);
  await layGrid();
};

// How zones are drawn: darker where they have names.
const zoneStyle = () => ({
  line: page.config.zones.some((zone) => zone.labelled) ? "#6b7580" : "#b4bbc1",
  width: 0.9,
  dash: [4, 3],
});

const drawBackdrop = (map, paths, layers) => (context, frame) => {
  const { origin } = page.config;
  const { scale } = frame;
  const zoom = map.getZoom();
  // Wider strokes close up, thinner from afar.
  const thick = Math.min(2.2, Math.max(0.55, 2 ** ((zoom - 12.5) / 2.5)));
  context.save();
  context.transform(scale, 0, 0, -scale, (origin[0] - frame.x) * scale, (frame.y - origin[1]) * scale);
  context.lineJoin = "round";
  for (const layer of layers) {
    const path = paths[layer];
    const style = layer === "zones" ? zoneStyle() : STYLE[layer];
    // Over base tiles, which have their own land and streets, only borders are drawn.
    const covered = scene.tilesOn && layer !== "zones" && layer !== "boundary";
    if (!path || covered || zoom < (style.fromZoom ?? 0)) continue;
    if (style.fill) {
      context.fillStyle = style.fill;
      context.fill(path);
    } else {
      context.strokeStyle = style.line;
      context.lineWidth = (style.width * (layer === "zones" ? 1 : thick)) / scale;
      context.setLineDash((style.dash ?? []).map((length) => length / scale));
      context.stroke(path);
    }
  }
  context.restore();
};

// Names of zones, the most peopled first: each label keeps clear of those drawn before it, of what lies over the map
// (legend, buttons, marks), and of the map's edge; where its place is taken it moves up or down a little.
const drawLabels = (map, zones) => (context, frame) => {
  const size = map.getSize();
  const left = (frame.width - size.x) / 2,
    top = (frame.height - size.y) / 2;
  const stage = map.getContainer().getBoundingClientRect();
  const covers = [
    ...document.querySelectorAll(
      "#stage .legend, #stage .zoom, #stage .tiles, #stage .credit, .leaflet-control, .swipe-names span",
    ),
  ];
  const taken = covers
    .map((element) => element.getBoundingClientRect())
    .filter((box) => box.width)
    .map((box) => ({
      x: left + (box.left + box.right) / 2 - stage.left,
      y: top + (box.top + box.bottom) / 2 - stage.top,
      wide: box.width / 2,
      high: box.height / 2,
    }));
  const on = ([x, y]) => ({ x: (x - frame.x) * frame.scale, y: (frame.y - y) * frame.scale });
  for (const district of page.config.districts ?? []) taken.push({ ...on(district.at), wide: 16, high: 16 });
  for (const place of scene.marked()) taken.push({ ...on(place), wide: 7, high: 7 });
  const px = parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--small")) || 12;
  context.font = `500 ${px + 0.5}px ${getComputedStyle(document.body).fontFamily}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  const high = px * 0.7;
  for (const zone of zones) {
    const text = zone.label.length > 24 ? `${zone.label.slice(0, 23)}…` : zone.label;
    const at = on(zone.at);
    const wide = context.measureText(text).width / 2 + 3;
    const free = ({ x, y }) =>
      x - wide > left &&
      x + wide < left + size.x &&
      y - high > top &&
      y + high < top + size.y &&
      taken.every((box) => Math.abs(box.x - x) > box.wide + wide || Math.abs(box.y - y) > box.high + high);
    const place = [0, 1.2, -1.2, 2.2, -2.2].map((lines) => ({ x: at.x, y: at.y + lines * px })).find(free);
    if (!place) continue;
    taken.push({ ...place, wide, high });
    context.strokeStyle = "rgba(255,255,255,0.9)";
    context.lineWidth = 3;
    context.strokeText(text, place.x, place.y);
    context.fillStyle = "#3d4650";
    context.fillText(text, place.x, place.y);
  }
};
