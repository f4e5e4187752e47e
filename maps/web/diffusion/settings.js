// What is shown: scenario, service, measure, statistic and mode.

import { bdi, h, replaceParts } from "../lib/dom.js";
import { keepState, page } from "../lib/page.js";
import { localised, t } from "../lib/texts.js";
import { relabel } from "../map/ground.js";
import { scene } from "../map/scene.js";
import { makePicker } from "../ui/picker.js";
import { anyOwn, planName } from "../ui/scenario.js";
import { drawChart } from "./chart.js";
import { monthlyFrames, potentialOf, yearlyFigures, yearlyFrames, zoneSeries } from "./frames.js";
import { drawHubs, drawLegend } from "./legend.js";
import { drawMoney } from "./money.js";
import { cutMarks } from "./plan.js";
import { drawRollout } from "./rollout.js";
import { clipped, store } from "./store.js";
import { labelFoot, show } from "./timeline.js";

// What a choice of scenarios and service shows; each scenario and service is decoded once.
/** @param {any} choice scenario, second, service and mode */
export const decoded = async ({ scenario, second, service, mode }) => {
  const scenarios = mode === "single" ? [scenario] : [scenario, second];
  const ofEach = (make) => Promise.all(scenarios.map((k) => make(k, service)));
  return {
    scenarios,
    potential: await potentialOf(service),
    monthly: await ofEach(monthlyFrames),
    yearly: await ofEach(yearlyFrames),
    zones: await ofEach(zoneSeries),
    figures: await ofEach(yearlyFigures),
  };
};

// What has been chosen since the page last drew, and how often: who chooses again before the data are there sees the
// last choice alone, and until then the page stays whole as it was.
const chosen = { changes: {}, times: 0 };

const choose = async (changes, kept) => {
  Object.assign(chosen.changes, changes);
  keepState(kept);
  const turn = ++chosen.times;
  const data = await decoded({ ...store, ...chosen.changes });
  if (turn < chosen.times) return;
  Object.assign(store, chosen.changes, data);
  chosen.changes = {};
  drawHubs(scene.map);
  cutMarks();
  drawSettings();
  relabel();
  drawRollout();
  drawMoney();
  drawChart();
  labelFoot();
  show();
};

// Candidates by their rank; plans have none.
export const hubChoices = () =>
  page.config.scenarios.map((scenario, k) => [
    String(k),
    anyOwn() ? clipped(planName(scenario)) : `${k + 1} · ${clipped(scenario.name)}`,
  ]);

export const drawSettings = () => {
  replaceParts(
    document.getElementById("settings"),
    h("h2", {}, t("view")),
    viewPickers(),
    page.config.scenarios.length > 1 ? comparePickers() : null,
    h("div", { id: "reading" }),
    h("p", { class: "note" }, t("assumptions")),
    leftOutNote(),
  );
  nameSwipe();
  drawLegend();
};

const viewPickers = () => {
  const { scenarios, services, quantiles } = page.config;
  return [
    makePicker("scenario", t(anyOwn() ? "scenario.own" : "scenario"), hubChoices(), String(store.scenario), (value) => {
      const scenario = Number(value);
      const second = store.second === scenario ? (scenario + 1) % scenarios.length : store.second;
      choose({ scenario, second }, { hub: scenarios[scenario].id, second: scenarios[second].id });
    }),
    makePicker(
      "service",
      t("service"),
      services.map((service, s) => [String(s), localised(service.name)]),
      String(store.service),
      (value) => choose({ service: Number(value) }, { service: services[Number(value)].id }),
    ),
    makePicker(
      "measure",
      t("measure"),
      ["share", "adopters"].map((measure) => [measure, t(`measure.${measure}`)]),
      store.measure,
      (value) => choose({ measure: value }, { measure: value }),
    ),
    makePicker(
      "statistic",
      t("statistic"),
      ["mean", ...quantiles.map(String)].map((name) => [name, t(`statistic.${name}`)]),
      store.statistic,
      (value) => choose({ statistic: value }, { stat: value }),
    ),
  ];
};

// How two hubs are shown beside each other, and which is the second.
const comparePickers = () => {
  const { scenarios } = page.config;
  const modes = makePicker(
    "mode",
    t("mode"),
    ["single", "swipe", "difference"].map((mode) => [mode, t(`mode.${mode}`)]),
    store.mode,
    (value) => choose({ mode: value }, { mode: value }),
  );
  if (store.mode === "single") return [modes];
  const others = hubChoices().filter(([k]) => k !== String(store.scenario));
  const second = makePicker("second", t("second"), others, String(store.second), (value) =>
    choose({ second: Number(value) }, { second: scenarios[Number(value)].id }),
  );
  return [modes, second];
};

// Services that are not simulated, and why.
const leftOutNote = () => {
  const left = page.config.notSimulated.map(({ name, reason }) => [localised(name), localised(reason)]);
  if (!left.length) return null;
  return h(
    "p",
    { class: "note warn", title: left.map(([name, reason]) => `${name}: ${reason}`).join("\n") },
    bdi(t("notSimulated", { names: left.map(([name, reason]) => `${name} (${reason})`).join(", ") })),
  );
};

// The names over the two halves of a swipe.
const nameSwipe = () => {
  const { scenarios } = page.config;
  const swiping = store.mode === "swipe";
  for (const part of Object.values(store.swipe)) part.hidden = !swiping;
  store.swipe.slider.setAttribute("aria-label", t("swipe"));
  if (!swiping) return;
  replaceParts(
    store.swipe.names,
    [store.scenario, store.second].map((k) => h("span", {}, bdi(clipped(scenarios[k].name)))),
  );
};
