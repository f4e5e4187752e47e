// Two candidates side by side: a card of each, the sentence on the pair, how the score of the one becomes that of the
// other, and every criterion of both.

import { bdi, h } from "../lib/dom.js";
import { formatFixed, formatQuantity, formatSigned } from "../lib/format.js";
import { page } from "../lib/page.js";
import { localised, t } from "../lib/texts.js";
import { raisedWeights, sumOf } from "../rank/score.js";
import { makeTable } from "../ui/table.js";
import { cardHead, proposalOf } from "./candidate.js";
import { pairSentence, rankBars } from "./robustness.js";
import { C, reweighed, short, weights } from "./store.js";

const STEPS = 12; // drawn by themselves; the smaller ones are one step together

// By criterion what the first adds to its score less what the second does, largest first; ``blank``: known of neither.
const gapsOf = (i, k) => {
  const [a, b] = [i, k].map((at) => {
    const raised = raisedWeights(C.utilities[at], weights());
    return C.utilities[at].map((utility, j) => raised[j] * (utility ?? 0));
  });
  const told = a
    .map((value, j) => ({ j, gap: value - b[j] }))
    .filter(({ j }) => C.utilities[i][j] !== null || C.utilities[k][j] !== null);
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
    [i, k].every((at) => C.sum[at].score !== null)
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

const face = (i) => [cardHead(i), C.sum[i].rank ? [h("h3", {}, t("robust.title")), rankBars(i)] : null];

// From the second's score, step by step, to the first's. A bar begins where the one above it ends.
const waterfall = (i, k, gaps, from, to) => {
  const { criteria, districts } = page.config;
  const drawn = gaps.slice(0, gaps.length > STEPS + 1 ? STEPS : gaps.length);
  const rest = gaps.slice(drawn.length);
  const steps = drawn.map(({ j, gap }) => ({
    gap,
    label: localised(criteria[j].label),
    lacking: [i, k].filter((at) => C.utilities[at][j] === null),
  }));
  if (rest.length)
    steps.push({ gap: sumOf(rest.map(({ gap }) => gap)), label: t("waterfall.rest", { n: rest.length }), lacking: [] });
  let at = from;
  const spans = steps.map(({ gap }) => [at, (at += gap)]);
  // The axis begins a little below the least of them, not at 0: the steps are small against the scores.
  const ends = [from, to, ...spans.flat()];
  const least = Math.min(...ends),
    wide = Math.max(Math.max(...ends) - least, 1e-6);
  const x = (value) => 3 + ((value - least) / wide) * 94;
  const row = (label, figure, kind, [a, b], before, next) =>
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
          // From the row above, and to the row below.
          before && h("line", { x1: `${x(a)}%`, x2: `${x(a)}%`, y1: "0", y2: "50%" }),
          next && h("line", { x1: `${x(b)}%`, x2: `${x(b)}%`, y1: "50%", y2: "100%" }),
          h("rect", { x: `${Math.min(x(a), x(b))}%`, width: `${Math.max(Math.abs(x(b) - x(a)), 0.6)}%` }),
        ),
      ),
      h("span", { class: "figure" }, figure),
    );
  // The grey bars lead from the axis' own beginning to the score.
  const begin = least - (wide * 3) / 94;
  return h(
    "ol",
    { class: "waterfall" },
    row(nameOf(k), formatFixed(from, 3), "whole", [begin, from], false, true),
    steps.map(({ gap, label, lacking }, n) =>
      row(
        [
          bdi(label),
          lacking.length
            ? h(
                "small",
                {},
                t("waterfall.lacking", { who: lacking.map((at) => short(districts[at].name, 24)).join(", ") }),
              )
            : null,
        ],
        formatSigned(gap),
        gap < 0 ? "behind" : "ahead",
        spans[n],
        true,
        true,
      ),
    ),
    row(nameOf(i), formatFixed(to, 3), "whole", [to, begin], true, false),
  );
};

const nameOf = (i) => bdi(short(page.config.districts[i].name));

const nameHead = (i) => ({ text: nameOf(i), class: "number" });

const valuesOf = (i, k, gaps) => {
  const { criteria, districts } = page.config;
  const figure = (at, j) => ({
    class: "number",
    text:
      C.utilities[at][j] === null
        ? h("em", {}, t("missing"))
        : formatQuantity(districts[at].values[j].value, criteria[j].unit),
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
