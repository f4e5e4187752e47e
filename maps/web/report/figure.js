// A map in the report with its title, key and sources.

import { h } from "../lib/dom.js";
import { page } from "../lib/page.js";
import { t } from "../lib/texts.js";
import { STYLE } from "../map/palette.js";
import { hasBase } from "../map/svg.js";
import { makeLegend } from "../ui/legend.js";

// What the backdrop's lines and areas mean, those that the region has; ``also``: entries before them.
export const baseKey = (...also) => {
  const layers = ["boundary", "zones", "street_major", "rail", "water", "green", "industrial"].filter((layer) =>
    layer === "zones" ? page.config.zones.some((zone) => zone.labelled) : hasBase.has(layer),
  );
  const entry = (layer) => {
    const { fill, line, dash } = layer === "zones" ? { line: "#6b7580", dash: [4, 3] } : STYLE[layer];
    return fill
      ? { colour: fill, label: t(`base.${layer}`) }
      : { line: true, colour: line, dash: dash?.join(" "), label: t(`base.${layer}`) };
  };
  return makeLegend("", [
    ...also.map(({ outline, label }) => ({ line: true, colour: outline, label })),
    ...layers.map(entry),
  ])[1];
};

// A map with its number, title, legend, and where its data come from.
export const mapFigure = (title, map, legend, sources) =>
  h(
    "figure",
    {},
    h("figcaption", {}, title),
    map,
    legend ? h("div", { class: "key" }, legend) : null,
    h("p", { class: "source" }, `${t("source")}: ${sources} · ${t("report.made")} ${page.config.made}`),
  );
