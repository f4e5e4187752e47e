// Colours of the cells for a month.

import { SHARE_OF_CODE } from "../lib/codec.js";
import { page } from "../lib/page.js";
import { DIVERGING, classOf, ramp, rgba } from "../map/palette.js";
import { D, frameOf } from "./store.js";

const NOBODY_COLOUR = 0;

export const POINTS = { share: [0.01, 0.05, 0.15, 0.3], adopters: [1, 5, 20, 60] }; // classes of a difference, either sign

export const coloursOf = (frame) => {
  if (D.mode === "difference") {
    const [a, b] = [frameOf(0), frameOf(1)];
    const breaks = POINTS[D.measure];
    const palette = DIVERGING.map((hex) => rgba(hex));
    D.cell.forEach((row, cell) => {
      const size = D.measure === "share" ? 1 : D.potential[cell];
      const gap = (SHARE_OF_CODE[a[cell]] - SHARE_OF_CODE[b[cell]]) * size;
      const step = classOf(Math.abs(gap), breaks);
      // Blue where the first is behind, orange where it is ahead; no class where neither has a user.
      D.colours[0][row] =
        D.potential[cell] && (a[cell] || b[cell]) ? palette[4 + Math.sign(gap) * step] : NOBODY_COLOUR;
    });
    return [D.colours[0]];
  }
  D.scenarios.forEach((_, which) => paintCells(D.colours[which], frameOf(which)));
  return D.mode === "swipe" ? [D.colours[0], D.colours[1], swipeEdge(frame)] : [D.colours[0]];
};

const paintCells = (colours, frame) => {
  const breaks = page.config.breaks[D.measure];
  const palette = ramp(breaks.length + 1).map((hex) => rgba(hex));
  if (D.measure === "share") {
    const ofCode = Uint32Array.from(SHARE_OF_CODE, (share, code) =>
      code ? palette[classOf(share, breaks)] : NOBODY_COLOUR,
    );
    for (let cell = 0; cell < frame.length; cell++) colours[D.cell[cell]] = ofCode[frame[cell]];
    return;
  }
  for (let cell = 0; cell < frame.length; cell++) {
    colours[D.cell[cell]] = frame[cell]
      ? palette[classOf(SHARE_OF_CODE[frame[cell]] * D.potential[cell], breaks)]
      : NOBODY_COLOUR;
  }
};

const swipeEdge = (frame) => {
  const size = page.map.getSize();
  return D.split * size.x + (frame.width - size.x) / 2;
};
