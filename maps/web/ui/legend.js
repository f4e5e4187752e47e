// Legends of maps.

import { h } from "../lib/dom.js";

// entries: {colour, label, hatch}; a legend always carries a title with its unit.
export const makeLegend = (title, entries, notes = []) => {
  const swatch = (entry) => {
    const box = h(
      "svg",
      { width: 22, height: 14, "aria-hidden": "true" },
      entry.line
        ? h("line", {
            x1: 0,
            x2: 22,
            y1: 7,
            y2: 7,
            stroke: entry.colour,
            "stroke-width": 2.5,
            "stroke-dasharray": entry.dash,
          })
        : h("rect", {
            x: 0.5,
            y: 0.5,
            width: 21,
            height: 13,
            fill: entry.hatch ? "url(#hatch)" : entry.colour,
            stroke: "#7a828a",
            "stroke-width": 0.6,
          }),
    );
    return h("li", {}, box, h("span", {}, entry.label));
  };
  return [h("h2", {}, title), h("ul", {}, entries.map(swatch)), notes.filter(Boolean).map((note) => h("p", {}, note))];
};

// Classes as one strip: ``labels`` stand under the borders between the boxes, or under the boxes where as many as these.
export const makeStrip = (title, colours, labels, entries = []) => {
  const width = 264,
    each = (width - 16) / colours.length;
  const shift = labels.length === colours.length ? 0.5 : 1;
  const strip = h(
    "svg",
    { viewBox: `0 0 ${width} 30`, class: "strip", role: "img", "aria-label": `${title}: ${labels.join(", ")}` },
    colours.map((fill, k) =>
      h("rect", {
        x: 8 + k * each,
        y: 0.5,
        width: each,
        height: 13,
        fill,
        stroke: colours.length > 24 ? null : "#7a828a",
        "stroke-width": 0.5,
      }),
    ),
    labels.map((label, k) => h("text", { x: 8 + (k + shift) * each, y: 26, "text-anchor": "middle" }, label)),
  );
  return [...makeLegend(title, []).slice(0, 1), strip, ...makeLegend("", entries).slice(1, 2)];
};
