// Colours of the cells for a month.

import { SHARE_OF_CODE } from "../lib/codec.js";
import { page } from "../lib/page.js";
import { DIVERGING, classOf, ramp, rgba } from "../map/palette.js";
import { scene } from "../map/scene.js";
import { frameOf, store } from "./store.js";

const NOBODY_COLOUR = 0;

export const POINTS = { share: [0.01, 0.05, 0.15, 0.3], adopters: [1, 5, 20, 60] }; // classes of a difference, either sign

export const coloursOf = (frame) => {
  if (store.mode === "difference") {
    const [a, b] = [frameOf(0), frameOf(1)];
    const breaks = POINTS[store.measure];
    const palette = DIVERGING.map((hex) => rgba(hex));
    store.cell.forEach((row, cell) => {
      const size = store.measure === "share" ? 1 : store.potential[cell];
      const gap = (SHARE_OF_CODE[a[cell]] - SHARE_OF_CODE[b[cell]]) * size;
      const step = classOf(Math.abs(gap), breaks);
      // Blue where the first is behind, orange where it is ahead; no class where neither has a user.
      store.colours[0][row] =
        store.potential[cell] && (a[cell] || b[cell]) ? palette[4 + Math.sign(gap) * step] : NOBODY_COLOUR;
    });
    return [store.colours[0]];
  }
  store.scenarios.forEach((_, which) => paintCells(store.colours[which], frameOf(which)));
  return store.mode === "swipe" ? [store.colours[0], store.colours[1], swipeEdge(frame)] : [store.colours[0]];
};

const paintCells = (colours, frame) => {
  const breaks = page.config.breaks[store.measure];
  const palette = ramp(breaks.length + 1).map((hex) => rgba(hex));
  if (store.measure === "share") {
    const ofCode = Uint32Array.from(SHARE_OF_CODE, (share, code) =>
      code ? palette[classOf(share, breaks)] : NOBODY_COLOUR,
    );
    for (let cell = 0; cell < frame.length; cell++) colours[store.cell[cell]] = ofCode[frame[cell]];
    return;
  }
  for (let cell = 0; cell < frame.length; cell++) {
    colours[store.cell[cell]] = frame[cell]
      ? palette[classOf(SHARE_OF_CODE[frame[cell]] * store.potential[cell], breaks)]
      : NOBODY_COLOUR;
  }
};

const swipeEdge = (frame) => {
  const size = scene.map.getSize();
  return store.split * size.x + (frame.width - size.x) / 2;
};
