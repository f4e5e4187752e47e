// The frame all pages share: heading, language, banner, attribution, zoom and scale.

import { bdi, h, replaceParts } from "../lib/dom.js";
import { onRender, page, setLanguage } from "../lib/page.js";
import { localised, t } from "../lib/texts.js";
import { scene } from "../map/scene.js";
import { layTiles } from "../map/tiles.js";
import { home, settle } from "../map/view.js";
import { credits, openData } from "./sources.js";

export const drawShell = () => {
  const map = scene.map;
  const small = parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--small"));
  L.control.scale({ imperial: false, position: "bottomright", maxWidth: 12 * small }).addTo(map);
  const north = new L.Control({ position: "bottomright" });
  north.onAdd = () =>
    h(
      "div",
      { class: "north", "aria-hidden": "true" },
      h(
        "svg",
        { viewBox: "0 0 20 26", width: 18, height: 24 },
        h("path", { d: "M10 1 L16 17 L10 13.5 L4 17 Z", fill: "#3d4650" }),
        h(
          "text",
          { x: 10, y: 25.5, "text-anchor": "middle", "font-size": 9, "font-weight": 700, fill: "#3d4650" },
          "N",
        ),
      ),
    );
  north.addTo(map);
  const stage = document.getElementById("stage");
  const zoom = h("div", { class: "zoom" });
  const legend = h("section", { class: "legend", id: "legend" });
  const credit = h("div", { class: "credit" });
  stage.append(zoom, legend, credit);
  // Sources are never cut short: legend, scale and north stand above as many lines as they take.
  new ResizeObserver(() => {
    document.documentElement.style.setProperty("--credit", `${credit.offsetHeight}px`);
    settle();
  }).observe(credit);
  if (page.config.tiles) layTiles(map, stage);
  onRender(() => {
    drawHead();
    const button = (label, sign, act) =>
      h("button", { type: "button", title: label, "aria-label": label, onclick: act }, sign);
    replaceParts(
      zoom,
      button(t("zoom.in"), "+", () => map.zoomIn()),
      button(t("zoom.out"), "−", () => map.zoomOut()),
      button(t("zoom.home"), "⌂", home),
    );
    const holders = [credits(), scene.tilesOn ? page.config.tiles.attribution : null, "Leaflet"].filter(Boolean);
    replaceParts(credit, h("span", {}, `${t("credit")}: ${holders.join(" · ")}`));
    document.getElementById("left").setAttribute("aria-label", t("aria.left"));
    document.getElementById("right").setAttribute("aria-label", t("aria.right"));
    document.getElementById("stage").setAttribute("aria-label", t("aria.map"));
  });
};

export const drawHead = () => {
  const { region } = page.config;
  const title = `${localised(region.name)} · ${t(`title.${page.config.page}`)}`;
  document.title = title;
  const language = (code, label) =>
    h(
      "button",
      { type: "button", lang: code, "aria-pressed": String(page.language === code), onclick: () => setLanguage(code) },
      label,
    );
  replaceParts(
    document.getElementById("head"),
    h("span", { class: "brand" }, h("b", { lang: "ko" }, "거점"), " Geojeom"),
    h("h1", {}, bdi(localised(region.name)), h("span", {}, t(`title.${page.config.page}`))),
    region.synthetic && h("span", { class: "synthetic", role: "note" }, t("synthetic")),
    (page.config.sources?.warnings ?? []).length > 0 &&
      h(
        "button",
        {
          type: "button",
          class: "synthetic",
          id: "warned",
          title: page.config.sources.warnings.map(localised).join("\n"),
          onclick: openData,
        },
        t("data.warned"),
      ),
    h("span", { class: "gap" }),
    (page.headButtons ?? []).map(([key, act]) =>
      h("button", { type: "button", class: "action", onclick: act }, t(key)),
    ),
    h("button", { type: "button", class: "action", id: "open-data", onclick: openData }, t("data.open")),
    h(
      "div",
      { class: "language", role: "group", "aria-label": t("language") },
      language("ko", "한국어"),
      language("en", "English"),
    ),
  );
};
