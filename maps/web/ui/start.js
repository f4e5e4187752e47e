// How a page with a map starts: data, ground, frame, then what the page itself shows.

import { onRender, page, render } from "../lib/page.js";
import { layGround } from "../map/ground.js";
import { begin } from "./begin.js";
import { drawShell } from "./shell.js";

const startMap = async (map, open) => {
  if (!begin("stage")) return;
  page.map = map;
  await layGround(map);
  drawShell();
  await open(map);
  onRender(() => page.relabel());
  render();
  page.home(); // again, now that the legend has its size
  page.look(); // at the part that the address names, if it does
  document.documentElement.dataset.ready = "true";
};

// Folium makes the map and sends it (maps/page.py).
export const whenMapStands = (open) =>
  document.addEventListener("geojeom:map", (/** @type {CustomEvent} */ event) => startMap(event.detail, open), {
    once: true,
  });
