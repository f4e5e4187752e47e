// The report's last sections: expected effects with their bands, and what it all rests on.

import { bdi, h } from "../lib/dom.js";
import { formatNumber, formatPercent } from "../lib/format.js";
import { page } from "../lib/page.js";
import { localised, t } from "../lib/texts.js";
import { bandChart, bandNote, rangeText } from "../ui/bands.js";
import { sourceTables } from "../ui/sources.js";
import { makeTable } from "../ui/table.js";
import { store } from "./store.js";

export const effectsSection = () => {
  const { services, series, worlds, notSimulated } = page.config;
  const left = notSimulated.length > 0 && [
    h("h3", {}, t("data.notSimulated")),
    h(
      "ul",
      {},
      notSimulated.map((item) => h("li", {}, h("b", {}, bdi(item.name)), " — ", bdi(item.reason))),
    ),
  ];
  if (!services.length) return [h("p", {}, t("report.unsimulated")), left];
  const charts = services.map((service, s) =>
    h(
      "figure",
      {},
      h("figcaption", {}, bdi(service.name), ` · ${t("chart.outside")} (${t("person")})`),
      bandChart([series[store.k][s].outside], `${localised(service.name)}, ${t("chart.outside")}`),
    ),
  );
  return [
    h("p", { class: "note strong" }, t("assumptions")),
    h("p", {}, t(page.config.ranged ? "report.effects.text" : "report.effects.few", { n: worlds })),
    usersTable(),
    h("p", { class: "note" }, bandNote()),
    h("h3", {}, t("report.measures")),
    measures(),
    h("p", { class: "note" }, t("report.measures.note")),
    h("div", { class: "charts" }, charts),
    left,
  ];
};

// Users by service, inside and outside, after a few years and at the end.
const usersTable = () => {
  const { services, series, months, start } = page.config;
  const last = Number(start.slice(0, 4)) - 1;
  const years = [...new Set([3, 5, months / 12].filter((year) => year * 12 <= months))];
  const cells = (line, at) => [
    { text: formatNumber(line.mid[at]), class: "number" },
    { text: rangeText(line.low?.[at], line.high?.[at]), class: "number soft" },
  ];
  const rows = services.flatMap((service, s) =>
    ["inside", "outside"].map((where, second) => {
      const line = series[store.k][s][where];
      return [
        { text: second ? "" : bdi(service.name), head: true },
        t(`chart.${where}`),
        ...years.flatMap((year) => cells(line, year * 12)),
        { text: line.potential ? formatPercent(line.mid[months] / line.potential) : "–", class: "number" },
      ];
    }),
  );
  const dates = years.flatMap((year) => [String(last + year), t("now.band")]);
  return makeTable(
    [t("service"), t("now.place"), ...[...dates, t("now.reach")].map((text) => ({ text, class: "number" }))],
    rows,
  );
};

// When a tenth, a half, nine tenths of the potential outside are reached; what spills over; what a user costs.
const measures = () => {
  const { services, reached, start } = page.config;
  const [year, first] = start.split("-").map(Number);
  const date = (month) => {
    // What is reached t months after the start bears the name of the month that ends then: 12 is December, not January.
    const at = first - 1 + Math.max(Math.ceil(month) - 1, 0);
    return `${year + Math.floor(at / 12)}.${String((at % 12) + 1).padStart(2, "0")}`;
  };
  const band = ([low, mid, high], say) => (mid === null ? null : `${say(mid)} (${rangeText(low, high, say)})`);
  const won = (krw) => formatNumber(krw / (page.language === "ko" ? 1e4 : 1e3));
  return makeTable(
    [
      t("service"),
      ...reached.map((share) => t("report.reached", { share: formatPercent(share, 0) })),
      { text: t("report.spillover"), class: "number" },
      { text: t("report.per.user"), class: "number" },
      { text: t("report.elderly"), class: "number" },
    ],
    page.config.measures[store.k].map((found, s) => [
      { text: bdi(services[s].name), head: true },
      ...found.reach.map(
        (months, at) =>
          band(months, date) ??
          h("span", { class: "soft" }, t("report.unreached", { share: formatPercent(found.worlds[at], 0) })),
      ),
      { text: band(found.spillover, (value) => formatNumber(value, 1)) ?? "–", class: "number" },
      { text: band(found.cost, won) ?? "–", class: "number" },
      { text: found.elderly === null ? "–" : formatPercent(found.elderly, 0), class: "number" },
    ]),
    { class: "years" },
  );
};

export const limitsSection = () => {
  const limits = ["weights", "parameters", "costs", "demand", "official"].map((key) => t(`limit.${key}`));
  return [
    h(
      "ul",
      {},
      limits.map((text) => h("li", {}, text)),
    ),
    sourceTables(),
  ];
};
