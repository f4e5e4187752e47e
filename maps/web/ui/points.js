// The table of points as the comparison and the report show it.

import { bdi, h } from "../lib/dom.js";
import { formatNumber, formatPercent } from "../lib/format.js";
import { page } from "../lib/page.js";
import { localised, t } from "../lib/texts.js";
import { makeTable } from "./table.js";

// What all items together should come to.
export const WHOLE = 100;

// What of ours stands for an item: the names of the criteria, and their weight together.
const oursOf = ({ criteria }, weights) => {
  const places = criteria.map((id) => page.config.criteria.findIndex((criterion) => criterion.id === id));
  return {
    names: places.map((j) => localised(page.config.criteria[j].label)).join(", ") || "–",
    weight: places.length ? formatPercent(places.reduce((sum, j) => sum + weights[j], 0)) : "–",
  };
};

const number = (text) => ({ text, class: "number" });

const pointsOf = ({ points }) => number(points === null ? "–" : formatNumber(points, 1));

const paperOf = ({ evidence }) => evidence ?? t("evidence.none");

// ``own`` are the cells of the last column, one an item.
/** @param {number[]} weights @param {any[]} own */
export const pointsTable = (weights, own) =>
  makeTable(
    [
      t("points.item"),
      number(t("points.points")),
      t("points.ours"),
      number(t("weight")),
      t("evidence"),
      number(t("points.own")),
    ],
    page.config.points.map((item, at) => {
      const { names, weight } = oursOf(item, weights);
      const head = { text: bdi(localised(item.item)), head: true };
      return [head, pointsOf(item), bdi(names), number(weight), bdi(paperOf(item)), number(own[at])];
    }),
    { class: "points" },
  );

// The same where there is little room: what of ours stands for an item below its name.
/** @param {number[]} weights @param {any[]} own */
export const narrowPointsTable = (weights, own) =>
  makeTable(
    [t("points.item"), number(t("points.points")), number(t("points.own"))],
    page.config.points.map((item, at) => {
      const { names, weight } = oursOf(item, weights);
      const told = [`${t("points.ours")}: ${names} (${t("weight")} ${weight})`, `${t("evidence")}: ${paperOf(item)}`];
      const head = [bdi(localised(item.item)), told.map((line) => h("small", {}, bdi(line)))];
      return [{ text: head, head: true }, pointsOf(item), number(own[at])];
    }),
    { class: "points" },
  );

// What the own points come to, and that it is not the whole where it is not.
/** @param {(number | null)[]} own */
export const pointsSum = (own) => {
  const sum = own.reduce((total, points) => (total ?? 0) + (points ?? 0), 0) ?? 0;
  return t(Math.abs(sum - WHOLE) < 1e-9 ? "points.whole" : "points.other", { sum: formatNumber(sum, 1), whole: WHOLE });
};
