// Shares of ranks for the weights set in the page, drawn in short turns so that sliders stay free.

import { emit, page } from "../lib/page.js";
import { sumOf } from "../rank/score.js";
import { DRAWS, smaa } from "../rank/smaa.js";
import { reweighed, store, weighting, weights } from "./store.js";

export const TURN_MS = 8;

const PAUSE_MS = 90; // a slider under the hand sends changes faster than this

// The shares of the ranks after those shown come as one sum, as from the pipeline.
const toldRanks = (shares) => {
  const { shownRanks } = page.config.ranking;
  return shares.length > shownRanks ? [...shares.slice(0, shownRanks), sumOf(shares.slice(shownRanks))] : shares;
};

const drawnFor = () => `${weighting()}|${weights().join()}`;

let waiting = null;

// Draws again for the weights of the page: after a pause, a turn at a time; what was under way for others is dropped.
// ``store.live`` holds shares by district_id, and what they were drawn for; null while the pipeline's own stand.
export const redrawShares = () => {
  clearTimeout(waiting);
  if (!reweighed()) return void (store.live = null);
  const asked = drawnFor();
  if (store.live?.asked === asked) return;
  const rows = store.sum.map((_, i) => i).filter((i) => store.sum[i].rank);
  const work = smaa(
    rows.map((i) => store.utilities[i]),
    weights(),
    weighting(),
  );
  const turn = () => {
    if (!work.run(TURN_MS)) return void (waiting = setTimeout(turn));
    const shares = work.shares();
    store.live = {
      asked,
      draws: DRAWS,
      acceptability: Object.fromEntries(rows.map((i, at) => [page.config.districts[i].id, toldRanks(shares[at])])),
    };
    emit("shares");
  };
  waiting = setTimeout(turn, PAUSE_MS);
};

// While this is true, the shares there are belong to the weights before.
export const drawing = () => reweighed() && store.live?.asked !== drawnFor();
