// The ground under every map: the light backdrop, zones with labels, and the view of the whole region.

import { readBlob } from "../lib/data.js";
import { keepState, page } from "../lib/page.js";
import { CanvasLayer, decodePath, toLatLng } from "./canvas.js";
import { layGrid } from "./cells.js";
import { STYLE } from "./palette.js";

// Padding that keeps the region clear of the legend in the bottom left corner: above it or beside it, whichever shows
// the region larger; none where the legend stands below the map.
const besideLegend = (map, box) => {
  const stage = map.getContainer().getBoundingClientRect();
  const legend = document.getElementById("legend")?.getBoundingClientRect();
  const plain = { corner: L.point(12, 12), opposite: L.point(12, 30) };
  if (!legend?.height || legend.top >= stage.bottom - 1) return plain;
  const above = { corner: plain.corner, opposite: L.point(12, stage.bottom - legend.top + 8) };
  const right = { corner: L.point(legend.right - stage.left + 8, 12), opposite: plain.opposite };
  const fits = ({ corner, opposite }) => {
    const room = map.getSize().subtract(corner).subtract(opposite);
    return room.x > 0 && room.y > 0 ? map.getBoundsZoom(box, false, corner.add(opposite)) : -Infinity;
  };
  const best = fits(right) > fits(above) ? right : above;
  return fits(best) > -Infinity ? best : plain;
};

export const layGround = async (map) => {
  const { bounds, origin, zones } = page.config;
  map.options.maxZoom = 18;
  for (const [pane, z] of [
    ["land", 210],
    ["cells", 310],
    ["lines", 330],
    ["labels", 450],
  ]) {
    map.createPane(pane).style.zIndex = z;
    map.getPane(pane).style.pointerEvents = "none";
  }
  const box = L.latLngBounds(toLatLng(bounds[0], bounds[1]), toLatLng(bounds[2], bounds[3]));
  // Whether the whole region is shown as page.home last laid it out, and nobody has moved the map since.
  let whole = false,
    moving = false;
  const printing = matchMedia("print"); // paper gets the map as it stood (print.js)
  page.home = () => {
    if (printing.matches) return;
    moving = true;
    map.invalidateSize({ animate: false });
    const size = map.getSize();
    if (size.x >= 60 && size.y >= 60) {
      map.setMaxBounds(null);
      map.setMinZoom(0);
      const { corner, opposite } = besideLegend(map, box);
      map.fitBounds(box, { animate: false, paddingTopLeft: corner, paddingBottomRight: opposite });
      map.setMinZoom(Math.floor(map.getZoom()) - 1);
      map.setMaxBounds(map.getBounds().extend(box).pad(0.6));
      whole = true;
    }
    moving = false;
    if (document.documentElement.dataset.ready) keepState({ at: "" });
  };
  map.on("movestart zoomstart", () => moving || (whole = false));
  // The part somebody looks at goes into the address; the whole region needs no word there.
  map.on("moveend", () => {
    const { lat, lng } = map.getCenter();
    if (!moving) keepState({ at: whole ? "" : [lat.toFixed(5), lng.toFixed(5), map.getZoom()].join("_") });
  });
  // After what lies over the map has changed its size: the region is laid out anew, unless somebody looks at a part.
  page.settle = () => whole && page.home();
  let drawn = false;
  const asked = (page.state.at ?? "").split("_").map(Number);
  page.look = () => {
    if (asked.length !== 3 || !asked.every(Number.isFinite) || !box.pad(0.6).contains(asked.slice(0, 2))) return;
    map.setView(asked.slice(0, 2), asked[2], { animate: false });
    drawn = true;
  };
  // The page may be laid out only after the script has run, and anew when a screen is turned.
  new ResizeObserver(() => {
    if (printing.matches) return;
    if (drawn && !whole) return void map.invalidateSize({ animate: false });
    page.home();
    drawn = whole;
  }).observe(map.getContainer());

  const paths = {};
  for (const layer of Object.keys(STYLE)) {
    const bytes = await readBlob(`backdrop-${layer}`);
    if (bytes) paths[layer] = decodePath(bytes);
  }
  const borders = decodePath(await readBlob("zones"));
  const draw = (layers) => (context, frame) => {
    const { scale } = frame;
    const zoom = map.getZoom();
    // Wider strokes close up, thinner from afar.
    const thick = Math.min(2.2, Math.max(0.55, 2 ** ((zoom - 12.5) / 2.5)));
    context.save();
    context.transform(scale, 0, 0, -scale, (origin[0] - frame.x) * scale, (frame.y - origin[1]) * scale);
    context.lineJoin = "round";
    for (const layer of layers) {
      const path = layer === "zones" ? borders : paths[layer];
      const style =
        layer === "zones"
          ? { line: zones.some((zone) => zone.labelled) ? "#6b7580" : "#b4bbc1", width: 0.9, dash: [4, 3] }
          : STYLE[layer];
      // Over base tiles, which have their own land and streets, only borders are drawn.
      if (!path || zoom < (style.fromZoom ?? 0) || (page.tilesOn && layer !== "zones" && layer !== "boundary"))
        continue;
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
  page.backdrop = [
    new CanvasLayer(draw(["green", "industrial", "water"]), { pane: "land" }),
    new CanvasLayer(draw(["street_minor", "street_major", "rail", "zones", "boundary"]), { pane: "lines" }),
  ];
  page.backdrop.forEach((layer) => layer.addTo(map));
  const named = zones.filter((zone) => zone.labelled).sort((a, b) => b.weight - a.weight);
  const labels = new CanvasLayer(drawLabels(map, named), { pane: "labels" });
  if (named.length) labels.addTo(map);
  page.relabel = () => named.length && labels.paint();
  await layGrid();
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
  for (const place of page.marked()) taken.push({ ...on(place), wide: 7, high: 7 });
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
