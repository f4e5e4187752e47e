// Where districts were looked for: the suitability surface of a kind, why cells are closed, and the areas found.
"use strict";

const FOUND_LINE = { color: "#d81b72", weight: 3, dashArray: "7 4", fill: false };
const [OPEN_ALPHA, CLOSED_ALPHA] = [215, 70];

const fitLayers = () => G.config.found.map(({ kind, breaks }) => ({ key: `fit-${kind}`, unit: "index", breaks, zero: false, known: true }));
const foundBy = (key) => G.config.found.find(({ kind }) => `fit-${kind}` === key);

const loadFound = async () => {
  C.closed = {};
  C.areas = {};
  for (const { kind, areas } of G.config.found) {
    C.values[`fit-${kind}`] = new Float32Array((await G.blob(`fit-${kind}`)).buffer);
    C.closed[`fit-${kind}`] = new Uint16Array((await G.blob(`closed-${kind}`)).buffer);
    C.areas[`fit-${kind}`] = L.layerGroup(areas.map((area) =>
      L.geoJSON(area.geometry, { style: { ...FOUND_LINE, fill: true, fillOpacity: 0 } }).bindTooltip(() => areaTip(area), { sticky: true, direction: "top" })));
  }
};

const areaTip = (area) =>
  G.h("div", {}, G.h("b", {}, G.name(area.name)), G.h("small", {}, G.quantity(area.area_m2, "m2")),
    G.h("div", {}, G.t("found.rated", { suitability: G.fixed(area.suitability, 2), compactness: G.fixed(area.compactness, 2), rating: G.fixed(area.rating, 2) })));

// The outlines of the surface shown, and of no other.
const showFound = () => {
  for (const [key, group] of Object.entries(C.areas)) {
    if (key === C.layerKey) group.addTo(G.map);
    else group.remove();
  }
};

// How strongly a cell is painted: palely where no district may grow.
const alphaOf = (cell) => (C.closed[C.layerKey]?.[cell] ? CLOSED_ALPHA : OPEN_ALPHA);

const whyClosed = (cell) => {
  const found = foundBy(C.layerKey);
  const why = found?.closed[C.closed[C.layerKey][cell]] ?? [];
  return !found ? "" : why.length ? `${G.t("found.closed")}: ${why.map(G.both).join(", ")}` : G.t("found.open");
};

const foundLegend = () =>
  foundBy(C.layerKey)
    ? [{ colour: `${G.SEQUENTIAL[6]}46`, label: G.t("found.pale") }, { line: true, colour: FOUND_LINE.color, dash: FOUND_LINE.dashArray, label: G.t("found.areas") }]
    : [];

const foundNote = () => {
  const found = foundBy(C.layerKey);
  return found && [
    G.h("button", { type: "button", class: "action", id: "open-found", onclick: openFound }, G.t("found.open.table")),
    G.h("details", { class: "note" }, G.h("summary", {}, G.t("found.how")), G.name(G.remark(found.how))),
  ];
};

// The areas found beside the candidates drawn, on the surface shown, as `spatial locate` compared them.
const openFound = () => {
  C.openFound ??= G.dialog("found", "found.table", () => {
    const { areas, compared, told } = foundBy(C.layerKey);
    const named = [...areas, ...G.config.districts];
    const numeric = (text) => ({ text, class: "number" });
    const head = [G.t("found.district"), G.t("found.kind"), ...[G.t("found.area"), G.t("found.fit"), G.t("found.compactness"), G.t("found.rating"), G.t("found.open.share"), G.t("found.barred"), G.t("found.unknown")].map(numeric)];
    return [
      G.h("p", { class: "note" }, G.t("found.table.note", { surface: G.t(`layer.${C.layerKey}`) })),
      G.table(head, compared.map((row) => [
        { text: G.name(named.find(({ id }) => id === row.district)?.name ?? row.district), head: true, class: row.kind === "found" ? "found" : null },
        G.t(row.kind === "found" ? "found.found" : `kind.${row.kind}`),
        ...[G.quantity(row.area_km2, "km2"), ...["suitability", "compactness", "rating"].map((key) => G.fixed(row[key], 3)),
          ...["open", "barred", "unknown"].map((key) => G.percent(row[key]))].map(numeric),
      ]), { class: "wide" }),
      G.h("p", {}, G.name(G.remark(told))),
    ];
  });
  C.openFound();
};
