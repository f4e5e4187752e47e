// Two candidates side by side: a card of each, the sentence on the pair, how the score of the one becomes that of the
// other, and every criterion of both.

import { bdi, h } from "../lib/dom.js";
import { fact } from "../lib/facts.js";
import { formatFixed, formatSigned } from "../lib/format.js";
import { page } from "../lib/page.js";
import { localised, t } from "../lib/texts.js";
import { raisedWeights, sumOf } from "../rank/score.js";
import { makeTable } from "../ui/table.js";
import { cardHead, proposalOf } from "./candidate.js";
import { pairSentence, rankBars } from "./robustness.js";
import { reweighed, short, store, weights } from "./store.js";

const STEPS = 12; // drawn by themselves; the smaller ones are one step together

// By criterion what the first adds to its score less what the second does, largest first; ``blank``: known of neither.
const gapsOf = (i, k) => {
  const [a, b] = [i, k].map((at) => {
    const raised = raisedWeights(store.utilities[at], weights());
    return store.utilities[at].map((utility, j) => raised[j] * (utility ?? 0));
  });
  const told = a
    .map((value, j) => ({ j, gap: value - b[j] }))
    .filter(({ j }) => store.utilities[i][j] !== null || store.utilities[k][j] !== null);
  return {
    gaps: told.sort((x, y) => Math.abs(y.gap) - Math.abs(x.gap)),
    blank: a.length - told.length,
    from: sumOf(b),
    to: sumOf(a),
  };
};

export const pairCard = (i, k) => {
  const { districts } = page.config;
  const { gaps, blank, from, to } = gapsOf(i, k);
  return [
    h(
      "div",
      { class: "faces" },
      [i, k].map((at) => h("article", { class: at === i ? "first" : "second" }, face(at))),
    ),
    reweighed() ? null : pairSentence(districts[i], districts[k]),
    h("h3", {}, t("waterfall.title")),
    [i, k].every((at) => store.sum[at].score !== null)
      ? [
          h("p", { class: "note" }, `${t("difference.sum", { gap: formatSigned(to - from) })} ${t("waterfall.axis")}`),
          waterfall(i, k, gaps, from, to),
        ]
      : h("p", { class: "note" }, t("waterfall.none")),
    h("h3", {}, t("pair.values")),
    valuesOf(i, k, gaps),
    blank ? h("p", { class: "note" }, t("difference.neither", { n: blank })) : null,
    h("h3", {}, t("proposal")),
    proposals(i, k),
  ];
};

const face = (i) => [cardHead(i), store.sum[i].rank ? [h("h3", {}, t("robust.title")), rankBars(i)] : null];

// From the second's score, step by step, to the first's. A bar begins where the one above it ends.
const waterfall = (i, k, gaps, from, to) => {
  const steps = stepsOf(i, k, gaps);
  let at = from;
  const spans = steps.map(({ gap }) => [at, (at += gap)]);
  // The axis begins a little below the least of them, not at 0: the steps are small against the scores.
  const ends = [from, to, ...spans.flat()];
  const least = Math.min(...ends),
    wide = Math.max(Math.max(...ends) - least, 1e-6);
  const x = (value) => 3 + ((value - least) / wide) * 94;
  // The grey bars lead from the axis' own beginning to the score.
  return h(
    "ol",
    { class: "waterfall" },
    stepRow(nameOf(k), formatFixed(from, 3), "whole", [0, x(from)], { next: true }),
    steps.map(({ gap, label, lacking }, n) =>
      stepRow([bdi(label), lackingNote(lacking)], formatSigned(gap), gap < 0 ? "behind" : "ahead", spans[n].map(x), {
        before: true,
        next: true,
      }),
    ),
    stepRow(nameOf(i), formatFixed(to, 3), "whole", [x(to), 0], { before: true }),
  );
};

// The largest differences, and the rest of them as one step; ``lacking``: candidates of which the criterion is unknown.
const stepsOf = (i, k, gaps) => {
  const drawn = gaps.slice(0, gaps.length > STEPS + 1 ? STEPS : gaps.length);
  const rest = gaps.slice(drawn.length);
  const steps = drawn.map(({ j, gap }) => ({
    gap,
    label: localised(page.config.criteria[j].label),
    lacking: [i, k].filter((at) => store.utilities[at][j] === null),
  }));
  if (rest.length)
    steps.push({ gap: sumOf(rest.map(({ gap }) => gap)), label: t("waterfall.rest", { n: rest.length }), lacking: [] });
  return steps;
};

const lackingNote = (lacking) => {
  const who = lacking.map((at) => short(page.config.districts[at].name, 24)).join(", ");
  return lacking.length ? h("small", {}, t("waterfall.lacking", { who })) : null;
};

// One bar from a to b (per cent of the width), with lines from the row ``before`` and to the ``next``.
const stepRow = (label, figure, kind, [a, b], { before = false, next = false }) =>
  h(
    "li",
    { class: kind },
    h("span", { class: "label" }, label),
    h(
      "span",
      { class: "steps" },
      h(
        "svg",
        { "aria-hidden": "true" },
        before && h("line", { x1: `${a}%`, x2: `${a}%`, y1: "0", y2: "50%" }),
        next && h("line", { x1: `${b}%`, x2: `${b}%`, y1: "50%", y2: "100%" }),
        h("rect", { x: `${Math.min(a, b)}%`, width: `${Math.max(Math.abs(b - a), 0.6)}%` }),
      ),
    ),
    h("span", { class: "figure" }, figure),
  );

const nameOf = (i) => bdi(short(page.config.districts[i].name));

const nameHead = (i) => ({ text: nameOf(i), class: "number" });

const valuesOf = (i, k, gaps) => {
  const { criteria, districts } = page.config;
  const figure = (at, j) => ({
    class: "number",
    text:
      store.utilities[at][j] === null
        ? h("em", {}, t("missing"))
        : fact(`candidate/${districts[at].id}/value/${criteria[j].id}`),
  });
  return makeTable(
    [t("criterion"), nameHead(i), nameHead(k), { text: t("difference"), class: "number" }],
    gaps.map(({ j, gap }) => [
      { text: bdi(localised(criteria[j].label)), head: true },
      figure(i, j),
      figure(k, j),
      { text: formatSigned(gap), class: "number" },
    ]),
    { class: "differences" },
  );
};

const proposals = (i, k) => {
  const [own, others] = [i, k].map((at) => proposalOf(page.config.districts[at]));
  return makeTable(
    [t("field"), nameHead(i), nameHead(k)],
    own.map(([label, value], n) => [
      { text: label, head: true },
      { text: value, class: "number" },
      { text: others[n][1], class: "number" },
    ]),
    { class: "said" },
  );
};
