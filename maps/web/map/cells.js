// Cells of the grid, warped to the screen.

import { cumulated, varints } from "../lib/codec.js";
import { readBlob } from "../lib/data.js";
import { page } from "../lib/page.js";
import { CanvasLayer } from "./canvas.js";
import { rgba } from "./palette.js";
import { scene } from "./scene.js";

export const layGrid = async () => {
  const { grid } = page.config;
  const places = cumulated(varints(await readBlob("grid")));
  const cellAt = new Int32Array(grid.rows * grid.columns).fill(-1);
  places.forEach((place, cell) => (cellAt[place] = cell));
  const lattice = new Float32Array((await readBlob("lattice")).buffer);
  scene.cells = { places, cellAt, lattice, zone: cumulated(varints(await readBlob("zone-of-cell"))) };
};

// The cell under each pixel of a frame, -1 where there is none: the inverse projection by bilinear interpolation
// between the control points of the page (maps/geometry.py: Lattice).
const cellIndex = (frame) => {
  const { lattice: grid0, grid } = page.config;
  const { lattice, cellAt } = scene.cells;
  const width = Math.round(frame.width),
    height = Math.round(frame.height);
  const index = new Int32Array(width * height).fill(-1);
  const metre = 1 / frame.scale;
  for (let py = 0; py < height; py++) {
    const v = (grid0.north - (frame.y - (py + 0.5) * metre)) / grid0.step_y;
    if (v < 0 || v >= grid0.rows - 1) continue;
    const row = Math.floor(v),
      fv = v - row;
    const first = Math.max(0, Math.ceil((grid0.west - frame.x) * frame.scale - 0.5));
    for (let px = first; px < width; px++) {
      const u = (frame.x + (px + 0.5) * metre - grid0.west) / grid0.step_x;
      if (u >= grid0.columns - 1) break;
      const column = Math.floor(u),
        fu = u - column;
      const at = 2 * (row * grid0.columns + column),
        below = at + 2 * grid0.columns;
      const a = (1 - fu) * (1 - fv),
        b = fu * (1 - fv),
        c = (1 - fu) * fv,
        d = fu * fv;
      const x = a * lattice[at] + b * lattice[at + 2] + c * lattice[below] + d * lattice[below + 2];
      const y = a * lattice[at + 1] + b * lattice[at + 3] + c * lattice[below + 1] + d * lattice[below + 3];
      const i = Math.floor(x / grid.size),
        j = Math.floor(y / grid.size);
      if (i >= 0 && j >= 0 && i < grid.columns && j < grid.rows) index[py * width + px] = cellAt[j * grid.columns + i];
    }
  }
  return index;
};

// The cell under a point of the map, or -1.
export const cellUnder = (latlng) => {
  const { x, y } = L.Projection.SphericalMercator.project(latlng);
  return cellIndex({ width: 1, height: 1, scale: 1e3, x: x - 5e-4, y: y + 5e-4 })[0];
};

// Darkens the pixels at which the band of the cell differs from that of the pixel to the right or below.
const drawBorders = (pixels, index, band, width) => {
  const line = rgba("#1d252c", 255);
  const of = (at) => (index[at] < 0 ? 0 : band[index[at]]);
  for (let at = 0; at < index.length - width - 1; at++) {
    if (of(at) !== of(at + 1) || of(at) !== of(at + width)) pixels[at] = line;
  }
};

// A layer that colours cells: ``colours(frame)`` gives one 32-bit colour per cell of the grid (0: none), or two sets and
// the pixel where the second takes over. The pixel index is made once per view; a new month is a look-up per pixel.
// ``bands``, where given, tells the band of each cell: a dark line is drawn where two bands meet.
export const cellLayer = (colours, bands = () => null) => {
  let indexed = null,
    index = null,
    image = null;
  const layer = new CanvasLayer(
    (context, frame) => {
      const width = Math.round(frame.width),
        height = Math.round(frame.height);
      if (indexed !== frame) {
        index = cellIndex(frame);
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
