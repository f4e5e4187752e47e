// Sliders: one per pillar, one per criterion. What is set is relative; what is shown and used sums to 100 %.

import { bdi, h, replaceParts } from "../lib/dom.js";
import { formatPercent } from "../lib/format.js";
import { emit, keepState, page } from "../lib/page.js";
import { localised, t } from "../lib/texts.js";
import { sumOf } from "../rank/score.js";
import { changed, profile, store, weights } from "./store.js";

const MOST = 60; // where a slider ends

/** @param {string} id */
const sliderOf = (id) => /** @type {HTMLInputElement} */ (document.getElementById(id));

// The criteria of a pillar, by their places.
const membersOf = (pillar) => page.config.criteria.flatMap((criterion, j) => (criterion.pillar === pillar ? [j] : []));

const wholeOf = (pillar, values) => sumOf(membersOf(pillar).map((j) => values[j]));

export const drawWeights = () => {
  const section = document.getElementById("weights");
  const open = section.querySelector("details")?.open ?? Boolean(page.state.w);
  replaceParts(
    section,
    h(
      "details",
      { open },
      h("summary", {}, h("h2", {}, t("weights"))),
      h(
        "button",
        { type: "button", class: "action", onclick: () => setWeights([...store.initial]) },
        t("weights.reset"),
      ),
      h(
        "div",
        { class: "sliders" },
        page.config.pillars.map(pillarGroup),
        h("p", { class: "note" }, bdi(profile().provenance), " ", t("weights.rounded")),
      ),
    ),
  );
  showWeights();
};

const pillarGroup = (pillar) =>
  h(
    "fieldset",
    {},
    h("legend", {}, t(`pillar.${pillar}`)),
    makeSlider(`p-${pillar}`, t("weights.whole"), wholeOf(pillar, store.raw), (value) =>
      setWeights(scaledTo(pillar, value), `p-${pillar}`),
    ),
    membersOf(pillar).map((j) =>
      makeSlider(`w-${j}`, localised(page.config.criteria[j].label), store.raw[j], (value) =>
        setWeights(
          store.raw.map((weight, k) => (k === j ? value : weight)),
          `w-${j}`,
        ),
      ),
    ),
  );

const makeSlider = (id, label, value, act) =>
  h(
    "div",
    { class: "weight" },
    h("label", { for: id }, bdi(label)),
    h("output", { for: id }),
    h("input", {
      id,
      type: "range",
      min: 0,
      max: MOST,
      step: 0.5,
      value: Math.min(MOST, value),
      oninput: (event) => act(Number(event.target.value)),
    }),
  );

// All weights with those of a pillar brought to a sum: in the proportions they have, else in those they began with.
const scaledTo = (pillar, value) => {
  const mine = membersOf(pillar);
  const now = wholeOf(pillar, store.raw);
  const start = wholeOf(pillar, store.initial);
  return store.raw.map((weight, j) => {
    if (!mine.includes(j)) return weight;
    if (now > 0) return (weight * value) / now;
    return start > 0 ? (store.initial[j] * value) / start : value / mine.length;
  });
};

// ``moved`` is the slider under the hand, which is left alone; the others follow.
const setWeights = (next, moved = "") => {
  // All weights at 0 would rank nobody: the last one standing stays.
  if (!next.some((weight) => weight > 0)) return;
  store.raw = next;
  keepState({ w: changed() ? next.map((weight) => +weight.toFixed(3)).join("_") : "" });
  next.forEach((weight, j) => moved !== `w-${j}` && (sliderOf(`w-${j}`).value = String(weight)));
  for (const pillar of page.config.pillars)
    if (moved !== `p-${pillar}`) sliderOf(`p-${pillar}`).value = String(wholeOf(pillar, next));
  showWeights();
  emit("scores");
};

const showWeights = () => {
  const weight = weights();
  const write = (id, share) => (sliderOf(id).parentElement.querySelector("output").textContent = formatPercent(share));
  weight.forEach((share, j) => write(`w-${j}`, share));
  for (const pillar of page.config.pillars) write(`p-${pillar}`, wholeOf(pillar, weight));
};
