// Users against money: the best roll-out found for less and for more of it, and what no plan for that money can exceed.

import { h } from "../lib/dom.js";
import { formatMoney, formatNumber, formatPercent } from "../lib/format.js";
import { t } from "../lib/texts.js";
import { makeTable } from "../ui/table.js";

const [WIDTH, HEIGHT] = [340, 150];
const [LEFT, RIGHT, TOP, BOTTOM] = [52, 20, 10, 24];

const chart = (points) => {
  const most = Math.max(...points.map((point) => point.bound)) || 1;
  const [first, last] = [points[0].share, points[points.length - 1].share];
  const x = (share) => LEFT + ((share - first) / (last - first || 1)) * (WIDTH - LEFT - RIGHT);
  const y = (users) => HEIGHT - BOTTOM - (users / most) * (HEIGHT - TOP - BOTTOM);
  const line = (key) => points.map((point) => `${x(point.share)},${y(point[key])}`).join(" ");
  const said = (value, at) => h("text", { x: LEFT - 5, y: at + 4, "text-anchor": "end" }, formatNumber(value));
  return h(
    "svg",
    { class: "chart frontier", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": t("frontier.title") },
    [0, most].map((users) => [
      h("line", { class: "grid", x1: LEFT, x2: WIDTH - RIGHT, y1: y(users), y2: y(users) }),
      said(users, y(users)),
    ]),
    points.map(({ share }) =>
      h("text", { x: x(share), y: HEIGHT - 8, "text-anchor": "middle" }, formatPercent(share, 0)),
    ),
    h("polyline", { class: "bound", points: line("bound") }),
    h("polyline", { class: "users", points: line("users") }),
    points.map((point) => h("circle", { cx: x(point.share), cy: y(point.users), r: 3 })),
  );
};

/** @param {any[]} points */
export const frontierOf = (points) =>
  points.length > 0 && [
    h("h3", {}, t("frontier.title")),
    chart(points),
    h(
      "p",
      { class: "keys" },
      ["users", "bound"].map((key) =>
        h("span", {}, h("i", { class: key, "aria-hidden": "true" }), t(`frontier.${key}`)),
      ),
    ),
    makeTable(
      [t("frontier.money"), ...["users", "bound"].map((key) => ({ text: t(`frontier.${key}`), class: "number" }))],
      points.map(({ share, capital_krw, users, bound }) => [
        { text: `${formatPercent(share, 0)} · ${formatMoney(capital_krw)}`, head: true },
        { text: formatNumber(users), class: "number" },
        { text: formatNumber(Math.ceil(bound)), class: "number" },
      ]),
      { class: "frontier" },
    ),
    h("p", { class: "note" }, t("frontier.note")),
  ];
