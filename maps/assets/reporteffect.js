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
  const left = notSimulated.length ? [G.h("h3", {}, G.t("data.notSimulated")), G.h("ul", {}, notSimulated.map((item) => G.h("li", {}, G.h("b", {}, G.name(item.name)), " — ", G.name(G.remark(item.reason)))))] : null;
  if (!services.length) return [G.h("p", {}, G.t("report.unsimulated")), left];
  return [
    G.h("p", { class: "note strong" }, G.t("assumptions")),
    G.h("p", {}, G.t("report.effects.text", { n: worlds })),
    G.table([G.t("service"), G.t("now.place"), ...years.flatMap((year) => [{ text: String(last + year), class: "number" }, { text: G.t("now.band"), class: "number" }]), { text: G.t("now.reach"), class: "number" }], rows),
    G.h("p", { class: "note" }, G.t("chart.band", { n: worlds })),
    G.h("h3", {}, G.t("report.measures")), measures(), G.h("p", { class: "note" }, G.t("report.measures.note")),
    G.h("div", { class: "charts" }, services.map((service, s) => G.h("figure", {}, G.h("figcaption", {}, G.name(service.name), ` · ${G.t("chart.outside")} (${G.t("person")})`),
      G.bandChart([series[R.k][s].outside], `${G.both(service.name)}, ${G.t("chart.outside")}`)))),
    left,
  ];
};

// When a tenth, a half, nine tenths of the potential outside are reached; what spills over; what a user costs.
const measures = () => {
  const { services, reached, start } = G.config;
  const [year, first] = start.split("-").map(Number);
  const date = (month) => {
    // What is reached t months after the start bears the name of the month that ends then: 12 is December, not January.
    const at = first - 1 + Math.max(Math.ceil(month) - 1, 0);
    return `${year + Math.floor(at / 12)}.${String((at % 12) + 1).padStart(2, "0")}`;
  };
  const band = ([low, mid, high], say) => (mid === null ? null : `${say(mid)} (${say(low)}–${high === null ? "…" : say(high)})`);
  const won = (krw) => G.number(krw / (G.language === "ko" ? 1e4 : 1e3));
  return G.table([G.t("service"), ...reached.map((share) => G.t("report.reached", { share: G.percent(share, 0) })), { text: G.t("report.spillover"), class: "number" }, { text: G.t("report.per.user"), class: "number" }, { text: G.t("report.elderly"), class: "number" }],
    G.config.measures[R.k].map((found, s) => [{ text: G.name(services[s].name), head: true },
      ...found.reach.map((months, at) => band(months, date) ?? G.h("span", { class: "soft" }, G.t("report.unreached", { share: G.percent(found.worlds[at], 0) }))),
      { text: band(found.spillover, (value) => G.number(value, 1)) ?? "–", class: "number" }, { text: band(found.cost, won) ?? "–", class: "number" },
      { text: found.elderly === null ? "–" : G.percent(found.elderly, 0), class: "number" }]), { class: "years" });
};

G.limitsSection = () => {
  const limits = ["weights", "parameters", "costs", "demand", "official"].map((key) => G.t(`limit.${key}`));
  return [G.h("ul", {}, limits.map((text) => G.h("li", {}, text))), G.sourceTables()];
};
