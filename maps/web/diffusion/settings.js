// What is shown: scenario, service, measure, statistic and mode.

import { bdi, h, replaceParts } from "../lib/dom.js";
import { keepState, page } from "../lib/page.js";
import { localised, remarkText, t } from "../lib/texts.js";
import { makePicker } from "../ui/picker.js";
import { drawChart } from "./chart.js";
import { monthlyFrames, potentialOf, yearlyFrames, zoneSeries } from "./frames.js";
import { drawHubs, drawLegend } from "./legend.js";
import { drawMoney } from "./money.js";
import { cutMarks } from "./plan.js";
import { D, clipped } from "./store.js";
import { labelFoot, show } from "./timeline.js";

// Fetches what the choice needs; each scenario and service is decoded once.
export const load = async () => {
  D.potential = await potentialOf(D.service);
  D.scenarios = D.mode === "single" ? [D.scenario] : [D.scenario, D.second];
  D.monthly = await Promise.all(D.scenarios.map((k) => monthlyFrames(k, D.service)));
  D.yearly = await Promise.all(D.scenarios.map((k) => yearlyFrames(k, D.service)));
  D.zones = await Promise.all(D.scenarios.map((k) => zoneSeries(k, D.service)));
};

const choose = async (changes, kept) => {
  Object.assign(D, changes);
  keepState(kept);
  await load();
  drawHubs(page.map);
  cutMarks();
  drawSettings();
  page.relabel();
  drawMoney();
  drawChart();
  labelFoot();
  show();
};

export const hubChoices = () =>
  page.config.scenarios.map((scenario, k) => [String(k), `${k + 1} · ${clipped(scenario.name)}`]);

export const drawSettings = () => {
  const { scenarios, services, quantiles, notSimulated } = page.config;
  const hubs = hubChoices();
  const parts = [
    makePicker("scenario", t("scenario"), hubs, String(D.scenario), (value) => {
      const scenario = Number(value);
      const second = D.second === scenario ? (scenario + 1) % scenarios.length : D.second;
      choose({ scenario, second }, { hub: scenarios[scenario].id, second: scenarios[second].id });
    }),
    makePicker(
      "service",
      t("service"),
      services.map((service, s) => [String(s), localised(service.name)]),
      String(D.service),
      (value) => choose({ service: Number(value) }, { service: services[Number(value)].id }),
    ),
    makePicker(
      "measure",
      t("measure"),
      [
        ["share", t("measure.share")],
        ["adopters", t("measure.adopters")],
      ],
      D.measure,
      (value) => choose({ measure: value }, { measure: value }),
    ),
    makePicker(
      "statistic",
      t("statistic"),
      [
        ["mean", t("statistic.mean")],
        ...quantiles.map((q) => [String(q), page.texts[`statistic.${q}`] ? t(`statistic.${q}`) : `P${q * 100}`]),
      ],
      D.statistic,
      (value) => choose({ statistic: value }, { stat: value }),
    ),
  ];
  if (scenarios.length > 1) {
    parts.push(
      makePicker(
        "mode",
        t("mode"),
        ["single", "swipe", "difference"].map((mode) => [mode, t(`mode.${mode}`)]),
        D.mode,
        (value) => choose({ mode: value }, { mode: value }),
      ),
    );
    if (D.mode !== "single") {
      parts.push(
        makePicker(
          "second",
          t("second"),
          hubs.filter(([k]) => k !== String(D.scenario)),
          String(D.second),
          (value) => choose({ second: Number(value) }, { second: scenarios[Number(value)].id }),
        ),
      );
    }
  }
  replaceParts(
    document.getElementById("settings"),
    h("h2", {}, t("view")),
    parts,
    h("div", { id: "reading" }),
    h("p", { class: "note" }, t("assumptions")),
    notSimulated.length
      ? h(
          "p",
          {
            class: "note warn",
            title: notSimulated.map((s) => `${localised(s.name)}: ${remarkText(s.reason)}`).join("\n"),
          },
          bdi(
            t("notSimulated", {
              names: notSimulated.map((s) => `${localised(s.name)} (${remarkText(s.reason)})`).join(", "),
            }),
          ),
        )
      : null,
  );
  const swiping = D.mode === "swipe";
  for (const part of Object.values(D.swipe)) part.hidden = !swiping;
  D.swipe.slider.setAttribute("aria-label", t("swipe"));
  if (swiping)
    replaceParts(
      D.swipe.names,
      h("span", {}, bdi(clipped(scenarios[D.scenario].name))),
      h("span", {}, bdi(clipped(scenarios[D.second].name))),
    );
  drawLegend();
};
