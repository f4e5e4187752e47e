// Scores from utilities and weights, the same arithmetic as spatial/ranking/aggregate.py and its neighbours, so that a slider answers at once.
// utilities: rows of numbers, null where unknown. weights: numbers that sum to 1. reference: true for those that may win.
"use strict";

const TIE = 1e-9;

const [INDIFFERENCE, STRICT] = [0.05, 0.25]; // of utility, for PROMETHEE: as in spatial/ranking/outranking.py
const COMPROMISE = 0.5; // for VIKOR: as in spatial/ranking/compromise.py

const sumOf = (values) => values.reduce((sum, value) => sum + value, 0);
const ends = (values) => (values.length ? [Math.min(...values), Math.max(...values)] : [0, 0]);

// S and R of VIKOR by row: the sum and the largest of the weighted shares of each criterion's range lost.
const regrets = (utilities, weights, reference) => {
  const spans = weights.map((_, j) => ends(utilities.filter((row, i) => reference[i] && row[j] !== null).map((row) => row[j])));
  return utilities.map((row) => {
    const known = sumOf(row.map((utility, j) => (utility === null ? 0 : weights[j])));
    if (!(known > 0)) return [NaN, NaN];
    const lost = row.map((utility, j) => {
      const [least, best] = spans[j];
      if (utility === null || !(best > least)) return 0;
      return (weights[j] / known) * G.clip((best - utility) / (best - least));
    });
    return [sumOf(lost), Math.max(...lost)];
  });
};

// Where one row alone is asked for (``only``), those that do not move it are left NaN.
const SCORE = {
  weighted_sum: (utilities, weights, reference, only = null) =>
    utilities.map((row, i) => {
      if (only !== null && i !== only) return NaN;
      const known = row.map((utility, j) => (utility === null ? 0 : weights[j]));
      const total = known.reduce((sum, weight) => sum + weight, 0);
      return total > 0 ? row.reduce((sum, utility, j) => sum + (known[j] / total) * (utility ?? 0), 0) : NaN;
    }),

  topsis: (utilities, weights, reference, only = null) => {
    const columns = weights.map((_, j) => {
      const shown = utilities.filter((row, i) => reference[i] && row[j] !== null).map((row) => row[j]);
      const norm = Math.sqrt(shown.reduce((sum, utility) => sum + utility * utility, 0));
      const scaled = (utility) => (norm > 0 ? utility / norm : 0);
      const ends = shown.map(scaled);
      return { scaled, best: ends.length ? Math.max(...ends) : 0, worst: ends.length ? Math.min(...ends) : 0 };
    });
    return utilities.map((row, i) => {
      if (only !== null && i !== only) return NaN;
      let toBest = 0, toWorst = 0, known = false;
      row.forEach((utility, j) => {
        if (utility === null) return;
        const { scaled, best, worst } = columns[j];
        const held = Math.min(best, Math.max(worst, scaled(utility)));
        toBest += (weights[j] * (best - held)) ** 2;
        toWorst += (weights[j] * (held - worst)) ** 2;
        known ||= weights[j] > 0;
      });
      const total = Math.sqrt(toBest) + Math.sqrt(toWorst);
      return known ? (total > 0 ? Math.sqrt(toWorst) / total : 0.5) : NaN;
    });
  },

  vikor: (utilities, weights, reference) => {
    const lost = regrets(utilities, weights, reference);
    const terms = [0, 1].map((which) => {
      const [least, most] = ends(lost.filter((pair, i) => reference[i] && !Number.isNaN(pair[0])).map((pair) => pair[which]));
      return { share: which ? 1 - COMPROMISE : COMPROMISE, of: (pair) => G.clip((pair[which] - least) / (most - least)), told: most > least };
    }).filter(({ told }) => told);
    const whole = sumOf(terms.map(({ share }) => share));
    return lost.map((pair) => (Number.isNaN(pair[0]) ? NaN : terms.length ? 1 - sumOf(terms.map(({ share, of }) => share * of(pair))) / whole : 0.5));
  },

  promethee: (utilities, weights, reference, only = null) => {
    const against = utilities.filter((_, i) => reference[i]);
    return utilities.map((row, i) => {
      if ((only !== null && i !== only) || !row.some((utility, j) => utility !== null && weights[j] > 0)) return NaN;
      const rivals = against.length - (reference[i] ? 1 : 0);
      let flow = 0;
      for (const other of against) {
        for (let j = 0; j < row.length; j++) {
          if (row[j] === null || other[j] === null) continue;
          const lead = row[j] - other[j];
          flow += weights[j] * Math.sign(lead) * G.clip((Math.abs(lead) - INDIFFERENCE) / (STRICT - INDIFFERENCE));
        }
      }
      return (1 + (rivals ? flow / rivals : 0)) / 2;
    });
  },
};

G.METHODS = Object.keys(SCORE);

G.clip = (value) => Math.min(1, Math.max(0, value));

// {score, low, high, rank} per row; rank is null where it may not win.
G.score = (method, utilities, weights, reference) => {
  const judged = reference.some(Boolean) ? reference : reference.map(() => true);
  const score = SCORE[method](utilities, weights, judged);
  const spans = utilities.map((row, i) => {
    if (!row.includes(null)) return [score[i], score[i]];
    const filled = (end) =>
      SCORE[method](utilities.map((other, k) => (k === i ? other.map((utility) => utility ?? end) : other)), weights, judged, i)[i];
    const all = [filled(0), filled(1), score[i]].filter((value) => !Number.isNaN(value));
    return [Math.min(...all), Math.max(...all)];
  });
  return score.map((value, i) => {
    const ranked = reference[i] && !Number.isNaN(value);
    const ahead = score.filter((other, k) => reference[k] && other > value + TIE).length;
    return {
      score: Number.isNaN(value) ? null : G.clip(value),
      low: Number.isNaN(value) ? null : G.clip(spans[i][0]),
      high: Number.isNaN(value) ? null : G.clip(spans[i][1]),
      rank: ranked ? 1 + ahead : null,
    };
  });
};

// Weights of a row with those of unknown criteria left out and the others raised in proportion.
G.raised = (row, weights) => {
  const total = row.reduce((sum, utility, j) => sum + (utility === null ? 0 : weights[j]), 0);
  return row.map((utility, j) => (utility === null || total === 0 ? 0 : weights[j] / total));
};
