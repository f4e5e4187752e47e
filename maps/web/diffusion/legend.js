// Legend of the diffusion, and the outlines of the hubs.

import { bdi, h, replaceParts } from "../lib/dom.js";
import { formatNumber } from "../lib/format.js";
import { page } from "../lib/page.js";
import { t } from "../lib/texts.js";
import { DIVERGING, ramp } from "../map/palette.js";
import { settle } from "../map/view.js";
import { makeStrip } from "../ui/legend.js";
import { POINTS } from "./paint.js";
import { markKey } from "./plan.js";
import { HUB, clipped, store } from "./store.js";

export const drawLegend = () => {
  const figure = (value) => formatNumber(store.measure === "share" ? value * 100 : value);
  const hubs = store.scenarios.map((k, which) => ({
    line: true,
    colour: HUB[which],
    dash: which ? "6 4" : null,
    label: store.scenarios.length > 1 ? bdi(clipped(page.config.scenarios[k].name)) : t("legend.hub"),
  }));
  const differs = store.mode === "difference";
  const steps = POINTS[store.measure].map(figure);
  const strip = differs
    ? makeStrip(
        t(`legend.difference.${store.measure}`),
        DIVERGING,
        [...steps.map((step) => `−${step}`).reverse(), ...steps.map((step) => `+${step}`)],
        hubs,
      )
    : makeStrip(
        t(`legend.${store.measure}`),
        ramp(page.config.breaks[store.measure].length + 1),
        page.config.breaks[store.measure].map(figure),
        hubs,
      );
  replaceParts(document.getElementById("legend"), strip, markKey());
  settle();
  const notes = differs
    ? [t("legend.sign", { a: clipped(page.config.scenarios[store.scenario].name) })]
    : [t("legend.zero"), t("legend.fixed")];
  replaceParts(
    document.getElementById("reading"),
    notes.map((note) => h("p", { class: "note" }, note)),
  );
};

export const drawHubs = (map) => {
  store.hubs.forEach((layer) => layer.remove());
  store.hubs = store.scenarios.map((k, which) =>
    L.geoJSON(page.config.scenarios[k].geometry, {
      interactive: false,
      style: { color: HUB[which], weight: 2.5, dashArray: which ? "6 4" : null, fill: false },
    }).addTo(map),
  );
};
