// The table of all criteria and the ranking as a file.

import { csvText, downloadText } from "../lib/csv.js";
import { bdi, h } from "../lib/dom.js";
import { factFigure, factUnit, hasFact } from "../lib/facts.js";
import { formatFixed, formatPercent, unitLabel } from "../lib/format.js";
import { page } from "../lib/page.js";
import { asWritten, localised, t } from "../lib/texts.js";
import { levelOthers } from "../rank/level.js";
import { makeDialog } from "../ui/dialog.js";
import { makeTable } from "../ui/table.js";
import { changed, method, order, profile, short, standing, store, weights } from "./store.js";

export const openTable = () => {
  store.openTable ??= makeDialog("table", "table.title", () => {
    const { criteria, districts } = page.config;
    const shown = order();
    const weight = weights();
    const head = [
      t("criterion"),
      t("unit"),
      { text: t("weight"), class: "number" },
      ...shown.map((i) => ({
        text: [h("b", {}, `${standing(i).sign} `), bdi(short(districts[i].name))],
        title: localised(districts[i].name),
      })),
    ];
    const rows = [];
    for (const pillar of page.config.pillars) {
      rows.push([{ text: t(`pillar.${pillar}`), head: true, class: "pillar", span: 3 + shown.length }]);
      criteria.forEach((criterion, j) => {
        if (criterion.pillar !== pillar) return;
        rows.push([
          { text: bdi(localised(criterion.label)), head: true, title: localised(criterion.source) },
          unitIn(shown, j) || "–",
          { text: formatPercent(weight[j]), class: "number" },
          ...shown.map((i) => {
            const { value, missing } = districts[i].values[j];
            const utility = districts[i].utilities[j];
            if (value === null) return { text: t("missing"), class: "number lacking", title: localised(missing) };
            return {
              text: [factFigure(valueFact(i, j)), h("small", {}, `${t("utility")} ${formatFixed(utility, 2)}`)],
              class: "number",
            };
          }),
        ]);
      });
    }
    rows.push(
      [
        { text: t("score"), head: true },
        "0–1",
        "",
        ...shown.map((i) => ({ text: formatFixed(store.results[i].score, 3), class: "number" })),
      ].map((cell) =>
        typeof cell === "string"
          ? { text: cell, class: "totalcell" }
          : { ...cell, class: `${cell.class ?? ""} totalcell` },
      ),
    );
    return [
      h("p", { class: "note" }, `${t("illustrative")} ${t("table.note")}`),
      makeTable(head, rows, { class: "wide criteria" }),
    ];
  });
  store.openTable();
};

const valueFact = (i, j) => `candidate/${page.config.districts[i].id}/value/${page.config.criteria[j].id}`;

// The unit that the values of a criterion are shown in.
const unitIn = (shown, j) => {
  const known = shown.find((i) => hasFact(valueFact(i, j)));
  return known === undefined ? unitLabel(page.config.criteria[j].unit) : factUnit(valueFact(known, j));
};

const rankingRows = () => {
  const { districts, criteria } = page.config;
  const weight = weights();
  return [
    [
      "rank",
      "district_id",
      "name",
      "kind",
      "vetoed",
      "profile",
      "method",
      "score",
      "score_low",
      "score_high",
      "level_with",
      ...criteria.map((c) => `${c.id} [${c.unit}]`),
    ],
    ["", "", "weights", "", "", "", "", "", "", "", "", ...weight],
    ...order().map((i) => {
      const { rank, score, low, high } = store.results[i];
      const d = districts[i];
      return [
        rank,
        d.id,
        asWritten(d.name),
        d.kind,
        String(d.vetoed),
        `${profile().id}${changed() ? "*" : ""}`,
        method(),
        score,
        low,
        high,
        store.level.includes(i)
          ? levelOthers(store.level, i)
              .map((k) => districts[k].id)
              .join(";")
          : "",
        ...d.values.map((v) => v.value),
      ];
    }),
  ];
};

export const exportRanking = () => downloadText(`${page.config.region.id}-ranking.csv`, csvText(rankingRows()));
