// Two candidates side by side: a card of each, the sentence on the pair, how the score of the one becomes that of the
// other, and every criterion of both.
"use strict";

const STEPS = 12; // drawn by themselves; the smaller ones are one step together

const secondOf = (i) => G.config.districts.findIndex((candidate, k) => candidate.id === G.state.with && k !== i);

// By criterion what the first adds to its score less what the second does, largest first; ``blank``: known of neither.
const gapsOf = (i, k) => {
  const [a, b] = [i, k].map((at) => {
    const raised = G.raised(C.utilities[at], weights());
    return C.utilities[at].map((utility, j) => raised[j] * (utility ?? 0));
  });
  const told = a.map((value, j) => ({ j, gap: value - b[j] })).filter(({ j }) => C.utilities[i][j] !== null || C.utilities[k][j] !== null);
  return { gaps: told.sort((x, y) => Math.abs(y.gap) - Math.abs(x.gap)), blank: a.length - told.length, from: sumOf(b), to: sumOf(a) };
};

G.pair = (i, k) => {
  const { districts } = G.config;
  const { gaps, blank, from, to } = gapsOf(i, k);
  return [
    G.h("div", { class: "faces" }, [i, k].map((at) => G.h("article", { class: at === i ? "first" : "second" }, face(at)))),
    reweighed() ? null : G.pairSentence(districts[i], districts[k]),
    G.h("h3", {}, G.t("waterfall.title")),
    [i, k].every((at) => C.sum[at].score !== null)
      ? [G.h("p", { class: "note" }, `${G.t("difference.sum", { gap: G.signed(to - from) })} ${G.t("waterfall.axis")}`), waterfall(i, k, gaps, from, to)]
      : G.h("p", { class: "note" }, G.t("waterfall.none")),
    G.h("h3", {}, G.t("pair.values")),
    valuesOf(i, k, gaps),
    blank ? G.h("p", { class: "note" }, G.t("difference.neither", { n: blank })) : null,
    G.h("h3", {}, G.t("proposal")),
    proposals(i, k),
  ];
};

const face = (i) => [G.cardHead(i), C.sum[i].rank ? [G.h("h3", {}, G.t("robust.title")), G.rankBars(i)] : null];

// From the second's score, step by step, to the first's. A bar begins where the one above it ends.
const waterfall = (i, k, gaps, from, to) => {
  const { criteria, districts } = G.config;
  const drawn = gaps.slice(0, gaps.length > STEPS + 1 ? STEPS : gaps.length);
  const rest = gaps.slice(drawn.length);
  const steps = drawn.map(({ j, gap }) => ({ gap, label: G.both(criteria[j].label), lacking: [i, k].filter((at) => C.utilities[at][j] === null) }));
  if (rest.length) steps.push({ gap: sumOf(rest.map(({ gap }) => gap)), label: G.t("waterfall.rest", { n: rest.length }), lacking: [] });
  let at = from;
  const spans = steps.map(({ gap }) => [at, (at += gap)]);
  // The axis begins a little below the least of them, not at 0: the steps are small against the scores.
  const ends = [from, to, ...spans.flat()];
  const least = Math.min(...ends), wide = Math.max(Math.max(...ends) - least, 1e-6);
  const x = (value) => 3 + ((value - least) / wide) * 94;
  const row = (label, figure, kind, [a, b], before, next) =>
    G.h("li", { class: kind }, G.h("span", { class: "label" }, label),
      G.h("span", { class: "steps" }, G.h("svg", { "aria-hidden": "true" },
        // From the row above, and to the row below.
        before && G.h("line", { x1: `${x(a)}%`, x2: `${x(a)}%`, y1: "0", y2: "50%" }),
        next && G.h("line", { x1: `${x(b)}%`, x2: `${x(b)}%`, y1: "50%", y2: "100%" }),
        G.h("rect", { x: `${Math.min(x(a), x(b))}%`, width: `${Math.max(Math.abs(x(b) - x(a)), 0.6)}%` }))),
      G.h("span", { class: "figure" }, figure));
  // The grey bars lead from the axis' own beginning to the score.
  const begin = least - (wide * 3) / 94;
  return G.h("ol", { class: "waterfall" },
    row(nameOf(k), G.fixed(from, 3), "whole", [begin, from], false, true),
    steps.map(({ gap, label, lacking }, n) =>
      row([G.name(label), lacking.length ? G.h("small", {}, G.t("waterfall.lacking", { who: lacking.map((at) => short(districts[at].name, 24)).join(", ") })) : null],
        G.signed(gap), gap < 0 ? "behind" : "ahead", spans[n], true, true)),
    row(nameOf(i), G.fixed(to, 3), "whole", [to, begin], true, false));
};

const nameOf = (i) => G.name(short(G.config.districts[i].name));
const nameHead = (i) => ({ text: nameOf(i), class: "number" });

const valuesOf = (i, k, gaps) => {
  const { criteria, districts } = G.config;
  const figure = (at, j) => ({ class: "number", text: C.utilities[at][j] === null ? G.h("em", {}, G.t("missing")) : G.quantity(districts[at].values[j].value, criteria[j].unit) });
  return G.table([G.t("criterion"), nameHead(i), nameHead(k), { text: G.t("difference"), class: "number" }],
    gaps.map(({ j, gap }) => [{ text: G.name(G.both(criteria[j].label)), head: true }, figure(i, j), figure(k, j), { text: G.signed(gap), class: "number" }]), { class: "differences" });
};

const proposals = (i, k) => {
  const [own, others] = [i, k].map((at) => proposalOf(G.config.districts[at]));
  return G.table([G.t("field"), nameHead(i), nameHead(k)],
    own.map(([label, value], n) => [{ text: label, head: true }, { text: value, class: "number" }, { text: others[n][1], class: "number" }]), { class: "said" });
};
