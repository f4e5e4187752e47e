// Legend of the diffusion, and the outlines of the hubs.

import { bdi, h, replaceParts } from "../lib/dom.js";
import { formatNumber } from "../lib/format.js";
import { page } from "../lib/page.js";
import { t } from "../lib/texts.js";
import { DIVERGING, ramp } from "../map/palette.js";
import { makeStrip } from "../ui/legend.js";
import { POINTS } from "./paint.js";
import { markKey } from "./plan.js";
import { D, HUB, clipped } from "./store.js";

export const drawLegend = () => {
  const figure = (value) => formatNumber(D.measure === "share" ? value * 100 : value);
  const hubs = D.scenarios.map((k, which) => ({
    line: true,
    colour: HUB[which],
    dash: which ? "6 4" : null,
    label: D.scenarios.length > 1 ? bdi(clipped(page.config.scenarios[k].name)) : t("legend.hub"),
  }));
  const differs = D.mode === "difference";
  const steps = POINTS[D.measure].map(figure);
  const strip = differs
    ? makeStrip(
        t(`legend.difference.${D.measure}`),
        DIVERGING,
        [...steps.toReversed().map((step) => `−${step}`), ...steps.map((step) => `+${step}`)],
        hubs,
      )
    : makeStrip(
        t(`legend.${D.measure}`),
        ramp(page.config.breaks[D.measure].length + 1),
        page.config.breaks[D.measure].map(figure),
        hubs,
      );
  replaceParts(document.getElementById("legend"), strip, markKey());
  page.settle();
  const notes = differs
    ? [t("legend.sign", { a: clipped(page.config.scenarios[D.scenario].name) })]
    : [t("legend.zero"), t("legend.fixed")];
  replaceParts(
    document.getElementById("reading"),
    notes.map((note) => h("p", { class: "note" }, note)),
  );
};

export const drawHubs = (map) => {
  D.hubs.forEach((layer) => layer.remove());
  D.hubs = D.scenarios.map((k, which) =>
    L.geoJSON(page.config.scenarios[k].geometry, {
      interactive: false,
      style: { color: HUB[which], weight: 2.5, dashArray: which ? "6 4" : null, fill: false },
    }).addTo(map),
  );
};
