// How a page with a map starts: data, ground, frame, then what the page itself shows.

import { onRender, page, render } from "../lib/page.js";
import { layGround, relabel } from "../map/ground.js";
import { scene } from "../map/scene.js";
import { home, lookAt } from "../map/view.js";
import { begin } from "./begin.js";
import { drawShell } from "./shell.js";

const startMap = async (map, open) => {
  if (!begin("stage")) return;
  scene.map = map;
  const asked = (page.state.at ?? "").split("_").map(Number);
  await layGround(map);
  drawShell();
  await open(map);
  onRender(relabel);
  render();
  home(); // again, now that the legend has its size
  lookAt(asked); // the part that the address names, if it does
  document.documentElement.dataset.ready = "true";
};

// Folium makes the map and sends it (maps/page.py).
export const whenMapStands = (open) =>
  document.addEventListener("geojeom:map", (/** @type {CustomEvent} */ event) => startMap(event.detail, open), {
    once: true,
  });
