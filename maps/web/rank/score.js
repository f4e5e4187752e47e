// Scores from utilities and weights, the same arithmetic as decisions/ranking/aggregate.py and its neighbours, so that a slider answers at once.
// utilities: rows of numbers, null where unknown. weights: numbers that sum to 1. reference: true for those that may win.

import { page } from "../lib/page.js";

/** @typedef {{ least: number, best: number, squares: number }} Column of the utilities of one criterion */
/** @typedef {import("../types.js").Utilities} Utilities */
/**
 * @callback Method
 * @param {Utilities[]} utilities
 * @param {number[]} weights
 * @param {boolean[]} reference
 * @returns {{ scores: number[], filled: (i: number, row: Utilities) => number }}
 */

/** @param {number[]} values */
export const sumOf = (values) => values.reduce((sum, value) => sum + value, 0);

// Of every column what its methods ask: least, greatest and the sum of squares of the known among the reference.
/** @param {Utilities[]} utilities @param {boolean[]} reference @returns {Column[]} */
const columnsOf = (utilities, reference) =>
  utilities[0].map((_, j) => {
    const column = { least: Infinity, best: -Infinity, squares: 0 };
    utilities.forEach((row, i) => {
      const utility = row[j];
      if (reference[i] && utility !== null) widen(column, utility);
    });
    return column;
  });

/** @param {Column} column @param {number} utility */
const widen = (column, utility) => {
  column.least = Math.min(column.least, utility);
  column.best = Math.max(column.best, utility);
  column.squares += utility * utility;
};

// The columns once the blanks of a row that is in the reference are filled: nothing else of them changes.
/** @param {Column[]} columns @param {Utilities} blank @param {Utilities} filled */
const columnsWith = (columns, blank, filled) =>
  columns.map((column, j) => {
    const utility = filled[j];
    if (blank[j] !== null || utility === null) return column;
    const wider = { ...column };
    widen(wider, utility);
    return wider;
  });

// S and R of VIKOR of a row: the sum and the largest of the weighted shares of each criterion's range lost.
/** @param {Utilities} row @param {number[]} weights @param {Column[]} columns */
const regrets = (row, weights, columns) => {
  let known = 0;
  for (let j = 0; j < row.length; j++) if (row[j] !== null) known += weights[j];
  if (!(known > 0)) return [NaN, NaN];
  let sum = 0,
    most = 0;
  for (let j = 0; j < row.length; j++) {
    const { least, best } = columns[j];
    const utility = row[j];
    if (utility === null || !(best > least)) continue;
    const lost = (weights[j] / known) * clip((best - utility) / (best - least));
    sum += lost;
    if (lost > most) most = lost;
  }
  return [sum, most];
};

/** @param {number[][]} pairs @param {boolean[]} reference @returns {(pair: number[]) => number} */
const compromise = (pairs, reference) => {
  const share = page.config.ranking.compromise;
  const terms = [0, 1]
    .map((which) => {
      let least = Infinity,
        most = -Infinity;
      pairs.forEach((pair, i) => {
        if (!reference[i] || Number.isNaN(pair[0])) return;
        least = Math.min(least, pair[which]);
        most = Math.max(most, pair[which]);
      });
      return {
        share: which ? 1 - share : share,
        of: (/** @type {number[]} */ pair) => clip((pair[which] - least) / (most - least)),
        told: most > least,
      };
    })
    .filter(({ told }) => told);
  const whole = sumOf(terms.map(({ share }) => share));
  return (pair) =>
    Number.isNaN(pair[0])
      ? NaN
      : terms.length
        ? 1 - sumOf(terms.map(({ share, of }) => share * of(pair))) / whole
        : 0.5;
};

// By method: ``scores`` of all rows, and ``filled(i, row)``, the score row i would have were it ``row``, its blanks filled
// in. Only what a filled blank changes is worked out again, so that hundreds of candidates can follow a slider.
/** @type {{ [method: string]: Method }} */
const SCORE = {
  weighted_sum: (utilities, weights) => {
    const of = (/** @type {Utilities} */ row) => {
      const known = row.map((utility, j) => (utility === null ? 0 : weights[j]));
      const total = sumOf(known);
      let score = 0;
      row.forEach((utility, j) => (score += (known[j] / total) * (utility ?? 0)));
      return total > 0 ? score : NaN;
    };
    return { scores: utilities.map(of), filled: (i, row) => of(row) };
  },

  topsis: (utilities, weights, reference) => {
    const columns = columnsOf(utilities, reference);
    const of = (/** @type {Utilities} */ row, /** @type {Column[]} */ columns) => {
      let toBest = 0,
        toWorst = 0,
        known = false;
      row.forEach((utility, j) => {
        if (utility === null) return;
        known ||= weights[j] > 0;
        const norm = Math.sqrt(columns[j].squares);
        if (!(norm > 0)) return;
        const best = columns[j].best / norm,
          worst = columns[j].least / norm;
        const held = Math.min(best, Math.max(worst, utility / norm));
        toBest += (weights[j] * (best - held)) ** 2;
        toWorst += (weights[j] * (held - worst)) ** 2;
      });
      const total = Math.sqrt(toBest) + Math.sqrt(toWorst);
      return known ? (total > 0 ? Math.sqrt(toWorst) / total : 0.5) : NaN;
    };
    return {
      scores: utilities.map((row) => of(row, columns)),
      filled: (i, row) => of(row, reference[i] ? columnsWith(columns, utilities[i], row) : columns),
    };
  },

  vikor: (utilities, weights, reference) => {
    const columns = columnsOf(utilities, reference);
    const pairs = utilities.map((row) => regrets(row, weights, columns));
    return {
      scores: pairs.map(compromise(pairs, reference)),
      filled: (i, row) => {
        const wider = reference[i] ? columnsWith(columns, utilities[i], row) : columns;
        // Rarely does a filled blank move the ends of its column; only then do the others' regrets change.
        const moved = wider.some(({ least, best }, j) => least < columns[j].least || best > columns[j].best);
        const all = moved ? utilities.map((other) => regrets(other, weights, wider)) : [...pairs];
        all[i] = regrets(row, weights, wider);
        return compromise(all, reference)(all[i]);
      },
    };
  },

  promethee: (utilities, weights, reference) => {
    const { indifference, strict } = page.config.ranking;
    const against = utilities.filter((_, i) => reference[i]);
    // A row against its own former self differs in nothing.
    const of = (/** @type {Utilities} */ row, /** @type {number} */ i) => {
      if (!row.some((utility, j) => utility !== null && weights[j] > 0)) return NaN;
      const rivals = against.length - (reference[i] ? 1 : 0);
      let flow = 0;
      for (const other of against) {
        for (let j = 0; j < row.length; j++) {
          const own = row[j],
            its = other[j];
          if (own === null || its === null) continue;
          const lead = own - its;
          if (lead > indifference)
            flow += lead < strict ? (weights[j] * (lead - indifference)) / (strict - indifference) : weights[j];
          else if (lead < -indifference)
            flow -= lead > -strict ? (weights[j] * (-lead - indifference)) / (strict - indifference) : weights[j];
        }
      }
      return (1 + (rivals ? flow / rivals : 0)) / 2;
    };
    return { scores: utilities.map(of), filled: (i, row) => of(row, i) };
  },
};

export const METHODS = Object.keys(SCORE);

/** @param {number} value */
const clip = (value) => Math.min(1, Math.max(0, value));

// {score, low, high, rank} per row; rank is null where it may not win.
/**
 * @param {string} method
 * @param {Utilities[]} utilities
 * @param {number[]} weights
 * @param {boolean[]} reference
 * @returns {import("../types.js").Result[]}
 */
export const scoreAll = (method, utilities, weights, reference) => {
  const judged = reference.some(Boolean) ? reference : reference.map(() => true);
  const { scores: score, filled } = SCORE[method](utilities, weights, judged);
  const spans = utilities.map((row, i) => {
    if (!row.includes(null)) return [score[i], score[i]];
    const all = [
      filled(
        i,
        row.map((utility) => utility ?? 0),
      ),
      filled(
        i,
        row.map((utility) => utility ?? 1),
      ),
      score[i],
    ].filter((value) => !Number.isNaN(value));
    return [Math.min(...all), Math.max(...all)];
  });
  return score.map((value, i) => {
    const ranked = reference[i] && !Number.isNaN(value);
    const ahead = score.filter((other, k) => reference[k] && other > value + page.config.ranking.tie).length;
    return {
      score: Number.isNaN(value) ? null : clip(value),
      // Known even of a row of which nothing is: what its blanks leave open.
      low: clip(spans[i][0]),
      high: clip(spans[i][1]),
      rank: ranked ? 1 + ahead : null,
    };
  });
};

// Weights of a row with those of unknown criteria left out and the others raised in proportion.
/** @param {Utilities} row @param {number[]} weights */
export const raisedWeights = (row, weights) => {
  const total = sumOf(row.map((utility, j) => (utility === null ? 0 : weights[j])));
  return row.map((utility, j) => (utility === null || total === 0 ? 0 : weights[j] / total));
};
