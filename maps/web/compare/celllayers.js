// What can be laid over the cells: measures of the cells, and driving minutes from the candidate chosen.

import { readBlob } from "../lib/data.js";
import { bdi, h, replaceParts } from "../lib/dom.js";
import { formatFixed, formatNumber, formatPercent } from "../lib/format.js";
import { emit, keepState, page } from "../lib/page.js";
import { t } from "../lib/texts.js";
import { cellLayer, cellUnder } from "../map/cells.js";
import { classOf, ramp, rgba } from "../map/palette.js";
import { scene } from "../map/scene.js";
import { makeStrip } from "../ui/legend.js";
import { makePicker } from "../ui/picker.js";
import {
  CLOSED_ALPHA,
  OPEN_ALPHA,
  alphaOf,
  fitLayers,
  foundLegend,
  foundNote,
  loadFound,
  showFound,
  whyClosed,
} from "./search.js";
import { short, store } from "./store.js";

const UNKNOWN = "#b9b9b9";

export const loadLayers = async (map) => {
  store.values = {};
  for (const { key, known } of page.config.layers) {
    if (known) store.values[key] = new Float32Array((await readBlob(`layer-${key}`)).buffer);
  }
  store.minutes = await readBlob("drive");
  await loadFound();
  store.layerKey =
    cellLayers().some(({ key, known }) => known && key === page.state.layer) || page.state.layer === "drive"
      ? page.state.layer
      : "";
  store.layer = cellLayer(
    () => [store.colours],
    () => store.bands,
  );
  map.on("mousemove", (event) => showValue(event.latlng));
  map.on("mouseout", () => showValue(null));
};

// The catchments shown: all three, or the one within that many minutes.
const MINUTES = [10, 20, 30];

const reach = () => (MINUTES.includes(Number(page.state.reach)) ? [Number(page.state.reach)] : MINUTES);

const cellLayers = () => [...page.config.layers, ...fitLayers()];

const currentLayer = () =>
  store.layerKey === "drive"
    ? { key: "drive", unit: "min", breaks: reach(), zero: false }
    : cellLayers().find(({ key }) => key === store.layerKey);

const valueAt = (cell) => {
  if (store.layerKey !== "drive") return store.values[store.layerKey][cell];
  const minutes = store.minutes[store.selected * page.config.grid.cells + cell];
  return minutes === page.config.beyond ? Infinity : minutes;
};

const layerColours = (layer) =>
  layer.key === "drive"
    ? ["#2c7fa8", "#72b9b1", "#cfe4b8"].slice(0, layer.breaks.length)
    : ramp(layer.breaks.length + 1);

const colourCells = () => {
  const layer = currentLayer();
  const drive = layer.key === "drive";
  const hexes = layerColours(layer);
  const sets = Object.fromEntries(
    [150, OPEN_ALPHA, CLOSED_ALPHA].map((alpha) => [alpha, hexes.map((hex) => rgba(hex, alpha))]),
  );
  store.bands = drive ? new Uint8Array(page.config.grid.cells) : null;
  const unknown = layer.key === "drive" ? 0 : rgba(UNKNOWN, 150);
  store.colours = new Uint32Array(page.config.grid.cells);
  for (let cell = 0; cell < store.colours.length; cell++) {
    const value = valueAt(cell);
    const set = sets[drive ? 150 : alphaOf(cell)];
    // Ten whole minutes are within ten minutes.
    if (drive) store.bands[cell] = layer.breaks.filter((most) => value <= most).length;
    // Nobody there (0, or -1 where a share of nobody is asked) is drawn as nothing; not knowing is drawn grey.
    store.colours[cell] = Number.isNaN(value)
      ? unknown
      : value < 0 || (layer.zero && value === 0)
        ? 0
        : (set[drive ? layer.breaks.length - store.bands[cell] : classOf(value, layer.breaks)] ?? 0);
  }
};

// Where there are no streets, minutes are an estimate, and the map of them says so.
const guessed = () =>
  store.layerKey === "drive" && (page.config.sources.missing ?? []).find(({ key }) => key === "streets");

export const drawLayers = () => {
  const choice = ({ key, known }) => [key, `${t(`layer.${key}`)}${known ? "" : ` (${t("missing")})`}`];
  const choices = [
    ["", t("layer.none")],
    ...cellLayers().map(choice),
    ...(store.minutes ? [["drive", t("layer.drive")]] : []),
  ];
  const picker = makePicker("layer", t("layer"), choices, store.layerKey, (value) => {
    store.layerKey = value;
    keepState({ layer: value });
    emit("all");
  });
  for (const option of picker.querySelectorAll("option")) {
    option.disabled = page.config.layers.some(({ key, known }) => key === option.value && !known);
  }
  const catchment =
    store.layerKey === "drive" &&
    makePicker(
      "reach",
      t("reach"),
      [["", "10 · 20 · 30"], ...MINUTES.map((most) => [String(most), t("reach.within", { n: most })])],
      page.state.reach ?? "",
      (value) => {
        keepState({ reach: value });
        emit("all");
      },
    );
  replaceParts(
    document.getElementById("layers"),
    picker,
    catchment,
    h("p", { class: "note", id: "under", "aria-live": "off" }, store.layerKey ? t("layer.hover") : t("layer.note")),
    guessed() && h("p", { class: "note" }, bdi(guessed().consequence)),
    foundNote(),
  );
  showFound();
  if (!store.layerKey) return void store.layer.remove();
  colourCells();
  if (scene.map.hasLayer(store.layer)) store.layer.paint();
  else store.layer.addTo(scene.map);
};

export const layerLegend = () => {
  const layer = currentLayer();
  const unit = layer.unit === "share" ? "%" : t(`unit.${layer.unit}`);
  const labels = layer.breaks.map((value) =>
    layer.unit === "share" ? formatNumber(value * 100) : formatNumber(value, layer.unit === "index" ? 2 : 1),
  );
  const grey = layer.key === "drive" ? [] : [{ colour: UNKNOWN, label: t("missing.cell") }];
  if (layer.zero) grey.push({ colour: "none", label: t("layer.zero") });
  grey.push(...foundLegend());
  return makeStrip(`${t(`layer.${layer.key}`)} (${unit})`, layerColours(layer), labels, grey);
};

const showValue = (latlng) => {
  const note = document.getElementById("under");
  if (!note || !store.layerKey) return;
  const cell = latlng ? cellUnder(latlng) : -1;
  if (cell < 0) return void (note.textContent = t("layer.hover"));
  const layer = currentLayer();
  const value = valueAt(cell);
  const zone = page.config.zones[scene.cells.zone[cell]];
  const text = Number.isNaN(value)
    ? t("missing.cell")
    : value < 0
      ? t("layer.nobody")
      : value === Infinity
        ? t("layer.beyond", { n: formatNumber(page.config.driveLimitMin) })
        : layer.unit === "share"
          ? formatPercent(value)
          : layer.unit === "index"
            ? formatFixed(value, 2)
            : `${formatNumber(value, 1)} ${t(`unit.${layer.unit}`)}`;
  const why = whyClosed(cell);
  replaceParts(
    note,
    zone ? bdi(`${short(zone.name, 30)} · `) : null,
    `${t(`layer.${layer.key}`)}: ${text}`,
    why && h("br"),
    why && bdi(why),
  );
};
