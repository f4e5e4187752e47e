// Candidates in rank order, chosen method and profile.

import { bdi, h, replaceParts } from "../lib/dom.js";
import { formatFixed } from "../lib/format.js";
import { emit, keepState, page } from "../lib/page.js";
import { localised, t } from "../lib/texts.js";
import { knownOf } from "../rank/level.js";
import { METHODS } from "../rank/score.js";
import { makePicker } from "../ui/picker.js";
import { levelNote, nearTie } from "../ui/standing.js";
import { acceptStrip } from "./robustness.js";
import { changed, colourOf, inkOn, method, order, profile, reweighed, standing, store, weights } from "./store.js";

export const drawRanking = () => {
  const { districts } = page.config;
  const lacking = districts.some((district) => district.utilities.includes(null));
  replaceParts(
    document.getElementById("ranking"),
    h("h2", {}, t("ranking")),
    methodPicker(),
    profilePicker(),
    h("p", { class: "note strong" }, t("illustrative"), changed() ? h("small", {}, t("weights.moved")) : null),
  );
  replaceParts(
    document.getElementById("order"),
    districts.every(({ vetoed }) => vetoed) && h("p", { class: "note strong" }, t("vetoed.all")),
    levelNote(store.level, weights()),
    h("ol", { class: "ranking" }, order().map(candidateRow)),
    reweighed() || method() !== "weighted_sum" ? null : verdict(),
    h("p", { class: "note" }, lacking ? `${t("interval.note")} ` : null, t("robust.strip")),
    lacking && method() === "promethee" && h("p", { class: "note", id: "promethee" }, t("promethee.missing")),
  );
};

// Why not the second, and what the methods say of the first: the pipeline's, by its own weights.
const verdict = () =>
  page.config.verdict.length > 0 &&
  h(
    "details",
    { class: "verdict" },
    h("summary", {}, t("verdict")),
    page.config.verdict.map((text) => h("p", {}, bdi(localised(text)))),
  );

const methodPicker = () =>
  makePicker(
    "method",
    t("method"),
    METHODS.map((name) => [name, t(`method.${name}`)]),
    method(),
    (value) => {
      keepState({ method: value });
      emit("scores");
    },
  );

const profilePicker = () =>
  makePicker(
    "profile",
    t("profile"),
    page.config.profiles.map(({ id, label }) => [id, localised(label)]),
    profile().id,
    (value) => {
      keepState({ profile: value, w: "" });
      store.raw = store.initial = profile().weights.map((weight) => weight * 100);
      emit("profile");
    },
  );

const candidateRow = (i) => {
  const district = page.config.districts[i];
  const { rank, score, low, high } = store.results[i];
  const { label, tone, sign } = standing(i);
  const badge = h(
    "span",
    {
      class: `badge${tone}`,
      style: { background: rank ? colourOf(i) : "#fff", color: inkOn(rank && colourOf(i)) },
      "aria-label": label,
    },
    sign,
  );
  return h(
    "li",
    {},
    h(
      "button",
      {
        type: "button",
        "aria-current": store.selected === i ? "true" : null,
        "data-id": district.id,
        onclick: () => emit("select", i, true),
      },
      badge,
      h(
        "span",
        { class: "who" },
        h("span", { class: "name", title: localised(district.name) }, bdi(district.name)),
        h("small", {}, t(`kind.${district.kind}`), rank ? null : ` · ${label}`, nearNote(i), placesMoved(i)),
        district.utilities.includes(null)
          ? h("small", { class: "known" }, t("known.short", knownOf(district.utilities, weights())))
          : null,
      ),
      h(
        "span",
        { class: "how" },
        h("span", { class: "figure" }, formatFixed(score, 3)),
        scoreBar(score, low, high),
        acceptStrip(district.id),
      ),
    ),
  );
};

const nearNote = (i) => (nearTie(store.results, i) && !store.level.includes(i) ? ` · ${t("rank.near")}` : null);

// How many places it has moved from its rank by the pipeline's weights.
const placesMoved = (i) => {
  const { rank } = store.results[i];
  const before = page.config.districts[i].scores[method()].rank;
  const moved = rank && before ? before - rank : 0;
  return moved ? h("b", { class: moved > 0 ? "up" : "down" }, ` ${moved > 0 ? "▲" : "▼"}${Math.abs(moved)}`) : null;
};

// A score on 0 to 1 with the span of what is not known.
const scoreBar = (score, low, high) =>
  h(
    "span",
    { class: "bar", "aria-hidden": "true" },
    score === null ? null : h("span", { class: "fill", style: { width: `${score * 100}%` } }),
    high - low > 5e-4
      ? h("span", { class: "span", style: { left: `${low * 100}%`, width: `${(high - low) * 100}%` } })
      : null,
  );
