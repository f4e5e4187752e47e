// Base tiles from the one server that the region file names. Nothing is asked of it before a reader switches them on, and
// the switch is not kept in the address: opening a link must not make a page reach for the network.

import { h, replaceParts } from "../lib/dom.js";
import { onRender, page, render } from "../lib/page.js";
import { t } from "../lib/texts.js";
import { scene } from "./scene.js";

export const layTiles = (map, stage) => {
  const { url, max_zoom: maxNativeZoom } = page.config.tiles;
  const place = h("div", { class: "tiles" });
  stage.append(place);
  let layer = null,
    failed = false;
  const tell = () => place.querySelector("small")?.replaceChildren(t(failed ? "tiles.failed" : "tiles.note"));
  const change = (on) => {
    scene.tilesOn = on;
    failed = false;
    layer ??= L.tileLayer(url, { maxNativeZoom, maxZoom: map.options.maxZoom })
      .on("tileerror", () => {
        failed = true;
        tell();
      })
      .on("tileload", () => {
        failed = false;
        tell();
      });
    if (on) layer.addTo(map);
    else layer.remove();
    scene.backdrop.forEach((drawn) => drawn.paint());
    render();
  };
  onRender(() => {
    replaceParts(
      place,
      h(
        "label",
        {},
        h("input", {
          id: "tiles",
          type: "checkbox",
          checked: scene.tilesOn,
          onchange: (event) => change(event.target.checked),
        }),
        ` ${t("tiles")}`,
      ),
      h("small", { role: "status" }),
    );
    tell();
  });
};
