// How sure the place of a candidate is: ranks under drawn weights, what missing data leave open, and what would turn it.
"use strict";

// Darker where a rank is more often reached; white where never.
const heat = (share) => (share ? `color-mix(in srgb, #1b4f8f ${Math.round(12 + 88 * Math.sqrt(share))}%, #fff)` : "#f2f4f5");

const weighting = () => (G.config.weightings.includes(G.state.draw) ? G.state.draw : "profile");
const weightingName = (name) => G.t(name === "profile" && reweighed() ? "weighting.current" : `weighting.${name}`);

// Shares by rank: those drawn in the page where its weights are others than the pipeline's.
const sharesOf = (id) => (C.live ? C.live.acceptability[id] : G.config.robust[id]?.acceptability[weighting()]);
const drawnAs = () => G.t(C.live ? "robust.live" : "robust.pipeline", { n: G.number(C.live?.draws ?? G.config.draws) });

// One box per rank under the bar of the list.
G.acceptStrip = (id) => {
  const shares = sharesOf(id);
  if (!shares) return null;
  const often = shares.map((share, k) => `${G.t("rank.n", { n: k + 1 })} ${G.percent(share, 0)}`).filter((_, k) => shares[k] >= 0.005).join(", ");
  return G.h("span", { class: `accept${drawing() ? " pending" : ""}`, title: `${G.t("robust.title")} (${weightingName(weighting())}): ${often}. ${drawnAs()}` },
    shares.map((share) => G.h("i", { style: { background: heat(share) } })));
};

// What the missing data leave open under other weights: the ranks, each candidate moving by itself, and the missing
// criterion that weighs most; as rank_interval and settling in decisions/ranking/robustness.py.
const leftOpen = (i) => {
  const rivals = C.sum.filter(({ rank }, k) => rank && k !== i);
  const open = weights().map((weight, j) => (C.utilities[i][j] === null ? weight : 0));
  const most = Math.max(...open);
  return {
    best: 1 + rivals.filter(({ low }) => low > C.sum[i].high + TIE).length,
    worst: 1 + rivals.filter(({ high }) => high > C.sum[i].low + TIE).length,
    settling: most > 0 ? G.config.criteria[open.indexOf(most)].id : null,
  };
};

// Around which weights the draws are.
G.drawPicker = () =>
  G.picker("draw", G.t("robust.weights"), G.config.weightings.map((name) => [name, weightingName(name)]), weighting(), (value) => {
    G.keep({ draw: value });
    G.redraw();
    G.drawRanking();
    G.drawRobustness();
  });

// How often each rank is reached, and what missing data leave open.
G.rankBars = (i) => {
  const { id } = G.config.districts[i];
  if (C.sum.filter(({ rank }) => rank).length === 1) return G.h("p", { class: "note" }, G.t("robust.alone"));
  const shares = sharesOf(id) ?? [];
  const most = Math.max(...shares);
  const { best, worst, settling } = reweighed() ? leftOpen(i) : G.config.robust[id];
  return [
    G.h("div", { class: `ranks${drawing() ? " pending" : ""}`, role: "img", "aria-label": `${G.t("robust.title")}: ${shares.map((share, k) => `${k + 1} ${G.percent(share, 0)}`).join(", ")}` },
      shares.map((share, k) => G.h("span", {}, G.h("small", {}, share >= 0.005 ? G.percent(share, 0) : ""), G.h("i", { style: { height: `calc(${(share / most) * 34 + (share ? 1 : 0)} * var(--u))` } }), G.h("b", {}, k + 1 > SHOWN_RANKS ? "…" : String(k + 1))))),
    G.h("p", { class: "note drawn" }, drawing() ? G.t("robust.drawing") : drawnAs(), method() === "weighted_sum" ? null : ` ${G.t("robust.sum")}`),
    G.h("ul", { class: "sure" },
      G.h("li", {}, best === worst ? G.t("robust.fixed") : G.t("robust.interval", { best, worst })),
      settling ? G.h("li", {}, G.t("robust.settling", { criterion: criterionName(settling) })) : null,
      reweighed() ? null : G.h("li", {}, leastChange(G.config.robust[id].least))),
  ];
};

// The section of the card.
G.robustness = (i) => C.sum[i].rank ? [G.h("h3", {}, G.t("robust.title")), C.sum.filter(({ rank }) => rank).length > 1 ? G.drawPicker() : null, G.rankBars(i)] : null;

// In a pair both cards show it.
G.drawRobustness = () => (document.getElementById("sure") ? G.replace(document.getElementById("sure"), G.robustness(C.selected)) : G.drawCard());

const criterionName = (id) => G.both(G.config.criteria.find((criterion) => criterion.id === id)?.label ?? id);

// What the pipeline found for its own weights.
const leastChange = ({ criterion, from, to, rival }) => {
  if (!criterion) return G.t("robust.never");
  const name = G.config.districts.find((candidate) => candidate.id === rival)?.name ?? rival;
  return G.t("robust.least", { criterion: criterionName(criterion), from: G.percent(from), to: G.percent(to), rival: short(name) });
};

// What a sentence says is unknown may be long: it opens on demand.
const told = (sentence) => {
  const [said, unknown] = sentence.split(/ (?=값을 모름: |Unknown: )/);
  const [title, ...list] = (unknown ?? "").split(": ");
  return G.h("div", { class: "sentence" }, G.name(said.replace(/(?<=\s)-(?=\d)/g, "−")), unknown ? G.h("details", {}, G.h("summary", {}, title), G.name(list.join(": "))) : null);
};

// The pipeline's sentence on a pair, and how often the first is ahead under drawn weights.
G.pairSentence = (a, b) => {
  const sentence = G.config.reasons[`${a.id}>${b.id}`] ?? G.config.reasons[`${b.id}>${a.id}`];
  const winning = G.config.winning[`${a.id}>${b.id}`];
  return [
    sentence ? told(G.both(sentence)) : null,
    winning ? G.h("p", { class: "note" }, G.t("robust.winning", { a: short(a.name), b: short(b.name), shares: G.config.weightings.map((name, k) => `${G.t(`weighting.${name}`)} ${G.percent(winning[k], 0)}`).join(", ") })) : null,
  ];
};
