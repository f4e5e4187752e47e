// Where districts were looked for: the suitability surface of a kind, why cells are closed, and the areas found.

import { readBlob } from "../lib/data.js";
import { bdi, h } from "../lib/dom.js";
import { formatFixed, formatPercent, formatQuantity } from "../lib/format.js";
import { page } from "../lib/page.js";
import { localised, t } from "../lib/texts.js";
import { SEQUENTIAL } from "../map/palette.js";
import { scene } from "../map/scene.js";
import { makeDialog } from "../ui/dialog.js";
import { makeTable } from "../ui/table.js";
import { store } from "./store.js";

const FOUND_LINE = { color: "#d81b72", weight: 3, dashArray: "7 4", fill: false };

export const [OPEN_ALPHA, CLOSED_ALPHA] = [215, 70];

export const fitLayers = () =>
  page.config.found.map(({ kind, breaks }) => ({
    key: `fit-${kind}`,
    unit: "index",
    breaks,
    zero: false,
    known: true,
  }));

const foundBy = (key) => page.config.found.find(({ kind }) => `fit-${kind}` === key);

export const loadFound = async () => {
  store.closed = {};
  store.areas = {};
  for (const { kind, areas } of page.config.found) {
    store.values[`fit-${kind}`] = new Float32Array((await readBlob(`fit-${kind}`)).buffer);
    store.closed[`fit-${kind}`] = new Uint16Array((await readBlob(`closed-${kind}`)).buffer);
    store.areas[`fit-${kind}`] = L.layerGroup(
      areas.map((area) =>
        L.geoJSON(area.geometry, { style: { ...FOUND_LINE, fill: true, fillOpacity: 0 } }).bindTooltip(
          () => areaTip(area),
          { sticky: true, direction: "top" },
        ),
      ),
    );
  }
};

export const areaTip = (area) =>
  h(
    "div",
    {},
    h("b", {}, bdi(area.name)),
    h("small", {}, formatQuantity(area.area_m2, "m2")),
    h(
      "div",
      {},
      t("found.rated", {
        suitability: formatFixed(area.suitability, 2),
        compactness: formatFixed(area.compactness, 2),
        rating: formatFixed(area.rating, 2),
      }),
    ),
  );

// The outlines of the surface shown, and of no other.
export const showFound = () => {
  for (const [key, group] of Object.entries(store.areas)) {
    if (key === store.layerKey) group.addTo(scene.map);
    else group.remove();
  }
};

// How strongly a cell is painted: palely where no district may grow.
export const alphaOf = (cell) => (store.closed[store.layerKey]?.[cell] ? CLOSED_ALPHA : OPEN_ALPHA);

export const whyClosed = (cell) => {
  const found = foundBy(store.layerKey);
  const why = found?.closed[store.closed[store.layerKey][cell]] ?? [];
  return !found ? "" : why.length ? `${t("found.closed")}: ${why.map(localised).join(", ")}` : t("found.open");
};

export const foundLegend = () =>
  foundBy(store.layerKey)
    ? [
        { colour: `${SEQUENTIAL[6]}46`, label: t("found.pale") },
        { line: true, colour: FOUND_LINE.color, dash: FOUND_LINE.dashArray, label: t("found.areas") },
      ]
    : [];

export const foundNote = () => {
  const found = foundBy(store.layerKey);
  return (
    found && [
      h("button", { type: "button", class: "action", id: "open-found", onclick: openFound }, t("found.open.table")),
      h("details", { class: "note" }, h("summary", {}, t("found.how")), bdi(found.how)),
    ]
  );
};

// The areas found beside the candidates drawn, on the surface shown, as `spatial locate` compared them.
const openFound = () => {
  store.openFound ??= makeDialog("found", "found.table", () => {
    const { areas, compared, told } = foundBy(store.layerKey);
    const named = [...areas, ...page.config.districts];
    const numeric = (text) => ({ text, class: "number" });
    const head = [
      t("found.district"),
      t("found.kind"),
      ...[
        t("found.area"),
        t("found.fit"),
        t("found.compactness"),
        t("found.rating"),
        t("found.open.share"),
        t("found.barred"),
        t("found.unknown"),
      ].map(numeric),
    ];
    return [
      h("p", { class: "note" }, t("found.table.note", { surface: t(`layer.${store.layerKey}`) })),
      makeTable(
        head,
        compared.map((row) => [
          {
            text: bdi(named.find(({ id }) => id === row.district)?.name ?? row.district),
            head: true,
            class: row.kind === "found" ? "found" : null,
          },
          t(row.kind === "found" ? "found.found" : `kind.${row.kind}`),
          ...[
            formatQuantity(row.area_km2, "km2"),
            ...["suitability", "compactness", "rating"].map((key) => formatFixed(row[key], 3)),
            ...["open", "barred", "unknown"].map((key) => formatPercent(row[key])),
          ].map(numeric),
        ]),
        { class: "wide" },
      ),
      h("p", {}, bdi(told)),
    ];
  });
  store.openFound();
};
