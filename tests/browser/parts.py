"""What a page hands out to whoever asks before it starts: a script for the browser to run first."""

from __future__ import annotations

# The parts by short names for the expressions of the tests: G the page with its tools, store what its parts share.
PARTS = """document.addEventListener("geojeom:parts", ({ detail: { page, store, tools } }) => {
  const G = Object.assign(Object.create(page), tools);
  Object.defineProperty(G, "map", { get: () => tools.scene.map });
  const { drawing, weights, whyClosed, TURN_MS } = tools;
  Object.assign(window, { G, store }, drawing && { drawing, weights, whyClosed, TURN_MS });
});"""
