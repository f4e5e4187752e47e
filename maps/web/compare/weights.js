// Sliders: one per pillar, one per criterion. What is set is relative; what is shown and used sums to 100 %.

import { bdi, h, replaceParts } from "../lib/dom.js";
import { formatPercent } from "../lib/format.js";
import { emit, keepState, page } from "../lib/page.js";
import { localised, t } from "../lib/texts.js";
import { C, changed, profile, weights } from "./store.js";

/** @param {string} id */
const sliderOf = (id) => /** @type {HTMLInputElement} */ (document.getElementById(id));

export const drawWeights = () => {
  const section = document.getElementById("weights");
  const open = section.querySelector("details")?.open ?? Boolean(page.state.w);
  const { criteria, pillars } = page.config;
  const members = (pillar) => criteria.map((c, j) => j).filter((j) => criteria[j].pillar === pillar);
  const outputs = new Map();
  const slider = (id, label, value, act) => {
    const output = h("output", { for: id });
    outputs.set(id, output);
    return h(
      "div",
      { class: "weight" },
      h("label", { for: id }, bdi(label)),
      output,
      h("input", {
        id,
        type: "range",
        min: 0,
        max: 60,
        step: 0.5,
        value: Math.min(60, value),
        oninput: (event) => act(Number(event.target.value)),
      }),
    );
  };
  const show = () => {
    const weight = weights();
    criteria.forEach((_, j) => (outputs.get(`w-${j}`).textContent = formatPercent(weight[j])));
    for (const pillar of pillars) {
      const sum = members(pillar).reduce((total, j) => total + weight[j], 0);
      outputs.get(`p-${pillar}`).textContent = formatPercent(sum);
    }
  };
  const set = (next, moved) => {
    // All weights at 0 would rank nobody: the last one standing stays.
    if (!next.some((weight) => weight > 0)) return;
    C.raw = next;
    keepState({ w: changed() ? next.map((weight) => +weight.toFixed(3)).join("_") : "" });
    // Sliders not under the hand follow; the one being moved is left alone.
    criteria.forEach((_, j) => moved !== `w-${j}` && (sliderOf(`w-${j}`).value = String(next[j])));
    for (const pillar of pillars) {
      const id = `p-${pillar}`;
      if (moved !== id) sliderOf(id).value = String(members(pillar).reduce((total, j) => total + next[j], 0));
    }
    show();
    emit("scores");
  };
  const groups = pillars.map((pillar) => {
    const mine = members(pillar);
    const sum = mine.reduce((total, j) => total + C.raw[j], 0);
    return h(
      "fieldset",
      {},
      h("legend", {}, t(`pillar.${pillar}`)),
      slider(`p-${pillar}`, t("weights.whole"), sum, (value) => {
        const now = mine.reduce((total, j) => total + C.raw[j], 0);
        const start = mine.reduce((total, j) => total + C.initial[j], 0);
        set(
          C.raw.map((weight, j) =>
            !mine.includes(j)
              ? weight
              : now > 0
                ? (weight * value) / now
                : start > 0
                  ? (C.initial[j] * value) / start
                  : value / mine.length,
          ),
          `p-${pillar}`,
        );
      }),
      mine.map((j) =>
        slider(`w-${j}`, localised(criteria[j].label), C.raw[j], (value) =>
          set(
            C.raw.map((weight, k) => (k === j ? value : weight)),
            `w-${j}`,
          ),
        ),
      ),
    );
  });
  replaceParts(
    section,
    h(
      "details",
      { open },
      h("summary", {}, h("h2", {}, t("weights"))),
      h("button", { type: "button", class: "action", onclick: () => set([...C.initial], "") }, t("weights.reset")),
      h("div", { class: "sliders" }, groups, h("p", { class: "note" }, bdi(profile().provenance))),
    ),
  );
  show();
};
