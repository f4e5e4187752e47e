// Users over time inside and outside the hub: median and band over worlds, the month shown as a cursor.

import { bdi, h, replaceParts } from "../lib/dom.js";
import { fact } from "../lib/facts.js";
import { formatNumber, formatPercent } from "../lib/format.js";
import { emit, page } from "../lib/page.js";
import { filled, localised, t } from "../lib/texts.js";
import { SERIES } from "../map/palette.js";
import { CHART, bandChart, bandNote, rangeText } from "../ui/bands.js";
import { makeDialog } from "../ui/dialog.js";
import { planFact } from "../ui/money.js";
import { zoneWord } from "../ui/sources.js";
import { makeTable } from "../ui/table.js";
import { asOf, clipped, store } from "./store.js";

export const drawChart = () => {
  const parts = ["inside", "outside"].map((where) => [
    h("h3", {}, `${t(`chart.${where}`)} (${t("person")})`),
    panel(where),
  ]);
  const key =
    store.scenarios.length > 1
      ? h(
          "p",
          { class: "keys" },
          store.scenarios.map((k, which) =>
            h(
              "span",
              {},
              h("i", { style: { background: SERIES[which] } }),
              bdi(clipped(page.config.scenarios[k].name)),
            ),
          ),
        )
      : null;
  const service = page.config.services[store.service];
  replaceParts(
    document.getElementById("chart"),
    h("h2", {}, `${t("chart.title")} · ${localised(service.name)}`),
    key,
    parts,
    h("p", { class: "note" }, bandNote()),
    store.scenarios.map(usersAtEnd),
  );
  moveCursor();
};

// All services together at the end, as the report has them.
const usersAtEnd = (k) => {
  const years = page.config.months / 12;
  const users = (where) => fact(planFact(k, `users/${where}/${years}/median`));
  return h(
    "p",
    { class: "note" },
    store.scenarios.length > 1 && [bdi(clipped(page.config.scenarios[k].name)), ": "],
    filled("chart.all", { date: asOf(page.config.months), inside: users("inside"), outside: users("outside") }),
  );
};

const panel = (where) => {
  const lines = store.scenarios.map((k) => page.config.series[k][store.service][where]);
  const svg = bandChart(lines, `${t("chart.title")}, ${t(`chart.${where}`)}`, { "data-where": where });
  const { width, left, right } = CHART;
  const pick = (event) => {
    const box = svg.getBoundingClientRect();
    const place = ((event.clientX - box.left) / box.width) * width;
    emit("month", Math.round(((place - left) / (width - left - right)) * page.config.months));
  };
  svg.addEventListener("pointerdown", pick);
  svg.addEventListener("pointermove", (event) => event.buttons && pick(event));
  return svg;
};

// The cursor of both panels and the figures of the month.
export const moveCursor = () => {
  const { width, left, right } = CHART;
  const place = left + (store.month / page.config.months) * (width - left - right);
  for (const line of document.querySelectorAll("#chart .cursor")) {
    line.setAttribute("x1", String(place));
    line.setAttribute("x2", String(place));
  }
  const rows = store.scenarios.flatMap((k) =>
    ["inside", "outside"].map((where) => {
      const line = page.config.series[k][store.service][where];
      const mid = line.mid[store.month];
      const name = t(`chart.${where}`);
      return [
        {
          text: store.scenarios.length > 1 ? [name, h("small", {}, bdi(clipped(page.config.scenarios[k].name)))] : name,
          head: true,
        },
        { text: formatNumber(mid), class: "number" },
        { text: rangeText(line.low?.[store.month], line.high?.[store.month]), class: "number" },
        { text: line.potential ? formatPercent(mid / line.potential) : "–", class: "number" },
      ];
    }),
  );
  replaceParts(
    document.getElementById("now"),
    h("h2", {}, t("chart.at", { date: asOf(store.month) })),
    makeTable(
      [
        t("now.place"),
        { text: `${t("now.median")} (${t("person")})`, class: "number" },
        { text: t("now.band"), class: "number" },
        { text: t("now.reach"), class: "number" },
      ],
      rows,
      { id: "totals" },
    ),
  );
};

export const openZones = () => {
  store.openZones ??= makeDialog("zones", "zones.title", () => {
    const { zones, services, scenarios } = page.config;
    const names = [...zones.map((zone) => zone.name), t("zones.none")];
    const years = Array.from({ length: Math.floor(page.config.months / 12) + 1 }, (_, k) => k * 12).filter(
      (month) => month % 24 === 0 || month === page.config.months,
    );
    // The month shown takes its place among the years.
    const dates = [...new Set([...years, store.month])].sort((a, b) => a - b);
    const shade = (month) => (month === store.month ? "number now" : "number");
    return store.scenarios.map((k, which) => {
      const table = store.zones[which];
      const shown = table
        .map((series, zone) => ({ series, zone }))
        .filter(({ series }) => series.at(-1) > 0)
        .sort((a, b) => b.series[store.month] - a.series[store.month] || a.zone - b.zone);
      return [
        h(
          "h3",
          {},
          bdi(scenarios[k].name),
          ` · ${localised(services[store.service].name)} · ${t("statistic.mean")} · ${t("person")}`,
        ),
        makeTable(
          [zoneWord(), ...dates.map((month) => ({ text: asOf(month), class: shade(month) }))],
          shown.map(({ series, zone }) => [
            { text: bdi(names[zone]), head: true },
            ...dates.map((month) => ({ text: formatNumber(series[month]), class: shade(month) })),
          ]),
          { class: "wide" },
        ),
      ];
    });
  });
  store.openZones();
};
