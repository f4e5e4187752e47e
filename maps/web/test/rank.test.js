import assert from "node:assert/strict";
import { test } from "node:test";
import { page } from "../lib/page.js";
import { levelWithFirst } from "../rank/level.js";
import { METHODS, scoreAll } from "../rank/score.js";
import { DRAWS, smaa } from "../rank/smaa.js";
import { nearTie } from "../ui/standing.js";
import { close, values } from "./values.js";

page.config = values;

for (const method of METHODS) {
  test(`scores, intervals and ranks by ${method}`, () => {
    for (const { utilities, weights, reference, found } of values.scores) {
      const results = scoreAll(method, utilities, weights, reference);
      results.forEach((row, i) => {
        for (const key of ["score", "low", "high"]) close(row[key], found[method][key][i], 1e-9);
        assert.equal(row.rank ?? 0, found[method].rank[i]);
      });
    }
  });
}

test("who cannot be told apart from the first", () => {
  for (const { utilities, weights, results, level } of values.level) {
    const group = levelWithFirst(results, utilities, weights);
    assert.deepEqual(
      level,
      results.map((_, i) => group.includes(i)),
    );
  }
});

for (const weighting of ["uniform", "profile", "ordinal"]) {
  test(`shares of ranks by weights drawn as ${weighting}`, () => {
    const { utilities, weights, found } = values.shares;
    const work = smaa(utilities, weights, weighting);
    work.run(1e5);
    work.shares().forEach((row, i) =>
      row.forEach((share, rank) => {
        const expected = found[weighting][i][rank];
        // Four standard errors of the difference of two samples, a draw for shares next to none, and the rounding.
        const error = Math.sqrt(expected * (1 - expected) * (1 / DRAWS + 1 / 100000));
        close(share, expected, 4 * error + 1 / DRAWS + 5e-4);
      }),
    );
  });
}

test("scores that read the same at different ranks are as good as level", () => {
  const results = [
    { score: 0.6794, rank: 2 },
    { score: 0.6791, rank: 3 },
    { score: 0.7, rank: 1 },
    { score: 0.7, rank: 1 },
    { score: 0.679, rank: null },
  ];
  // Level ones share a rank and say so by it; the last may not win.
  assert.deepEqual(
    results.map((_, i) => nearTie(results, i)),
    [true, true, false, false, false],
  );
});
