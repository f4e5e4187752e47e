// Which part of the map is seen: the whole region clear of the legend, or the part that somebody looks at.

import { keepState } from "../lib/page.js";
import { scene } from "./scene.js";

// Padding that keeps the region clear of the legend in the bottom left corner: above it or beside it, whichever shows
// the region larger; none where the legend stands below the map.
const besideLegend = (map, box) => {
  const stage = map.getContainer().getBoundingClientRect();
  const legend = document.getElementById("legend")?.getBoundingClientRect();
  const plain = { corner: L.point(12, 12), opposite: L.point(12, 30) };
  if (!legend?.height || legend.top >= stage.bottom - 1) return plain;
  const above = { corner: plain.corner, opposite: L.point(12, stage.bottom - legend.top + 8) };
  const right = { corner: L.point(legend.right - stage.left + 8, 12), opposite: plain.opposite };
  const fits = ({ corner, opposite }) => {
    const room = map.getSize().subtract(corner).subtract(opposite);
    return room.x > 0 && room.y > 0 ? map.getBoundsZoom(box, false, corner.add(opposite)) : -Infinity;
  };
  const best = fits(right) > fits(above) ? right : above;
  return fits(best) > -Infinity ? best : plain;
};

// box: the region; whole: it is shown as ``home`` last laid it out and nobody has moved the map since; drawn: something has
// been shown.
const view = { box: null, whole: false, moving: false, drawn: false };

const printing = matchMedia("print"); // paper gets the map as it stood (print.js)

// Lays the whole region out.
export const home = () => {
  const { map } = scene;
  if (!view.box || printing.matches) return;
  view.moving = true;
  map.invalidateSize({ animate: false });
  const size = map.getSize();
  if (size.x >= 60 && size.y >= 60) {
    map.setMaxBounds(null);
    map.setMinZoom(0);
    const { corner, opposite } = besideLegend(map, view.box);
    map.fitBounds(view.box, { animate: false, paddingTopLeft: corner, paddingBottomRight: opposite });
    map.setMinZoom(Math.floor(map.getZoom()) - 1);
    map.setMaxBounds(map.getBounds().extend(view.box).pad(0.6));
    view.whole = true;
  }
  view.moving = false;
  if (document.documentElement.dataset.ready) keepState({ at: "" });
};

// After what lies over the map has changed its size: the region is laid out anew, unless somebody looks at a part.
export const settle = () => view.whole && home();

// Shows the part that the address named when the page was opened, if it did.
export const lookAt = (asked) => {
  if (asked.length !== 3 || !asked.every(Number.isFinite) || !view.box.pad(0.6).contains(asked.slice(0, 2))) return;
  scene.map.setView(asked.slice(0, 2), asked[2], { animate: false });
  view.drawn = true;
};

// Keeps the part looked at in the address, and lays the region out again whenever the map's size changes.
export const followView = (map, box) => {
  view.box = box;
  map.on("movestart zoomstart", () => view.moving || (view.whole = false));
  // The part somebody looks at goes into the address; the whole region needs no word there.
  map.on("moveend", () => {
    const { lat, lng } = map.getCenter();
    if (!view.moving) keepState({ at: view.whole ? "" : [lat.toFixed(5), lng.toFixed(5), map.getZoom()].join("_") });
  });
  // The page may be laid out only after the script has run, and anew when a screen is turned.
  new ResizeObserver(() => {
    if (printing.matches) return;
    if (view.drawn && !view.whole) return void map.invalidateSize({ animate: false });
    home();
    view.drawn = view.whole;
  }).observe(map.getContainer());
};
