// The diffusion: a month of one service over the cells, played or scrubbed, for one scenario or two.

import { changesFor } from "../book/plan.js";
import { bookWith, openBook } from "../book/xlsx.js";
import { SHARE_OF_CODE, cumulated, varints } from "../lib/codec.js";
import { csvText, downloadText } from "../lib/csv.js";
import { readBlob } from "../lib/data.js";
import { bdi, h, replaceParts } from "../lib/dom.js";
import { keepState, on, onRender, page, render } from "../lib/page.js";
import { asWritten, t } from "../lib/texts.js";
import { toLatLng } from "../map/canvas.js";
import { cellLayer, cellUnder } from "../map/cells.js";
import { scene } from "../map/scene.js";
import { home } from "../map/view.js";
import { showParts } from "../ui/begin.js";
import { makeLegend } from "../ui/legend.js";
import { makePicker } from "../ui/picker.js";
import { anyOwn } from "../ui/scenario.js";
import { openData } from "../ui/sources.js";
import { whenMapStands } from "../ui/start.js";
import { openChange } from "./change.js";
import { drawChart, openZones } from "./chart.js";
import { readEdits } from "./edits.js";
import { monthlyFrames, potentialOf } from "./frames.js";
import { hover } from "./hover.js";
import { drawHubs } from "./legend.js";
import { drawMoney } from "./money.js";
import { hasOwn, openOwn } from "./own.js";
import { coloursOf } from "./paint.js";
import { cutMarks, layMarks, marks } from "./plan.js";
import { drawRollout } from "./rollout.js";
import { decoded, drawSettings, hubChoices } from "./settings.js";
import { HUB, asOf, clipped, store } from "./store.js";
import { drawSwipe } from "./swipe.js";
import { at, drawFoot, keys, labelFoot, show } from "./timeline.js";
import "../ui/print.js";

const openDiffusion = async (map) => {
  const { scenarios, services, months } = page.config;
  const position = (list, id, otherwise) => {
    const at = list.findIndex((entry) => entry.id === id);
    return at >= 0 ? at : otherwise;
  };
  store.scenario = position(scenarios, page.state.hub, 0);
  if (!services.length) return void openEmpty(map);
  store.second = position(scenarios, page.state.second, scenarios.length > 1 ? (store.scenario === 0 ? 1 : 0) : 0);
  store.service = position(services, page.state.service, 0);
  store.measure = page.state.measure === "adopters" ? "adopters" : "share";
  store.mode = ["swipe", "difference"].includes(page.state.mode) && scenarios.length > 1 ? page.state.mode : "single";
  store.statistic = page.config.quantiles.map(String).includes(page.state.stat) ? page.state.stat : "mean";
  store.month = Math.min(months, Math.max(0, parseInt(page.state.month ?? `${Math.min(60, months)}`, 10) || 0));
  store.cell = cumulated(varints(await readBlob("cell")));
  store.ofGrid = new Int32Array(page.config.grid.cells).fill(-1);
  store.cell.forEach((row, cell) => (store.ofGrid[row] = cell));
  store.codes = new TextDecoder().decode(await readBlob("codes")).split("\n");
  store.inside = await Promise.all(scenarios.map((_, k) => readBlob(`inside-${k}`)));
  store.colours = [new Uint32Array(page.config.grid.cells), new Uint32Array(page.config.grid.cells)];
  store.layer = cellLayer(coloursOf);
  document.getElementById("left").append(...["settings", "openings"].map((id) => h("section", { class: "panel", id })));
  document
    .getElementById("right")
    .append(...["chart", "now", "beside", "rollout", "money"].map((id) => h("section", { class: "panel", id })));
  page.headButtons = [
    ["zones.open", openZones],
    ["diffusion.csv", exportSeries],
  ];
  if (hasOwn()) page.headButtons.unshift(["own.open", openOwn], ["change.open", openChange]);
  await readEdits();
  drawSwipe();
  layMarks(map);
  Object.assign(store, await decoded(store));
  store.layer.addTo(map);
  scene.marked = marks;
  on("month", at);
  on("rollout", drawRollout);
  drawHubs(map);
  drawFoot();
  map.on("mousemove", (event) => hover(event.latlng));
  map.on("mouseout", () => hover(null));
  document.addEventListener("keydown", keys);
  onRender(() => {
    cutMarks();
    drawSettings();
    drawRollout();
    drawMoney();
    drawChart();
    labelFoot();
    show();
  });
};

// A region without a known user of any service has no frames; the page says so, and why, and shows the hub and its money.
const openEmpty = (map) => {
  const { scenarios, notSimulated } = page.config;
  const [settings, money] = ["settings", "money"].map((id) => h("section", { class: "panel", id }));
  document.getElementById("left").append(settings);
  document.getElementById("right").append(money);
  const draw = () => {
    store.scenarios = [store.scenario];
    drawHubs(map);
    replaceParts(
      document.getElementById("legend"),
      makeLegend(t("scenario"), [{ line: true, colour: HUB[0], label: bdi(clipped(scenarios[store.scenario].name)) }]),
    );
    replaceParts(
      settings,
      h("h2", {}, t("view")),
      makePicker(
        "scenario",
        t(anyOwn() ? "scenario.own" : "scenario"),
        hubChoices(),
        String(store.scenario),
        (value) => {
          store.scenario = Number(value);
          keepState({ hub: scenarios[store.scenario].id });
          draw();
        },
      ),
      h("p", { class: "note strong" }, t("report.unsimulated")),
      h("h3", {}, t("data.notSimulated")),
      h(
        "ul",
        {},
        notSimulated.map((item) => h("li", {}, h("b", {}, bdi(item.name)), " — ", bdi(item.reason))),
      ),
    );
    drawMoney();
  };
  onRender(draw);
};

const exportSeries = () => {
  const { series, services, scenarios } = page.config;
  const rows = [
    [
      "scenario",
      "district_id",
      "district",
      "service",
      "date",
      "month",
      "place",
      "adopters_p10",
      "adopters_p50",
      "adopters_p90",
      "potential",
    ],
  ];
  series.forEach((each, k) =>
    each.forEach((entry, s) =>
      ["inside", "outside"].forEach((where) =>
        entry[where].mid.forEach((mid, month) =>
          rows.push([
            scenarios[k].id,
            scenarios[k].hub,
            asWritten(scenarios[k].name),
            services[s].id,
            asOf(month),
            month,
            where,
            entry[where].low?.[month],
            mid,
            entry[where].high?.[month],
            entry[where].potential,
          ]),
        ),
      ),
    ),
  );
  downloadText(`${page.config.region.id}-diffusion.csv`, csvText(rows));
};

showParts(store, {
  at,
  home,
  scene,
  marked: marks,
  SHARE: SHARE_OF_CODE,
  cellUnder,
  changesFor,
  openBook,
  bookWith,
  monthly: monthlyFrames,
  openData,
  potential: potentialOf,
  readBlob,
  render,
  toLatLng,
});

whenMapStands(openDiffusion);
