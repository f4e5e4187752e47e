// Users over time inside and outside the hub: median and band over worlds, the month shown as a cursor.
"use strict";

G.drawChart = () => {
  const parts = ["inside", "outside"].map((where) => [G.h("h3", {}, `${G.t(`chart.${where}`)} (${G.t("person")})`), panel(where)]);
  const key = D.scenarios.length > 1
    ? G.h("p", { class: "keys" }, D.scenarios.map((k, which) => G.h("span", {}, G.h("i", { style: { background: G.SERIES[which] } }), G.name(clipped(G.config.scenarios[k].name)))))
    : null;
  const service = G.config.services[D.service];
  G.replace(document.getElementById("chart"), G.h("h2", {}, `${G.t("chart.title")} · ${G.both(service.name)}`), key, parts,
    G.h("p", { class: "note" }, G.t("chart.band", { n: G.config.worlds })));
  G.moveCursor();
};

const panel = (where) => {
  const lines = D.scenarios.map((k) => G.config.series[k][D.service][where]);
  const svg = G.bandChart(lines, `${G.t("chart.title")}, ${G.t(`chart.${where}`)}`, { "data-where": where });
  const { width, left, right } = CHART;
  const pick = (event) => {
    const box = svg.getBoundingClientRect();
    const place = ((event.clientX - box.left) / box.width) * width;
    at(Math.round(((place - left) / (width - left - right)) * G.config.months));
  };
  svg.addEventListener("pointerdown", pick);
  svg.addEventListener("pointermove", (event) => event.buttons && pick(event));
  return svg;
};

// The cursor of both panels and the figures of the month.
G.moveCursor = () => {
  const { width, left, right } = CHART;
  const place = left + (D.month / G.config.months) * (width - left - right);
  for (const line of document.querySelectorAll("#chart .cursor")) {
    line.setAttribute("x1", place);
    line.setAttribute("x2", place);
  }
  const rows = D.scenarios.flatMap((k) => ["inside", "outside"].map((where) => {
    const line = G.config.series[k][D.service][where];
    const mid = line.mid[D.month];
    const name = G.t(`chart.${where}`);
    return [
      { text: D.scenarios.length > 1 ? [name, G.h("small", {}, G.name(clipped(G.config.scenarios[k].name)))] : name, head: true },
      { text: G.number(mid), class: "number" },
      { text: `${G.number(line.low[D.month])}–${G.number(line.high[D.month])}`, class: "number" },
      { text: line.potential ? G.percent(mid / line.potential) : "–", class: "number" },
    ];
  }));
  G.replace(document.getElementById("now"), G.h("h2", {}, G.t("chart.at", { date: G.asOf(D.month) })),
    G.table([G.t("now.place"), { text: `${G.t("now.median")} (${G.t("person")})`, class: "number" }, { text: G.t("now.band"), class: "number" }, { text: G.t("now.reach"), class: "number" }], rows, { id: "totals" }));
};

G.openZones = () => {
  D.openZones ??= G.dialog("zones", "zones.title", () => {
    const { zones, services, scenarios } = G.config;
    const names = [...zones.map((zone) => zone.name), G.t("zones.none")];
    const years = Array.from({ length: Math.floor(G.config.months / 12) + 1 }, (_, k) => k * 12).filter((month) => month % 24 === 0 || month === G.config.months);
    // The month shown takes its place among the years.
    const dates = [...new Set([...years, D.month])].sort((a, b) => a - b);
    const shade = (month) => (month === D.month ? "number now" : "number");
    return D.scenarios.map((k, which) => {
      const table = D.zones[which];
      const shown = table.map((series, zone) => ({ series, zone })).filter(({ series }) => series.at(-1) > 0)
        .sort((a, b) => b.series[D.month] - a.series[D.month] || a.zone - b.zone);
      return [
        G.h("h3", {}, G.name(scenarios[k].name), ` · ${G.both(services[D.service].name)} · ${G.t("statistic.mean")} · ${G.t("person")}`),
        G.table([G.zoneWord(), ...dates.map((month) => ({ text: G.asOf(month), class: shade(month) }))],
          shown.map(({ series, zone }) => [{ text: G.name(names[zone]), head: true }, ...dates.map((month) => ({ text: G.number(series[month]), class: shade(month) }))]), { class: "wide" }),
      ];
    });
  });
  D.openZones();
};
