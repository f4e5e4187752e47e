// The ground under every map: canvas layers, the light backdrop, zones with labels, and the cells warped to the screen.
"use strict";

const RADIUS = 6378137; // Web Mercator's sphere, m
const HALF = Math.PI * RADIUS;

// A canvas over the view and a margin round it; ``draw(context, frame)`` paints it whenever the view has changed.
// frame: {width, height, scale (pixels per Mercator metre), x, y (Mercator metres of the canvas's top left corner)}.
G.CanvasLayer = L.Layer.extend({
  options: { pane: "overlayPane", margin: 0.15, sharp: true },
  initialize(draw, options) {
    this.draw = draw;
    L.setOptions(this, options);
  },
  onAdd(map) {
    this.canvas = G.h("canvas", { class: "leaflet-zoom-animated", "aria-hidden": "true" });
    map.getPane(this.options.pane).append(this.canvas);
    map.on("moveend zoomend resize viewreset", this.redraw, this);
    map.on("zoomanim", this.animate, this);
    this.redraw();
  },
  onRemove(map) {
    map.off("moveend zoomend resize viewreset", this.redraw, this);
    map.off("zoomanim", this.animate, this);
    this.canvas.remove();
  },
  redraw() {
    const map = this._map;
    const size = map.getSize();
    // A panel not yet laid out has no size, and a canvas of none cannot be painted: the resize that follows draws it.
    this.canvas.hidden = !size.x || !size.y;
    this.frame = null;
    if (this.canvas.hidden) return;
    const margin = size.multiplyBy(this.options.margin).round();
    const dense = this.options.sharp ? window.devicePixelRatio || 1 : 1;
    const width = size.x + 2 * margin.x, height = size.y + 2 * margin.y;
    this.canvas.width = Math.round(width * dense);
    this.canvas.height = Math.round(height * dense);
    Object.assign(this.canvas.style, { width: `${width}px`, height: `${height}px` });
    const corner = map.containerPointToLayerPoint([-margin.x, -margin.y]);
    L.DomUtil.setPosition(this.canvas, corner);
    this.bounds = L.latLngBounds(map.layerPointToLatLng(corner), map.layerPointToLatLng(corner.add([width, height])));
    const scale = (256 * 2 ** map.getZoom()) / (2 * HALF);
    const pixel = map.getPixelOrigin().add(corner);
    this.frame = { width, height, dense, scale, x: pixel.x / scale - HALF, y: HALF - pixel.y / scale };
    this.paint();
  },
  paint() {
    if (!this.frame) return;
    const context = this.canvas.getContext("2d");
    context.setTransform(this.frame.dense, 0, 0, this.frame.dense, 0, 0);
    context.clearRect(0, 0, this.frame.width, this.frame.height);
    this.draw(context, this.frame);
  },
  animate(event) {
    if (!this.frame) return;
    const scale = this._map.getZoomScale(event.zoom);
    const offset = this._map._latLngToNewLayerPoint(this.bounds.getNorthWest(), event.zoom, event.center);
    L.DomUtil.setTransform(this.canvas, offset, scale);
  },
});

// A stream of maps/geometry.py as one path, in Mercator metres from the page's origin (x east, y north).
G.path = (bytes) => {
  const values = G.varints(bytes);
  const path = new Path2D();
  const parts = values[0];
  let at = 1 + parts, x = 0, y = 0;
  for (let part = 0; part < parts; part++) {
    for (let point = 0; point < values[1 + part]; point++) {
      x += values[at++];
      y += values[at++];
      if (point) path.lineTo(x, y);
      else path.moveTo(x, y);
    }
  }
  return path;
};

G.toLatLng = (x, y) => L.Projection.SphericalMercator.unproject(L.point(x, y));

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

G.layGround = async (map) => {
  const { bounds, origin, zones } = G.config;
  map.options.maxZoom = 18;
  for (const [pane, z] of [["land", 210], ["cells", 310], ["lines", 330], ["labels", 450]]) {
    map.createPane(pane).style.zIndex = z;
    map.getPane(pane).style.pointerEvents = "none";
  }
  const box = L.latLngBounds(G.toLatLng(bounds[0], bounds[1]), G.toLatLng(bounds[2], bounds[3]));
  // Whether the whole region is shown as G.home last laid it out, and nobody has moved the map since.
  let whole = false, moving = false;
  const printing = matchMedia("print"); // paper gets the map as it stood (print.js)
  G.home = () => {
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
    if (document.documentElement.dataset.ready) G.keep({ at: "" });
  };
  map.on("movestart zoomstart", () => moving || (whole = false));
  // The part somebody looks at goes into the address; the whole region needs no word there.
  map.on("moveend", () => {
    const { lat, lng } = map.getCenter();
    if (!moving) G.keep({ at: whole ? "" : [lat.toFixed(5), lng.toFixed(5), map.getZoom()].join("_") });
  });
  // After what lies over the map has changed its size: the region is laid out anew, unless somebody looks at a part.
  G.settle = () => whole && G.home();
  let drawn = false;
  const asked = (G.state.at ?? "").split("_").map(Number);
  G.look = () => {
    if (asked.length !== 3 || !asked.every(Number.isFinite) || !box.pad(0.6).contains(asked.slice(0, 2))) return;
    map.setView(asked.slice(0, 2), asked[2], { animate: false });
    drawn = true;
  };
  // The page may be laid out only after the script has run, and anew when a screen is turned.
  new ResizeObserver(() => {
    if (printing.matches) return;
    if (drawn && !whole) return void map.invalidateSize({ animate: false });
    G.home();
    drawn = whole;
  }).observe(map.getContainer());

  const paths = {};
  for (const layer of Object.keys(STYLE)) {
    const bytes = await G.blob(`backdrop-${layer}`);
    if (bytes) paths[layer] = G.path(bytes);
  }
  const borders = G.path(await G.blob("zones"));
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
      const style = layer === "zones" ? { line: zones.some((zone) => zone.labelled) ? "#6b7580" : "#b4bbc1", width: 0.9, dash: [4, 3] } : STYLE[layer];
      // Over base tiles, which have their own land and streets, only borders are drawn.
      if (!path || zoom < (style.fromZoom ?? 0) || (G.tilesOn && layer !== "zones" && layer !== "boundary")) continue;
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
  G.backdrop = [
    new G.CanvasLayer(draw(["green", "industrial", "water"]), { pane: "land" }),
    new G.CanvasLayer(draw(["street_minor", "street_major", "rail", "zones", "boundary"]), { pane: "lines" }),
  ];
  G.backdrop.forEach((layer) => layer.addTo(map));
  const named = zones.filter((zone) => zone.labelled).sort((a, b) => b.weight - a.weight);
  const labels = new G.CanvasLayer(drawLabels(map, named), { pane: "labels" });
  if (named.length) labels.addTo(map);
  G.relabel = () => named.length && labels.paint();
  await layGrid();
};

// Names of zones, the most peopled first: each label keeps clear of those drawn before it, of what lies over the map
// (legend, buttons, marks), and of the map's edge; where its place is taken it moves up or down a little.
const drawLabels = (map, zones) => (context, frame) => {
  const size = map.getSize();
  const left = (frame.width - size.x) / 2, top = (frame.height - size.y) / 2;
  const stage = map.getContainer().getBoundingClientRect();
  const covers = [...document.querySelectorAll("#stage .legend, #stage .zoom, #stage .tiles, #stage .credit, .leaflet-control, .swipe-names span")];
  const taken = covers.map((element) => element.getBoundingClientRect()).filter((box) => box.width).map((box) => ({
    x: left + (box.left + box.right) / 2 - stage.left, y: top + (box.top + box.bottom) / 2 - stage.top, wide: box.width / 2, high: box.height / 2 }));
  const on = ([x, y]) => ({ x: (x - frame.x) * frame.scale, y: (frame.y - y) * frame.scale });
  for (const district of G.config.districts ?? []) taken.push({ ...on(district.at), wide: 16, high: 16 });
  for (const place of G.marked?.() ?? []) taken.push({ ...on(place), wide: 7, high: 7 });
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
    const free = ({ x, y }) => x - wide > left && x + wide < left + size.x && y - high > top && y + high < top + size.y &&
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

// ---- cells ------------------------------------------------------------------------------------------------------------

const layGrid = async () => {
  const { grid } = G.config;
  const places = G.cumulated(G.varints(await G.blob("grid")));
  const cellAt = new Int32Array(grid.rows * grid.columns).fill(-1);
  places.forEach((place, cell) => (cellAt[place] = cell));
  const lattice = new Float32Array((await G.blob("lattice")).buffer);
  G.cells = { places, cellAt, lattice, zone: G.cumulated(G.varints(await G.blob("zone-of-cell"))) };
};

// The cell under each pixel of a frame, -1 where there is none: the inverse projection by bilinear interpolation
// between the control points of the page (maps/geometry.py: Lattice).
G.cellIndex = (frame) => {
  const { lattice: grid0, grid } = G.config;
  const { lattice, cellAt } = G.cells;
  const width = Math.round(frame.width), height = Math.round(frame.height);
  const index = new Int32Array(width * height).fill(-1);
  const metre = 1 / frame.scale;
  for (let py = 0; py < height; py++) {
    const v = (grid0.north - (frame.y - (py + 0.5) * metre)) / grid0.step_y;
    if (v < 0 || v >= grid0.rows - 1) continue;
    const row = Math.floor(v), fv = v - row;
    const first = Math.max(0, Math.ceil((grid0.west - frame.x) * frame.scale - 0.5));
    for (let px = first; px < width; px++) {
      const u = (frame.x + (px + 0.5) * metre - grid0.west) / grid0.step_x;
      if (u >= grid0.columns - 1) break;
      const column = Math.floor(u), fu = u - column;
      const at = 2 * (row * grid0.columns + column), below = at + 2 * grid0.columns;
      const a = (1 - fu) * (1 - fv), b = fu * (1 - fv), c = (1 - fu) * fv, d = fu * fv;
      const x = a * lattice[at] + b * lattice[at + 2] + c * lattice[below] + d * lattice[below + 2];
      const y = a * lattice[at + 1] + b * lattice[at + 3] + c * lattice[below + 1] + d * lattice[below + 3];
      const i = Math.floor(x / grid.size), j = Math.floor(y / grid.size);
      if (i >= 0 && j >= 0 && i < grid.columns && j < grid.rows) index[py * width + px] = cellAt[j * grid.columns + i];
    }
  }
  return index;
};

// The cell under a point of the map, or -1.
G.cellUnder = (latlng) => {
  const { x, y } = L.Projection.SphericalMercator.project(latlng);
  return G.cellIndex({ width: 1, height: 1, scale: 1e3, x: x - 5e-4, y: y + 5e-4 })[0];
};

// Darkens the pixels at which the band of the cell differs from that of the pixel to the right or below.
const drawBorders = (pixels, index, band, width) => {
  const line = G.rgba("#1d252c", 255);
  const of = (at) => (index[at] < 0 ? 0 : band[index[at]]);
  for (let at = 0; at < index.length - width - 1; at++) {
    if (of(at) !== of(at + 1) || of(at) !== of(at + width)) pixels[at] = line;
  }
};

// A layer that colours cells: ``colours(frame)`` gives one 32-bit colour per cell of the grid (0: none), or two sets and
// the pixel where the second takes over. The pixel index is made once per view; a new month is a look-up per pixel.
// ``bands``, where given, tells the band of each cell: a dark line is drawn where two bands meet.
G.cellLayer = (colours, bands = () => null) => {
  let indexed = null, index = null, image = null;
  const layer = new G.CanvasLayer(
    (context, frame) => {
      const width = Math.round(frame.width), height = Math.round(frame.height);
      if (indexed !== frame) {
        index = G.cellIndex(frame);
        image = new ImageData(width, height);
        indexed = frame;
      }
      const [left, right, split] = colours(frame);
      const pixels = new Uint32Array(image.data.buffer);
      const edge = right ? Math.max(0, Math.min(width, Math.round(split))) : width;
      for (let row = 0, at = 0; row < height; row++) {
        for (const end = at + edge; at < end; at++) pixels[at] = index[at] < 0 ? 0 : left[index[at]];
        for (const end = (row + 1) * width; at < end; at++) pixels[at] = index[at] < 0 ? 0 : right[index[at]];
      }
      const band = bands();
      if (band) drawBorders(pixels, index, band, width);
      context.putImageData(image, 0, 0);
    },
    { pane: "cells", sharp: false, margin: 0.1 },
  );
  return layer;
};
