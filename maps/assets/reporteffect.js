// The report's last sections: expected effects with their bands, and what it all rests on.
"use strict";

G.effectsSection = () => {
  const { services, series, months, worlds, notSimulated } = G.config;
  const last = Number(G.config.start.slice(0, 4)) - 1;
  const years = [...new Set([3, 5, months / 12].filter((year) => year * 12 <= months))];
  const cell = (line, year) => {
    const at = year * 12;
    return [{ text: G.number(line.mid[at]), class: "number" }, { text: `${G.number(line.low[at])}–${G.number(line.high[at])}`, class: "number soft" }];
  };
  const rows = services.flatMap((service, s) => ["inside", "outside"].map((where, second) => {
    const line = series[R.k][s][where];
    return [second ? { text: "", head: true } : { text: G.name(service.name), head: true }, G.t(`chart.${where}`), ...years.flatMap((year) => cell(line, year)), { text: line.potential ? G.percent(line.mid[months] / line.potential) : "–", class: "number" }];
  }));
  return [
    G.h("p", { class: "note strong" }, G.t("assumptions")),
    G.h("p", {}, G.t("report.effects.text", { n: worlds })),
    G.table([G.t("service"), G.t("now.place"), ...years.flatMap((year) => [{ text: String(last + year), class: "number" }, { text: G.t("now.band"), class: "number" }]), { text: G.t("now.reach"), class: "number" }], rows),
    G.h("p", { class: "note" }, G.t("chart.band", { n: worlds })),
    G.h("div", { class: "charts" }, services.map((service, s) => G.h("figure", {}, G.h("figcaption", {}, G.name(service.name), ` · ${G.t("chart.outside")}`),
      G.bandChart([series[R.k][s].outside], `${G.both(service.name)}, ${G.t("chart.outside")}`)))),
    notSimulated.length ? [G.h("h3", {}, G.t("data.notSimulated")), G.h("ul", {}, notSimulated.map((item) => G.h("li", {}, G.h("b", {}, G.name(item.name)), " — ", G.name(G.remark(item.reason)))))] : null,
  ];
};

G.limitsSection = () => {
  const limits = ["weights", "parameters", "costs", "demand", "official"].map((key) => G.t(`limit.${key}`));
  return [G.h("ul", {}, limits.map((text) => G.h("li", {}, text))), G.sourceTables()];
};
