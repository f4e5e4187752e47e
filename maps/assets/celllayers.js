// What can be laid over the cells: measures of the cells, and driving minutes from the candidate chosen.
"use strict";

const UNKNOWN = "#b9b9b9";

const loadLayers = async (map) => {
  C.values = {};
  for (const { key, known } of G.config.layers) {
    if (known) C.values[key] = new Float32Array((await G.blob(`layer-${key}`)).buffer);
  }
  C.minutes = await G.blob("drive");
  await loadFound();
  C.layerKey = cellLayers().some(({ key, known }) => known && key === G.state.layer) || G.state.layer === "drive" ? G.state.layer : "";
  C.layer = G.cellLayer(() => [C.colours], () => C.bands);
  map.on("mousemove", (event) => showValue(event.latlng));
  map.on("mouseout", () => showValue(null));
};

// The catchments shown: all three, or the one within that many minutes.
const MINUTES = [10, 20, 30];
const reach = () => (MINUTES.includes(Number(G.state.reach)) ? [Number(G.state.reach)] : MINUTES);

const cellLayers = () => [...G.config.layers, ...fitLayers()];

const currentLayer = () =>
  C.layerKey === "drive"
    ? { key: "drive", unit: "min", breaks: reach(), zero: false }
    : cellLayers().find(({ key }) => key === C.layerKey);

const valueAt = (cell) => {
  if (C.layerKey !== "drive") return C.values[C.layerKey][cell];
  const minutes = C.minutes[C.selected * G.config.grid.cells + cell];
  return minutes === 255 ? Infinity : minutes;
};

const layerColours = (layer) => (layer.key === "drive" ? ["#2c7fa8", "#72b9b1", "#cfe4b8"].slice(0, layer.breaks.length) : G.ramp(layer.breaks.length + 1));

const colourCells = () => {
  const layer = currentLayer();
  const drive = layer.key === "drive";
  const hexes = layerColours(layer);
  const sets = Object.fromEntries([150, OPEN_ALPHA, CLOSED_ALPHA].map((alpha) => [alpha, hexes.map((hex) => G.rgba(hex, alpha))]));
  C.bands = drive ? new Uint8Array(G.config.grid.cells) : null;
  const unknown = layer.key === "drive" ? 0 : G.rgba(UNKNOWN, 150);
  C.colours = new Uint32Array(G.config.grid.cells);
  for (let cell = 0; cell < C.colours.length; cell++) {
    const value = valueAt(cell);
    const set = sets[drive ? 150 : alphaOf(cell)];
    // Ten whole minutes are within ten minutes.
    if (drive) C.bands[cell] = layer.breaks.filter((most) => value <= most).length;
    // Nobody there (0, or -1 where a share of nobody is asked) is drawn as nothing; not knowing is drawn grey.
    C.colours[cell] = Number.isNaN(value) ? unknown : value < 0 || (layer.zero && value === 0) ? 0 : (set[drive ? layer.breaks.length - C.bands[cell] : G.classOf(value, layer.breaks)] ?? 0);
  }
};

// Where there are no streets, minutes are an estimate, and the map of them says so.
const guessed = () => C.layerKey === "drive" && (G.config.sources.missing ?? []).find(({ key }) => key === "streets");

G.drawLayers = () => {
  const choice = ({ key, known }) => [key, `${G.t(`layer.${key}`)}${known ? "" : ` (${G.t("missing")})`}`];
  const choices = [["", G.t("layer.none")], ...cellLayers().map(choice), ...(C.minutes ? [["drive", G.t("layer.drive")]] : [])];
  const picker = G.picker("layer", G.t("layer"), choices, C.layerKey, (value) => {
    C.layerKey = value;
    G.keep({ layer: value });
    drawAll();
  });
  for (const option of picker.querySelectorAll("option")) {
    option.disabled = G.config.layers.some(({ key, known }) => key === option.value && !known);
  }
  const catchment = C.layerKey === "drive" && G.picker("reach", G.t("reach"), [["", "10 · 20 · 30"], ...MINUTES.map((most) => [String(most), G.t("reach.within", { n: most })])], G.state.reach ?? "", (value) => {
    G.keep({ reach: value });
    drawAll();
  });
  G.replace(document.getElementById("layers"), picker, catchment, G.h("p", { class: "note", id: "under", "aria-live": "off" }, C.layerKey ? G.t("layer.hover") : G.t("layer.note")), guessed() && G.h("p", { class: "note" }, G.name(guessed().consequence)), foundNote());
  showFound();
  if (!C.layerKey) return void C.layer.remove();
  colourCells();
  if (G.map.hasLayer(C.layer)) C.layer.paint();
  else C.layer.addTo(G.map);
};

G.layerLegend = () => {
  const layer = currentLayer();
  const unit = layer.unit === "share" ? "%" : G.t(`unit.${layer.unit}`);
  const labels = layer.breaks.map((value) => (layer.unit === "share" ? G.number(value * 100) : G.number(value, layer.unit === "index" ? 2 : 1)));
  const grey = layer.key === "drive" ? [] : [{ colour: UNKNOWN, label: G.t("missing.cell") }];
  if (layer.zero) grey.push({ colour: "none", label: G.t("layer.zero") });
  grey.push(...foundLegend());
  return G.strip(`${G.t(`layer.${layer.key}`)} (${unit})`, layerColours(layer), labels, grey);
};

const showValue = (latlng) => {
  const note = document.getElementById("under");
  if (!note || !C.layerKey) return;
  const cell = latlng ? G.cellUnder(latlng) : -1;
  if (cell < 0) return void (note.textContent = G.t("layer.hover"));
  const layer = currentLayer();
  const value = valueAt(cell);
  const zone = G.config.zones[G.cells.zone[cell]];
  const text = Number.isNaN(value) ? G.t("missing.cell") : value < 0 ? G.t("layer.nobody") : value === Infinity ? G.t("layer.beyond") : layer.unit === "share" ? G.percent(value) : layer.unit === "index" ? G.fixed(value, 2) : `${G.number(value, 1)} ${G.t(`unit.${layer.unit}`)}`;
  const why = whyClosed(cell);
  G.replace(note, zone ? G.name(`${short(zone.name, 30)} · `) : null, `${G.t(`layer.${layer.key}`)}: ${text}`, why && G.h("br"), why && G.name(why));
};
