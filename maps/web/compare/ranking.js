// Candidates in rank order, chosen method and profile.

import { bdi, h, replaceParts } from "../lib/dom.js";
import { formatFixed } from "../lib/format.js";
import { emit, keepState, page } from "../lib/page.js";
import { localised, t } from "../lib/texts.js";
import { knownOf } from "../rank/level.js";
import { METHODS } from "../rank/score.js";
import { makePicker } from "../ui/picker.js";
import { levelNote } from "../ui/standing.js";
import { acceptStrip } from "./robustness.js";
import { C, changed, colourOf, inkOn, method, order, profile, standing, weights } from "./store.js";

export const drawRanking = () => {
  const { districts } = page.config;
  const base = districts.map((district) => district.scores[method()].rank);
  const rows = order().map((i) => {
    const { rank, score, low, high } = C.results[i];
    const moved = rank && base[i] ? base[i] - rank : 0;
    const { label, tone, sign } = standing(i);
    return h(
      "li",
      {},
      h(
        "button",
        {
          type: "button",
          "aria-current": C.selected === i ? "true" : null,
          "data-id": districts[i].id,
          onclick: () => emit("select", i, true),
        },
        h(
          "span",
          {
            class: `badge${tone}`,
            style: { background: rank ? colourOf(i) : "#fff", color: inkOn(rank && colourOf(i)) },
            "aria-label": label,
          },
          sign,
        ),
        h(
          "span",
          { class: "who" },
          h("span", { class: "name", title: localised(districts[i].name) }, bdi(districts[i].name)),
          h(
            "small",
            {},
            t(`kind.${districts[i].kind}`),
            rank ? null : ` · ${label}`,
            moved ? h("b", { class: moved > 0 ? "up" : "down" }, ` ${moved > 0 ? "▲" : "▼"}${Math.abs(moved)}`) : null,
          ),
          districts[i].utilities.includes(null)
            ? h("small", { class: "known" }, t("known.short", knownOf(districts[i].utilities, weights())))
            : null,
        ),
        h(
          "span",
          { class: "how" },
          h("span", { class: "figure" }, formatFixed(score, 3)),
          scoreBar(score, low, high),
          acceptStrip(districts[i].id),
        ),
      ),
    );
  });
  const picker = makePicker(
    "method",
    t("method"),
    METHODS.map((name) => [name, t(`method.${name}`)]),
    method(),
    (value) => {
      keepState({ method: value });
      emit("scores");
    },
  );
  const profiles = makePicker(
    "profile",
    t("profile"),
    page.config.profiles.map(({ id, label }) => [id, localised(label)]),
    profile().id,
    (value) => {
      keepState({ profile: value, w: "" });
      C.raw = C.initial = profile().weights.map((weight) => weight * 100);
      emit("profile");
    },
  );
  const lacking = districts.some((district) => district.utilities.includes(null));
  replaceParts(
    document.getElementById("ranking"),
    h("h2", {}, t("ranking")),
    picker,
    profiles,
    h("p", { class: "note strong" }, t("illustrative"), changed() ? h("small", {}, t("weights.moved")) : null),
  );
  replaceParts(
    document.getElementById("order"),
    districts.every(({ vetoed }) => vetoed) && h("p", { class: "note strong" }, t("vetoed.all")),
    levelNote(C.level, weights()),
    h("ol", { class: "ranking" }, rows),
    h("p", { class: "note" }, lacking ? `${t("interval.note")} ` : null, t("robust.strip")),
    lacking && method() === "promethee" && h("p", { class: "note", id: "promethee" }, t("promethee.missing")),
  );
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
