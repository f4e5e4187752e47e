// Maps of a page to print: vectors in one SVG each, over a backdrop that all of them share, with scale and north.

import { varints } from "../lib/codec.js";
import { readBlob } from "../lib/data.js";
import { h } from "../lib/dom.js";
import { formatNumber } from "../lib/format.js";
import { page } from "../lib/page.js";
import { SPHERE_M } from "./mercator.js";
import { STYLE } from "./palette.js";

const PAGE_PX = { width: 660, height: 430 }; // the largest a map gets on paper, at 96 pixels an inch

// A stream of maps/geometry.py as the data of an SVG path: metres of the map's plane from the page's origin, y south.
export const decodePathData = (bytes) => {
  const values = varints(bytes);
  const parts = values[0];
  let at = 1 + parts,
    x = 0,
    y = 0,
    text = "";
  for (let part = 0; part < parts; part++) {
    for (let point = 0; point < values[1 + part]; point++) {
      const dx = values[at++],
        dy = values[at++];
      x += dx;
      y += dy;
      text += point ? `l${dx} ${-dy}` : `M${x} ${-y}`;
    }
  }
  return text;
};

// Which layers of the base there are in the page.
export let hasBase = new Set();

// Lays the paths that every map uses into the page, once.
export const layBase = async () => {
  const layers = [...Object.keys(STYLE).map((layer) => [layer, `backdrop-${layer}`]), ["zones", "zones"]];
  const found = [];
  for (const [layer, blob] of layers) {
    const bytes = await readBlob(blob);
    if (bytes) found.push(h("path", { id: `base-${layer}`, d: decodePathData(bytes) }));
  }
  hasBase = new Set(found.map((path) => path.id.slice(5)));
  const hatch = h(
    "pattern",
    { id: "hatch", width: 7, height: 7, patternUnits: "userSpaceOnUse" },
    h("path", { d: "M0 7L7 0M-1 1L1 -1M6 8L8 6", stroke: "#8c2f2f", "stroke-width": 2.2 }),
  );
  document.body.prepend(
    h("svg", { width: 0, height: 0, class: "shared", "aria-hidden": "true" }, h("defs", {}, found, hatch)),
  );
};

const fromOrigin = ([x, y]) => [x - page.config.origin[0], -(y - page.config.origin[1])];

// A GeoJSON polygon in degrees as the data of a path.
export const shapeData = (geometry) => {
  const rings = geometry.type === "MultiPolygon" ? geometry.coordinates.flat() : geometry.coordinates;
  return rings
    .map(
      (ring) =>
        `M${ring
          .map(([lon, lat]) => {
            const north = SPHERE_M * Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360));
            return fromOrigin([(SPHERE_M * lon * Math.PI) / 180, north])
              .map((v) => v.toFixed(1))
              .join(" ");
          })
          .join("L")}Z`,
    )
    .join("");
};

// [west, north, width, height] of the whole region in the map's units, or round a shape with a margin on every side.
/** @returns {[number, number, number, number]} */
export const regionBox = () => {
  const [west, south, east, north] = page.config.bounds;
  const pad = (east - west) * 0.015;
  const [x, y] = fromOrigin([west, north]);
  return [x - pad, y - pad, east - west + 2 * pad, north - south + 2 * pad];
};

/** @param {string} data @param {number} margin @returns {[number, number, number, number]} */
export const boxRound = (data, margin) => {
  const numbers = data.match(/-?[\d.]+/g).map(Number);
  const xs = numbers.filter((_, i) => i % 2 === 0),
    ys = numbers.filter((_, i) => i % 2);
  const side =
    Math.max(Math.max(...xs) - Math.min(...xs), (Math.max(...ys) - Math.min(...ys)) * 1.4) * (1 + 2 * margin);
  const [x, y] = [(Math.max(...xs) + Math.min(...xs)) / 2, (Math.max(...ys) + Math.min(...ys)) / 2];
  return [x - side / 2, y - side / 2.8, side, side / 1.4];
};

// box: as above; over: a function of the units a printed pixel takes, giving what lies over the streets; under: what
// lies beneath them. width: of PAGE_PX, as a share.
/**
 * @param {{ box: [number, number, number, number], label: string, under?: (px: number) => any, over?: (px: number) => any, width?: number,
 *   detail?: boolean, labels?: boolean, avoid?: number[][] }} options
 */
export const printMap = ({
  box,
  label,
  under = () => [],
  over = () => [],
  width = 1,
  detail = false,
  labels = true,
  avoid = [],
}) => {
  const [, , wide, high] = box;
  const px = Math.max(wide / (PAGE_PX.width * width), high / PAGE_PX.height);
  const use = (layer) => {
    const {
      fill = "none",
      line = null,
      width: stroke = 1,
      dash = [],
    } = layer === "zones" ? { line: "#6b7580", width: 0.8, dash: [4, 3] } : STYLE[layer];
    return (
      hasBase.has(layer) &&
      h("use", {
        href: `#base-${layer}`,
        fill,
        stroke: line,
        "stroke-width": line && stroke * 0.75 * px,
        "stroke-dasharray": dash.map((length) => length * px).join(" ") || null,
      })
    );
  };
  const streets = detail ? ["street_minor", "street_major"] : ["street_major"];
  return h(
    "svg",
    {
      viewBox: box.map((v) => v.toFixed(0)).join(" "),
      class: "map",
      role: "img",
      "aria-label": label,
      style: { aspectRatio: `${wide} / ${high}` },
      "data-px": px,
    },
    ["green", "industrial", "water"].map(use),
    under(px),
    [...streets, "rail", ...(page.config.zones.some((zone) => zone.labelled) ? ["zones"] : []), "boundary"].map(use),
    labels ? zoneLabels(box, px, avoid) : null,
    over(px),
    scaleBar(box, px),
    northArrow(box, px),
  );
};

// Names of the most peopled zones that find room; Korean letters are about as wide as high, others about half.
const zoneLabels = ([west, north, wide, high], px, avoid) => {
  const size = 10 * px;
  const taken = [
    ...avoid.map(fromOrigin).map(([x, y]) => ({ x, y, half: 11 * px, tall: 11 * px })),
    { x: west + wide - 70 * px, y: north + high - 14 * px, half: 75 * px, tall: 16 * px },
    { x: west + wide - 12 * px, y: north + 20 * px, half: 14 * px, tall: 22 * px },
  ];
  const shown = [];
  for (const zone of page.config.zones.filter((each) => each.labelled).sort((a, b) => b.weight - a.weight)) {
    const [x, y] = fromOrigin(zone.at);
    const half =
      ([...zone.label].reduce((sum, letter) => sum + (/[\u1100-\uffff]/.test(letter) ? 1 : 0.58), 0) * size) / 2 +
      2 * px;
    if (x - half < west || x + half > west + wide || y - size < north || y + size > north + high) continue;
    if (taken.some((box) => Math.abs(box.x - x) < box.half + half && Math.abs(box.y - y) < box.tall + 7 * px)) continue;
    taken.push({ x, y, half, tall: 7 * px });
    shown.push(
      h(
        "text",
        {
          x: x.toFixed(0),
          y: (y + size * 0.35).toFixed(0),
          class: "zone",
          fill: "#46505a",
          "font-size": size,
          "stroke-width": 2.5 * px,
        },
        zone.label,
      ),
    );
  }
  return shown;
};

const scaleBar = ([west, north, wide, high], px) => {
  const middle = page.config.origin[1] - (north + high / 2);
  const ground = 1 / Math.cosh(middle / SPHERE_M); // metres on the ground per metre of the map's plane
  const most = 130 * px * ground;
  const unit = 10 ** Math.floor(Math.log10(most));
  const metres = [5, 2, 1].find((step) => step * unit <= most) * unit;
  const length = metres / ground,
    x = west + wide - 10 * px - length,
    y = north + high - 9 * px;
  return h(
    "g",
    { class: "scale" },
    h("rect", {
      x: x - 5 * px,
      y: y - 17 * px,
      width: length + 10 * px,
      height: 22 * px,
      fill: "#fff",
      "fill-opacity": 0.85,
    }),
    h("path", {
      d: `M${x} ${y - 4 * px}V${y}H${x + length}V${y - 4 * px}`,
      fill: "none",
      stroke: "#1d252c",
      "stroke-width": 1.2 * px,
    }),
    h(
      "text",
      { x: x + length / 2, y: y - 5 * px, "text-anchor": "middle", "font-size": 9.5 * px },
      metres >= 1000 ? `${formatNumber(metres / 1000)} km` : `${formatNumber(metres)} m`,
    ),
  );
};

const northArrow = ([west, north, wide, _high], px) =>
  h(
    "g",
    { transform: `translate(${west + wide - 22 * px} ${north + 8 * px}) scale(${px})` },
    h("path", { d: "M8 0 L14 16 L8 12.5 L2 16 Z", fill: "#1d252c" }),
    h("text", { x: 8, y: 26, "text-anchor": "middle", "font-size": 10, "font-weight": 700 }, "N"),
  );

export const districtShape = (district, px, style) =>
  h("path", { d: shapeData(district.geometry), "stroke-width": 1.6 * px, ...style });

// A round badge with a number, in the map's units.
export const mapBadge = (at, px, text, fill, ink) => {
  const [x, y] = fromOrigin(at);
  return h(
    "g",
    { transform: `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${px})` },
    h("circle", { r: 9, fill, stroke: "#1d252c", "stroke-width": 1 }),
    h(
      "text",
      { y: 3.8, "text-anchor": "middle", "font-size": text.length > 2 ? 7 : 10.5, "font-weight": 700, fill: ink },
      text,
    ),
  );
};

// Sites of openings: round inside the hub, square outside.
export const mapSite = (opening, px, size = 3.4) => {
  const [x, y] = fromOrigin(opening.at);
  const inside = opening.part === "in_district";
  return inside
    ? h("circle", { cx: x, cy: y, r: size * px, fill: "#c2185b", stroke: "#fff", "stroke-width": 0.8 * px })
    : h("rect", {
        x: x - size * px * 0.9,
        y: y - size * px * 0.9,
        width: size * px * 1.8,
        height: size * px * 1.8,
        fill: "#e08a00",
        stroke: "#4a2f00",
        "stroke-width": 0.7 * px,
      });
};
