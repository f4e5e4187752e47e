// How sure the place of a candidate is: ranks under drawn weights, what missing data leave open, and what would turn it.

import { bdi, h } from "../lib/dom.js";
import { formatNumber, formatPercent } from "../lib/format.js";
import { emit, keepState, page } from "../lib/page.js";
import { t } from "../lib/texts.js";
import { makePicker } from "../ui/picker.js";
import { reasonOf } from "../ui/standing.js";
import { drawing } from "./shares.js";
import { criterionName, method, reweighed, short, store, weighting, weights } from "./store.js";

const heat = (share) =>
  share ? `color-mix(in srgb, #1b4f8f ${Math.round(12 + 88 * Math.sqrt(share))}%, #fff)` : "#f2f4f5";

const weightingName = (name) => t(name === "profile" && reweighed() ? "weighting.current" : `weighting.${name}`);

// Shares by rank: those drawn in the page where its weights are others than the pipeline's.
const sharesOf = (id) =>
  store.live ? store.live.acceptability[id] : page.config.robust[id]?.acceptability[weighting()];

const drawnAs = () =>
  t(store.live ? "robust.live" : "robust.pipeline", { n: formatNumber(store.live?.draws ?? page.config.draws) });

// One box per rank under the bar of the list.
export const acceptStrip = (id) => {
  const shares = sharesOf(id);
  if (!shares) return null;
  const often = shares
    .map((share, k) => `${t("rank.n", { n: k + 1 })} ${formatPercent(share, 0)}`)
    .filter((_, k) => shares[k] >= 0.005)
    .join(", ");
  return h(
    "span",
    {
      class: `accept${drawing() ? " pending" : ""}`,
      title: `${t("robust.title")} (${weightingName(weighting())}): ${often}. ${drawnAs()}`,
    },
    shares.map((share) => h("i", { style: { background: heat(share) } })),
  );
};

// What the missing data leave open under other weights: the ranks, each candidate moving by itself, and the missing
// criterion that weighs most; as rank_interval and settling in decisions/ranking/robustness.py.
const leftOpen = (i) => {
  const rivals = store.sum.filter(({ rank }, k) => rank && k !== i);
  const open = weights().map((weight, j) => (store.utilities[i][j] === null ? weight : 0));
  const most = Math.max(...open);
  return {
    best: 1 + rivals.filter(({ low }) => low > store.sum[i].high + page.config.ranking.tie).length,
    worst: 1 + rivals.filter(({ high }) => high > store.sum[i].low + page.config.ranking.tie).length,
    settling: most > 0 ? page.config.criteria[open.indexOf(most)].id : null,
  };
};

// Around which weights the draws are.
export const drawPicker = () =>
  makePicker(
    "draw",
    t("robust.weights"),
    page.config.weightings.map((name) => [name, weightingName(name)]),
    weighting(),
    (value) => {
      keepState({ draw: value });
      emit("weighting");
    },
  );

// How often each rank is reached, and what missing data leave open.
export const rankBars = (i) => {
  const { id } = page.config.districts[i];
  if (store.sum.filter(({ rank }) => rank).length === 1) return h("p", { class: "note" }, t("robust.alone"));
  const shares = sharesOf(id) ?? [];
  const most = Math.max(...shares);
  const { best, worst, settling } = reweighed() ? leftOpen(i) : page.config.robust[id];
  return [
    h(
      "div",
      {
        class: `ranks${drawing() ? " pending" : ""}`,
        role: "img",
        "aria-label": `${t("robust.title")}: ${shares.map((share, k) => `${k + 1} ${formatPercent(share, 0)}`).join(", ")}`,
      },
      shares.map((share, k) =>
        h(
          "span",
          {},
          h("small", {}, share >= 0.005 ? formatPercent(share, 0) : ""),
          h("i", { style: { height: `calc(${(share / most) * 34 + (share ? 1 : 0)} * var(--u))` } }),
          h("b", {}, k + 1 > page.config.ranking.shownRanks ? "…" : String(k + 1)),
        ),
      ),
    ),
    h(
      "p",
      { class: "note drawn" },
      drawing() ? t("robust.drawing") : drawnAs(),
      method() === "weighted_sum" ? null : ` ${t("robust.sum")}`,
    ),
    h(
      "ul",
      { class: "sure" },
      h("li", {}, best === worst ? t("robust.fixed") : t("robust.interval", { best, worst })),
      settling ? h("li", {}, t("robust.settling", { criterion: criterionName(settling) })) : null,
      reweighed() ? null : h("li", {}, leastChange(page.config.robust[id].least)),
    ),
  ];
};

// The section of the card.
export const robustnessSection = (i) =>
  store.sum[i].rank
    ? [
        h("h3", {}, t("robust.title")),
        store.sum.filter(({ rank }) => rank).length > 1 ? drawPicker() : null,
        rankBars(i),
      ]
    : null;

// What the pipeline found for its own weights.
const leastChange = ({ criterion, from, to, rival }) => {
  if (!criterion) return t("robust.never");
  const name = page.config.districts.find((candidate) => candidate.id === rival)?.name ?? rival;
  return t("robust.least", {
    criterion: criterionName(criterion),
    from: formatPercent(from),
    to: formatPercent(to),
    rival: short(name),
  });
};

// What a sentence says is unknown may be long: it opens on demand.
const sentenceOf = ({ text, unknown }) =>
  h(
    "div",
    { class: "sentence" },
    bdi(text),
    unknown ? h("details", {}, h("summary", {}, t("reason.unknown")), bdi(unknown)) : null,
  );

// The pipeline's sentence on a pair, and how often the first is ahead under drawn weights.
export const pairSentence = (a, b) => {
  const sentence = reasonOf(`${a.id}>${b.id}`) ?? reasonOf(`${b.id}>${a.id}`);
  const winning = page.config.winning[`${a.id}>${b.id}`];
  return [
    sentence && sentenceOf(sentence),
    winning
      ? h(
          "p",
          { class: "note" },
          t("robust.winning", {
            a: short(a.name),
            b: short(b.name),
            shares: page.config.weightings
              .map((name, k) => `${t(`weighting.${name}`)} ${formatPercent(winning[k], 0)}`)
              .join(", "),
          }),
        )
      : null,
  ];
};
