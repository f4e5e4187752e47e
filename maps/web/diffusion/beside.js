// Two plans beside each other at the end of a year: users, cost per user and who is served, and the first less the second.

import { bdi, h, replaceParts } from "../lib/dom.js";
import { formatNumber, formatPercent } from "../lib/format.js";
import { page } from "../lib/page.js";
import { localised, t } from "../lib/texts.js";
import { rangeText } from "../ui/bands.js";
import { makeTable } from "../ui/table.js";
import { asOf, clipped, store } from "./store.js";

const BESIDE = { drawn: null };
const COVERAGE = ["elderly", "declining"];

// With its sign; what rounds to nothing has none.
export const signed = (value, digits = 0) => {
  const size = formatNumber(Math.abs(value), digits);
  return `${size === "0" ? "" : value > 0 ? "+" : "−"}${size}`;
};

const number = (...text) => ({ text, class: "number" });
const costUnit = () => (page.language === "ko" ? [1e4, 1] : [1e3, 0]);
const cost = (krw) => formatNumber(krw / costUnit()[0], costUnit()[1]);
const costGap = (krw) => signed(krw / costUnit()[0], costUnit()[1]);

const band = ([low, mid, high], say) =>
  mid === null ? number("–") : number(say(mid), h("small", {}, rangeText(low, high, say)));

// Ends of either sign: a dash between them would read as another minus.
const gap = ([low, mid, high], say) => {
  if (mid === null) return number("–");
  const range = page.config.ranged ? t("beside.range", { low: say(low), high: say(high) }) : "–";
  return number(say(mid), h("small", {}, range));
};

const usersAt = (k, where, month) => {
  const { low, mid, high } = page.config.series[k][store.service][where];
  return [low?.[month] ?? null, mid[month], high?.[month] ?? null];
};

const coverageRow = (name, year, own) => {
  const shares = own.map((each) => each[name][year]);
  const reason = page.config.notMeasured[`coverage_${name}`];
  const lacking = [t("missing"), reason && `: ${localised(reason)}`].filter(Boolean).join("");
  const label = { text: t(`beside.${name}`), head: true };
  if (shares.every((share) => share === null)) return [label, { text: bdi(lacking), span: 3 }];
  const both = shares.every((share) => share !== null);
  return [
    label,
    ...shares.map((share) => number(share === null ? t("missing") : formatPercent(share))),
    number(both ? t("beside.points", { n: signed(100 * (shares[0] - shares[1]), 1) }) : "–"),
  ];
};

const rowsAt = (year) => {
  const [a, b] = store.scenarios;
  const own = store.figures.map((each) => each.own[store.service]);
  const less = store.figures[0].less[b][store.service];
  const row = (name, both, say, sayGap) => [
    { text: t(`beside.${name}`), head: true },
    ...both.map((each) => band(each, say)),
    gap(less[name][year], sayGap),
  ];
  const users = ["inside", "outside"].map((where) =>
    row(
      where,
      [a, b].map((k) => usersAt(k, where, 12 * year)),
      formatNumber,
      signed,
    ),
  );
  const all = (name) => own.map((each) => each[name][year]);
  const rows = [...users, row("users", all("users"), formatNumber, signed), row("cost", all("cost"), cost, costGap)];
  const notes = ["sign", "cost.note", [...all("cost"), less.cost[year]].some(([, mid]) => mid === null) && "nobody"];
  return { rows: [...rows, ...COVERAGE.map((name) => coverageRow(name, year, own))], notes: [...notes, "coverage"] };
};

// Redrawn where a year ends, not each month.
export const drawBeside = () => {
  const part = document.getElementById("beside");
  const two = store.scenarios.length > 1;
  const year = Math.floor(store.month / 12);
  const key = two && `${year}/${store.scenarios.join("-")}/${store.service}/${page.language}`;
  part.hidden = !two;
  if (!two || BESIDE.drawn === key) return;
  BESIDE.drawn = key;
  const { rows, notes } = rowsAt(year);
  const heads = ["A", "B", "A − B"].map((text) => ({ text, class: "number" }));
  replaceParts(
    part,
    h("h2", {}, t("beside.title", { date: asOf(12 * year) })),
    h(
      "p",
      { class: "keys" },
      store.scenarios.map((k, which) => h("span", {}, `${"AB"[which]}: `, bdi(clipped(page.config.scenarios[k].name)))),
    ),
    makeTable([localised(page.config.services[store.service].name), ...heads], rows),
    notes.filter(Boolean).map((name) => h("p", { class: "note" }, t(`beside.${name}`))),
  );
};
