// The card of one candidate: why it stands where it stands. Two side by side are in pair.js.

import { bdi, h, replaceParts } from "../lib/dom.js";
import { fact } from "../lib/facts.js";
import { formatFixed, formatPercent } from "../lib/format.js";
import { emit, keepState, page } from "../lib/page.js";
import { localised, t } from "../lib/texts.js";
import { raisedWeights } from "../rank/score.js";
import { makePicker } from "../ui/picker.js";
import { cardHead, proposalOf } from "./candidate.js";
import { pairCard } from "./pair.js";
import { drawPicker, robustnessSection } from "./robustness.js";
import { order, secondOf, short, standing, store, weights } from "./store.js";

export const drawCard = () => {
  const i = store.selected;
  const district = page.config.districts[i];
  const other = secondOf(i);
  const others = order().filter((k) => k !== i);
  const picker = makePicker(
    "with",
    t("with"),
    [
      ["", t("with.none")],
      ...others.map((k) => [
        page.config.districts[k].id,
        `${standing(k).sign} · ${short(page.config.districts[k].name)}`,
      ]),
    ],
    other >= 0 ? page.config.districts[other].id : "",
    (value) => {
      keepState({ with: value });
      drawCard();
      emit("pair");
    },
  );
  document.body.classList.toggle("paired", other >= 0);
  replaceParts(
    document.getElementById("card"),
    other >= 0
      ? [picker, store.sum[i].rank || store.sum[other].rank ? drawPicker() : null, pairCard(i, other)]
      : [
          cardHead(i),
          planNote(district),
          h("div", { id: "sure" }, robustnessSection(i)),
          picker,
          contributions(district, raisedWeights(district.utilities, weights())),
          h("h3", {}, t("proposal")),
          proposal(district),
        ],
  );
};

// Which plan the criteria that depend on one are of.
const planNote = (district) =>
  district.plan && h("p", { class: "note plan" }, `${t("scored.plan")}: `, bdi(localised(district.plan)));

// Per criterion a track as long as its weight, filled as far as its utility reaches: the filled length is what it adds.
const contributions = (district, raised) => {
  const { criteria, pillars } = page.config;
  const base = weights();
  const longest = Math.max(...raised, ...base);
  return [
    h("p", { class: "note" }, t("contribution.note")),
    pillars.map((pillar) => {
      const mine = criteria.map((c, j) => j).filter((j) => criteria[j].pillar === pillar);
      const sum = mine.reduce((total, j) => total + raised[j] * (district.utilities[j] ?? 0), 0);
      return h(
        "div",
        { class: "pillar" },
        h("h3", {}, t(`pillar.${pillar}`), h("span", { class: "figure" }, `+${formatFixed(sum, 3)}`)),
        mine.map((j) =>
          criterionRow(
            criteria[j],
            district.values[j],
            district.values[j].value === null ? null : fact(`candidate/${district.id}/value/${criteria[j].id}`),
            district.utilities[j],
            raised[j],
            base[j],
            longest,
          ),
        ),
      );
    }),
  ];
};

const criterionRow = (criterion, datum, value, utility, raised, weight, longest) => {
  const lacking = utility === null;
  const papers = (datum.note ?? []).filter(({ code }) => code.startsWith("evidence."));
  const notes = (datum.note ?? []).filter((note) => !papers.includes(note));
  const track = h(
    "span",
    {
      class: `track${lacking ? " lacking" : ""}`,
      "aria-hidden": "true",
      style: { width: `${((lacking ? weight : raised) / longest) * 100}%` },
    },
    lacking ? null : h("span", { style: { width: `${utility * 100}%` } }),
  );
  const facts = [
    lacking ? null : [t("utility"), formatFixed(utility, 3)],
    [t("weight"), weightText(lacking, weight, raised)],
    lacking
      ? [t("missing.effect"), localised(criterion.missing)]
      : [t("direction"), t(`direction.${criterion.direction}`)],
    [t("source"), [localised(datum.source), datum.vintage].filter(Boolean).join(" · ") || "–"],
    notes.length ? [t("estimate"), localised(notes)] : null,
    papers.length ? [t("evidence"), localised(papers)] : null,
    [t("basis"), `${localised(criterion.source)} [${t(`evidence.${criterion.evidence}`)}]`],
  ].filter(Boolean);
  return h(
    "details",
    { class: "criterion" },
    h(
      "summary",
      {},
      h("span", { class: "label" }, bdi(localised(criterion.label))),
      h("span", { class: "value" }, lacking ? h("em", {}, t("missing")) : value),
      h("span", { class: "lane" }, track),
      h("span", { class: "figure" }, lacking ? "–" : `+${formatFixed(raised * utility, 3)}`),
      lacking && datum.missing ? h("small", { class: "reason" }, bdi(datum.missing)) : null,
      papers.length ? h("small", { class: "reason" }, bdi(localised(papers))) : null,
    ),
    h(
      "dl",
      {},
      facts.map(([name, text]) => [h("dt", {}, name), h("dd", {}, bdi(text))]),
    ),
  );
};

// The weight as it is set, and what it becomes where the weights of unknown criteria are shared among the known.
const weightText = (lacking, weight, raised) => {
  const set = formatPercent(weight);
  if (lacking) return `${set} (${t("weight.shared")})`;
  return formatPercent(raised) === set ? set : `${set} (${t("weight.raised", { share: formatPercent(raised) })})`;
};

const proposal = (district) =>
  h(
    "dl",
    { class: "facts" },
    proposalOf(district).map(([label, value]) => [h("dt", {}, label), h("dd", {}, value)]),
  );

// In a pair both cards show it.
export const drawRobustness = () =>
  document.getElementById("sure")
    ? replaceParts(document.getElementById("sure"), robustnessSection(store.selected))
    : drawCard();
