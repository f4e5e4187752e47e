// How often each rank is reached when weights are scattered: a small twin of decisions/ranking/smaa.py for the weighted sum.

import { randomExponential, randomGamma } from "d3-random";
import { page } from "../lib/page.js";
import { sumOf } from "./score.js";

export const DRAWS = 4000; // the standard error of a share is then at most 0.8 %

// Doty-Humphrey's sfc32: the same seed gives the same draws on every machine, so that a view sent on shows the same bars.
/** @param {number} seed */
const uniformStream = (seed) => {
  let a = 0x9e3779b9,
    b = 0x243f6a88,
    c = 0xb7e15162,
    counter = seed >>> 0;
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return ((sum >>> 0) + 0.5) / 2 ** 32; // never 0, never 1
  };
  for (let k = 0; k < 16; k++) next();
  return next;
};

/** @param {number[]} values */
const scaled = (values) => {
  const sum = sumOf(values);
  return values.map((value) => value / sum);
};

// Ways to draw weights: each makes a function that draws once; a criterion of weight 0 stays at 0.
/** @type {{ [way: string]: (uniform: () => number, weights: number[]) => () => number[] }} */
const DRAWN = {
  uniform: (uniform, weights) => {
    const exponential = randomExponential.source(uniform)(1);
    return () => scaled(weights.map((weight) => (weight > 0 ? exponential() : 0)));
  },
  profile: (uniform, weights) => {
    const gamma = randomGamma.source(uniform);
    const parts = weights.map((weight) => (weight > 0 ? gamma(page.config.ranking.concentration * weight) : () => 0));
    return () => scaled(parts.map((draw) => draw()));
  },
  // Any that keep the order: sizes from the largest on, equal ones in any order.
  ordinal: (uniform, weights) => {
    const exponential = randomExponential.source(uniform)(1);
    return () => {
      const used = weights.map((weight, j) => ({ weight, j, lot: uniform() })).filter(({ weight }) => weight > 0);
      used.sort((one, other) => other.weight - one.weight || one.lot - other.lot);
      const sizes = scaled(used.map(() => exponential())).sort((one, other) => other - one);
      const drawn = weights.map(() => 0);
      used.forEach(({ j }, place) => (drawn[j] = sizes[place]));
      return drawn;
    };
  },
};

// Draws counted so far: ``run(ms)`` goes on for that long and says whether all are done; ``shares()`` are by row, from
// rank 1 on. utilities: rows that may have a rank, null where unknown (then anything from 0 to 1); weights sum to 1.
/**
 * @param {import("../types.js").Utilities[]} utilities
 * @param {number[]} weights
 * @param {string} weighting
 */
export const smaa = (utilities, weights, weighting, draws = DRAWS, seed = 1) => {
  const uniform = uniformStream(seed);
  const draw = DRAWN[weighting](uniform, weights);
  const size = utilities.length;
  const counts = utilities.map(() => new Float64Array(size));
  const levels = new Float64Array(size);
  const rows = utilities.map((_, i) => i);
  let done = 0;
  const one = () => {
    const drawn = draw();
    utilities.forEach((row, i) => {
      let score = 0;
      for (let j = 0; j < row.length; j++) score += drawn[j] * (row[j] ?? uniform());
      levels[i] = Math.round(Math.min(score, 1) * page.config.ranking.levels);
    });
    rows.sort((i, k) => levels[k] - levels[i]);
    let rank = 0;
    rows.forEach((i, place) => {
      if (place && levels[i] !== levels[rows[place - 1]]) rank = place;
      counts[i][rank] += 1;
    });
    done += 1;
  };
  return {
    run: (/** @type {number} */ ms) => {
      for (const end = performance.now() + ms; done < draws && performance.now() < end;) one();
      return done >= draws;
    },
    shares: () => counts.map((row) => Array.from(row, (count) => count / done)),
  };
};
