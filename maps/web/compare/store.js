// What the parts of the comparison share: candidates, weights in use, scores, and what is selected.

import { page } from "../lib/page.js";
import { cutName, localised } from "../lib/texts.js";
import { METHODS } from "../rank/score.js";
import { LEVEL_COLOUR, standingOf } from "../ui/standing.js";

export const store = { raw: null, marks: new Map(), shapes: new Map() };

export const method = () => (METHODS.includes(page.state.method) ? page.state.method : "weighted_sum");

export const profile = () =>
  page.config.profiles.find(({ id }) => id === page.state.profile) ?? page.config.profiles[0];

export const weights = () => {
  const sum = store.raw.reduce((a, b) => a + b, 0);
  return store.raw.map((weight) => weight / sum);
};

export const changed = () => store.raw.some((weight, j) => Math.abs(weight - store.initial[j]) > 1e-9);

// Whether the weights are others than those of the pipeline, by a slider or by another profile.
export const reweighed = () => weights().some((weight, j) => Math.abs(weight - page.config.criteria[j].weight) > 1e-9);

export const order = () => {
  const key = (i) => [store.results[i].rank ?? Infinity, -(store.results[i].score ?? -1)];
  return store.results.map((_, i) => i).sort((a, b) => key(a)[0] - key(b)[0] || key(a)[1] - key(b)[1] || a - b);
};

export const rankedCount = () => store.results.filter(({ rank }) => rank).length;

export const standing = (i) =>
  standingOf(store.results[i].rank, page.config.districts[i].vetoed, store.level.includes(i) ? store.level.length : 0);

export const rankColour = (rank) =>
  rank <= store.level.length ? LEVEL_COLOUR : store.ramp[Math.min(rank, store.ramp.length) - 1];

export const colourOf = (i) => (store.results[i].rank ? rankColour(store.results[i].rank) : null);

export const inkOn = (hex) => (hex && luminance(hex) < 0.36 ? "#fff" : "#1d252c");

const luminance = (hex) =>
  [1, 3, 5].reduce(
    (sum, at, k) => sum + [0.2126, 0.7152, 0.0722][k] * (parseInt(hex.slice(at, at + 2), 16) / 255) ** 2.2,
    0,
  );

export const short = (name, most = 60) => cutName(name, most);

export const secondOf = (i) =>
  page.config.districts.findIndex((candidate, k) => candidate.id === page.state.with && k !== i);

export const weighting = () => (page.config.weightings.includes(page.state.draw) ? page.state.draw : "profile");

export const criterionName = (id) =>
  localised(page.config.criteria.find((criterion) => criterion.id === id)?.label ?? id);
