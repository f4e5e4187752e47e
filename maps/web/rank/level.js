// Which candidates cannot be told apart from the first: the same rule as decisions/ranking/groups.py, so that it follows the
// weights set in the page.

import { formatPercent } from "../lib/format.js";
import { page } from "../lib/page.js";

// Their places in ``results`` ({rank, low, high} by candidate), best first; none where the first stands alone.
/**
 * @param {{ rank: number | null, low: number, high: number }[]} results
 * @param {import("../types.js").Utilities[]} utilities
 * @param {number[]} weights
 */
export const levelWithFirst = (results, utilities, weights) => {
  const ranks = results.map(({ rank }) => rank ?? 0); // 0: may not win
  const ranked = results
    .map((_, i) => i)
    .filter((i) => ranks[i])
    .sort((i, k) => ranks[i] - ranks[k]);
  const floor = Math.min(...ranked.filter((i) => ranks[i] === 1).map((i) => results[i].low));
  const last = Math.max(
    ...ranked.filter((i) => results[i].high >= floor - page.config.ranking.tie).map((i) => ranks[i]),
  );
  const group = ranked.filter((i) => ranks[i] <= last);
  const known = Math.min(...group.map((i) => knownOf(utilities[i], weights).part));
  return group.length < 2 || known >= page.config.ranking.knownEnough ? [] : group;
};

/** @param {number[]} group @param {number} i */
export const levelOthers = (group, i) => group.filter((k) => k !== i);

// How much is known of a candidate: how many criteria have a value, and what share of the weight they carry.
/** @param {import("../types.js").Utilities} utilities @param {number[]} weights */
export const knownOf = (utilities, weights) => {
  const told = utilities.map((utility) => utility !== null);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const held = weights.reduce((sum, weight, j) => sum + (told[j] ? weight : 0), 0);
  const part = whole ? held / whole : 0;
  return { n: told.filter(Boolean).length, all: told.length, part, share: formatPercent(part, 0) };
};
