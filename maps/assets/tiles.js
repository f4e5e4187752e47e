// Base tiles from the one server that the region file names. Nothing is asked of it before a reader switches them on, and
// the switch is not kept in the address: opening a link must not make a page reach for the network.
"use strict";

G.tilesOn = false;

G.layTiles = (map, stage) => {
  const { url, max_zoom: maxNativeZoom } = G.config.tiles;
  const place = G.h("div", { class: "tiles" });
  stage.append(place);
  let layer = null, failed = false;
  const tell = () => place.querySelector("small")?.replaceChildren(G.t(failed ? "tiles.failed" : "tiles.note"));
  const change = (on) => {
    G.tilesOn = on;
    failed = false;
    layer ??= L.tileLayer(url, { maxNativeZoom, maxZoom: map.options.maxZoom })
      .on("tileerror", () => tell((failed = true)))
      .on("tileload", () => tell((failed = false)));
    if (on) layer.addTo(map);
    else layer.remove();
    G.backdrop.forEach((drawn) => drawn.paint());
    G.render();
  };
  G.onRender(() => {
    G.replace(place, G.h("label", {},
      G.h("input", { id: "tiles", type: "checkbox", checked: G.tilesOn, onchange: (event) => change(event.target.checked) }), ` ${G.t("tiles")}`),
      G.h("small", { role: "status" }));
    tell();
  });
};
