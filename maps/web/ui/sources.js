// What the page rests on: sources with their balance, what is missing and what was estimated, in words of both languages.

import { bdi, h } from "../lib/dom.js";
import { formatNumber, formatPercent } from "../lib/format.js";
import { page } from "../lib/page.js";
import { localised, t } from "../lib/texts.js";
import { makeDialog } from "./dialog.js";
import { makeTable } from "./table.js";

// What zones are called: units with codes of their own, or squares where the region has none.
export const zoneWord = () =>
  page.config.zones.some((zone) => zone.labelled)
    ? t("zones.zone")
    : t("zones.square", { km: formatNumber(page.config.zoneSquareM / 1000) });

// counts[2] -> Counts 3: a source by the kind it is of, numbered where there may be several.
const sourceName = (key) => {
  const [, kind, number] = key.match(/^(\w+)(?:\[(\d+)\])?/) ?? [null, key];
  const name = page.texts[`source.${kind}`] ? t(`source.${kind}`) : kind;
  return number === undefined ? name : `${name} ${Number(number) + 1}`;
};

// Who the data of some sources come from, and as of when; all sources where none is named.
export const credits = (...keys) => {
  const vintages = new Map();
  for (const { key, attribution, vintage } of page.config.sources.sources ?? []) {
    const holder = localised(attribution);
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
export const sourceTables = () => {
  const { sources = [], missing = [], estimates = [], warnings = [] } = page.config.sources;
  return [
    warnings.length > 0 && [
      h("h3", {}, t("data.warnings")),
      h(
        "ul",
        { class: "warnings" },
        warnings.map((item) => h("li", {}, bdi(localised(item)))),
      ),
    ],
    h("h3", {}, t("data.missing")),
    columnsNoted(missing.map(({ name, consequence }) => [name, consequence])),
    h("h3", {}, t("data.estimates")),
    columnsNoted(estimates.map(({ name, note }) => [name, note])),
    h("h3", {}, t("data.sources")),
    makeTable(
      [t("data.key"), t("data.attribution"), t("data.vintage"), t("data.licence"), t("data.kept"), t("data.dropped")],
      sources.map(sourceRow),
      { class: "wide" },
    ),
    page.config.run && h("p", { class: "note" }, bdi(page.config.run)),
  ];
};

// What is said of columns: pairs of a column's name and a text.
const columnsNoted = (items) => {
  if (!items.length) return h("p", {}, t("data.none"));
  return h(
    "ul",
    {},
    items.map(([name, text]) => h("li", {}, h("b", {}, bdi(name)), " — ", bdi(text))),
  );
};

const sourceRow = (source) => {
  const { sha256, vintage } = source;
  const hash = sha256 && h("small", { class: "hash", title: `SHA-256 ${sha256}` }, `SHA-256 ${sha256.slice(0, 12)}…`);
  // Counts by reason: a list of remarks with a number each.
  const tally = (counts = []) =>
    counts.map((reason) => `${localised(reason)}: ${formatNumber(reason.number)}`).join(" · ");
  const notes = (source.notes ?? []).map(localised);
  const said = [tally(source.dropped), tally(source.repaired), ...notes].filter(Boolean).join(" · ");
  const file = h("small", {}, bdi((source.path ?? "").split("/").pop()));
  const covers =
    Number.isFinite(source.covers) && h("small", {}, t("data.covers", { share: formatPercent(source.covers) }));
  return [
    { text: [bdi(source.name ?? sourceName(source.key)), file, hash].filter(Boolean), head: true },
    bdi(source.attribution || "–"),
    { text: bdi(vintage || "–"), class: (vintage ?? "").length <= 10 ? "vintage" : null },
    bdi(source.licence || "–"),
    { text: [`${formatNumber(source.kept)} / ${formatNumber(source.read)}`, covers].filter(Boolean), class: "number" },
    [bdi(said || "–")],
  ];
};

let opener = null;

export const openData = () => {
  opener ??= makeDialog("data", "data.title", () => [
    page.config.region.synthetic && h("p", { class: "note strong" }, t("synthetic.long")),
    (page.config.notSimulated ?? []).length > 0 && [
      h("h3", {}, t("data.notSimulated")),
      h(
        "ul",
        {},
        page.config.notSimulated.map((item) => h("li", {}, h("b", {}, bdi(item.name)), " — ", bdi(item.reason))),
      ),
    ],
    sourceTables(),
  ]);
  opener();
};
