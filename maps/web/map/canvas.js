// Canvas layers over a Leaflet map, and the plane they are drawn in.

import { varints } from "../lib/codec.js";
import { h } from "../lib/dom.js";
import { SPHERE_M } from "./mercator.js";

const HALF = Math.PI * SPHERE_M;

// A canvas over the view and a margin round it; ``draw(context, frame)`` paints it whenever the view has changed.
// frame: {width, height, scale (pixels per Mercator metre), x, y (Mercator metres of the canvas's top left corner)}.
/** @type {new (draw: (context: CanvasRenderingContext2D, frame: any) => void, options?: object) => any} */
export const CanvasLayer = L.Layer.extend({
  options: { pane: "overlayPane", margin: 0.15, sharp: true },
  initialize(draw, options) {
    this.draw = draw;
    L.setOptions(this, options);
  },
  onAdd(map) {
    this.canvas = h("canvas", { class: "leaflet-zoom-animated", "aria-hidden": "true" });
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
    const width = size.x + 2 * margin.x,
      height = size.y + 2 * margin.y;
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
export const decodePath = (bytes) => {
  const values = varints(bytes);
  const path = new Path2D();
  const parts = values[0];
  let at = 1 + parts,
    x = 0,
    y = 0;
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

export const toLatLng = (x, y) => L.Projection.SphericalMercator.unproject(L.point(x, y));
