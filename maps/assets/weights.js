// Sliders: one per pillar, one per criterion. What is set is relative; what is shown and used sums to 100 %.
"use strict";

G.drawWeights = () => {
  const section = document.getElementById("weights");
  const open = section.querySelector("details")?.open ?? Boolean(G.state.w);
  const { criteria, pillars } = G.config;
  const members = (pillar) => criteria.map((c, j) => j).filter((j) => criteria[j].pillar === pillar);
  const outputs = new Map();
  const slider = (id, label, value, act) => {
    const output = G.h("output", { for: id });
    outputs.set(id, output);
    return G.h("div", { class: "weight" }, G.h("label", { for: id }, G.name(label)), output,
      G.h("input", { id, type: "range", min: 0, max: 60, step: 0.5, value: Math.min(60, value), oninput: (event) => act(Number(event.target.value)) }));
  };
  const show = () => {
    const weight = weights();
    criteria.forEach((_, j) => (outputs.get(`w-${j}`).textContent = G.percent(weight[j])));
    for (const pillar of pillars) {
      const sum = members(pillar).reduce((total, j) => total + weight[j], 0);
      outputs.get(`p-${pillar}`).textContent = G.percent(sum);
    }
  };
  const set = (next, moved) => {
    // All weights at 0 would rank nobody: the last one standing stays.
    if (!next.some((weight) => weight > 0)) return;
    C.raw = next;
    G.keep({ w: changed() ? next.map((weight) => +weight.toFixed(3)).join("_") : "" });
    // Sliders not under the hand follow; the one being moved is left alone.
    criteria.forEach((_, j) => moved !== `w-${j}` && (document.getElementById(`w-${j}`).value = next[j]));
    for (const pillar of pillars) {
      const id = `p-${pillar}`;
      if (moved !== id) document.getElementById(id).value = members(pillar).reduce((total, j) => total + next[j], 0);
    }
    show();
    update();
  };
  const groups = pillars.map((pillar) => {
    const mine = members(pillar);
    const sum = mine.reduce((total, j) => total + C.raw[j], 0);
    return G.h("fieldset", {}, G.h("legend", {}, G.t(`pillar.${pillar}`)),
      slider(`p-${pillar}`, G.t("weights.whole"), sum, (value) => {
        const now = mine.reduce((total, j) => total + C.raw[j], 0);
        const start = mine.reduce((total, j) => total + C.initial[j], 0);
        set(C.raw.map((weight, j) => !mine.includes(j) ? weight
          : now > 0 ? (weight * value) / now : start > 0 ? (C.initial[j] * value) / start : value / mine.length), `p-${pillar}`);
      }),
      mine.map((j) => slider(`w-${j}`, G.both(criteria[j].label), C.raw[j], (value) => set(C.raw.map((weight, k) => (k === j ? value : weight)), `w-${j}`))));
  });
  G.replace(section,
    G.h("details", { open }, G.h("summary", {}, G.h("h2", {}, G.t("weights"))),
      G.h("button", { type: "button", class: "action", onclick: () => set([...C.initial], "") }, G.t("weights.reset")),
      G.h("div", { class: "sliders" }, groups, G.h("p", { class: "note" }, G.name(profile().provenance)))));
  show();
};
