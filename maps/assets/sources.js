// What the page rests on: sources with their balance, what is missing and what was estimated, in words of both languages.
"use strict";

// Kinds of facilities and columns of the cells by their codes, for texts that hold them.
G.kindName = (kind) => (G.config.kinds[kind] ? G.both(G.config.kinds[kind]) : kind);
G.columnName = (column) =>
  G.config.columns[column] ? G.both(G.config.columns[column])
    : FIELDS[column] ? G.t(FIELDS[column])
      : G.texts[`source.${column}`] ? G.t(`source.${column}`) : column;

// What a proposal says of a district, by the columns of the candidates' file.
const FIELDS = { name_en: "field.name_en", land_price_krw_m2: "field.land_price", public_land_share: "field.public_land",
  private_share: "field.private", operator_secured: "field.operator", control_centre: "field.centre" };

// What zones are called: units with codes of their own, or squares where the region has none.
G.zoneWord = () => G.t(G.config.zones.some((zone) => zone.labelled) ? "zones.zone" : "zones.square");

// counts[2] -> Counts 3: a source by the kind it is of, numbered where there may be several.
G.sourceName = (key) => {
  const [, kind, number] = key.match(/^(\w+)(?:\[(\d+)\])?/) ?? [null, key];
  const name = G.texts[`source.${kind}`] ? G.t(`source.${kind}`) : kind;
  return number === undefined ? name : `${name} ${Number(number) + 1}`;
};

// Remarks that the tables carry in English only: those that fit a pattern of assets/text.said.json are said in Korean.
let patterns = null;

const saidInKorean = (text) => {
  patterns ??= Object.entries(G.texts).filter(([key]) => key.startsWith("said.")).map(([, entry]) => ({
    fits: new RegExp(`^${entry.en.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{(\w+)\}/g, "(?<$1>.+?)")}$`), ko: entry.ko }));
  for (const { fits, ko } of patterns) {
    const found = text.match(fits);
    // What fills a blank may itself be such a remark, or a list of them.
    const filled = (value) => saidInKorean(value) ?? value.split(", ").map((item) => saidInKorean(item) ?? inWords(item)).join(", ");
    if (found) return ko.replace(/\{(\w+)\}/g, (_, name) => filled(found.groups[name]));
  }
  return null;
};

// Codes of columns, kinds of facilities and services in a text become their names. In English a plain word may be just
// that; one with an underscore can only be a code.
const inWords = (text) => text.replace(G.language === "ko" ? /[a-z][a-z0-9_]+/g : /[a-z][a-z0-9]*(_[a-z0-9]+)+/g, (word) =>
  G.config.columns[word] || FIELDS[word] ? G.columnName(word) : G.config.called[word] ? G.both(G.config.called[word]) : G.kindName(word));

G.said = (text) => (G.language === "ko" ? saidInKorean(text) : null) ?? inWords(text);

// Who the data of some sources come from, and as of when; all sources where none is named.
G.credits = (...keys) => {
  const vintages = new Map();
  for (const { key, attribution, vintage } of G.config.sources.sources ?? []) {
    const holder = G.remark(attribution);
    if (!holder || (keys.length && !keys.some((name) => key.startsWith(name)))) continue;
    vintages.set(holder, (vintages.get(holder) ?? new Set()).add(vintage));
  }
  const dated = ([holder, all]) => {
    const when = [...all].filter(Boolean).sort().join(", ");
    return when ? `${holder} (${when})` : holder;
  };
  return [...vintages].map(dated).join(" · ") || "–";
};

// The tables of the panel, and of the report's last section.
G.sourceTables = () => {
  const { sources = [], missing = [], estimates = [], warnings = [] } = G.config.sources;
  const tally = (counts) => Object.entries(counts ?? {}).map(([reason, n]) => `${G.said(reason)}: ${G.number(n)}`).join(" · ");
  const note = (text) => G.said(G.remark(text));
  return [
    warnings.length > 0 && [
      G.h("h3", {}, G.t("data.warnings")),
      G.h("ul", { class: "warnings" }, warnings.map((item) => G.h("li", {}, G.name(G.both(item))))),
    ],
    G.h("h3", {}, G.t("data.missing")),
    missing.length
      ? G.h("ul", {}, missing.map((item) => G.h("li", {}, G.h("b", {}, G.name(G.columnName(item.key))), " — ", G.name(item.consequence))))
      : G.h("p", {}, G.t("data.none")),
    G.h("h3", {}, G.t("data.estimates")),
    estimates.length
      ? G.h("ul", {}, estimates.map((item) => G.h("li", {}, G.h("b", {}, G.name(G.columnName(item.column))), " — ", G.name(G.said(G.both(item.note))))))
      : G.h("p", {}, G.t("data.none")),
    G.h("h3", {}, G.t("data.sources")),
    G.table([G.t("data.key"), G.t("data.attribution"), G.t("data.vintage"), G.t("data.licence"), G.t("data.kept"), G.t("data.dropped")],
      sources.map((source) => [
        { text: [G.name(G.sourceName(source.key)), G.h("small", {}, G.name((source.path ?? "").split("/").pop())),
          source.sha256 ? G.h("small", { class: "hash", title: `SHA-256 ${source.sha256}` }, `SHA-256 ${source.sha256.slice(0, 12)}…`) : null].filter(Boolean), head: true },
        G.name(G.remark(source.attribution) || "–"), { text: G.name(source.vintage || "–"), class: (source.vintage ?? "").length <= 10 ? "vintage" : null }, G.name(G.remark(source.licence) || "–"),
        { text: [`${G.number(source.kept)} / ${G.number(source.read)}`, Number.isFinite(source.covers) && G.h("small", {}, G.t("data.covers", { share: G.percent(source.covers) }))].filter(Boolean), class: "number" },
        [G.name([tally(source.dropped), tally(source.repaired), ...(source.notes ?? []).map(note)].filter(Boolean).join(" · ") || "–")],
      ]), { class: "wide" }),
    G.config.run && G.h("p", { class: "note" }, G.name(G.config.run)),
  ];
};

let opener = null;

G.openData = () => {
  opener ??= G.dialog("data", "data.title", () => [
    G.config.region.synthetic && G.h("p", { class: "note strong" }, G.t("synthetic.long")),
    (G.config.notSimulated ?? []).length > 0 && [
      G.h("h3", {}, G.t("data.notSimulated")),
      G.h("ul", {}, G.config.notSimulated.map((item) => G.h("li", {}, G.h("b", {}, G.name(item.name)), " — ", G.name(G.remark(item.reason))))),
    ],
    G.sourceTables(),
  ]);
  opener();
};
