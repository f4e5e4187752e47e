// The report: a page in the shape of a proposal, to read and to print. Here its start and cover.

import { readBlob } from "../lib/data.js";
import { bdi, h, replaceParts } from "../lib/dom.js";
import { keepState, onRender, page, render } from "../lib/page.js";
import { localised, t } from "../lib/texts.js";
import { decodePathData, layBase } from "../map/svg.js";
import { begin, showParts } from "../ui/begin.js";
import { makePicker } from "../ui/picker.js";
import { anyOwn, planName } from "../ui/scenario.js";
import { drawHead } from "../ui/shell.js";
import { openData } from "../ui/sources.js";
import { candidatesSection, excludedNote } from "./candidates.js";
import { effectsSection, limitsSection } from "./effects.js";
import { moneySection } from "./money.js";
import { diagnosis, overview } from "./overview.js";
import { insideSection, outsideSection } from "./plan.js";
import { sheetsSection } from "./sheets.js";
import { store } from "./store.js";

const startPaper = async () => {
  if (!begin("paper")) return;
  const { scenarios, diagnosis, spreadYears } = page.config;
  store.k = Math.max(
    0,
    scenarios.findIndex((scenario) => scenario.id === page.state.hub),
  );
  await layBase();
  const names = [
    ...diagnosis.map(({ key }) => key),
    ...scenarios.flatMap((_, k) => spreadYears.map((year) => `spread-${k}-${year}`)),
  ];
  for (const name of names) {
    store.outlines[name] = [];
    for (let at = 0; at < 12; at++) {
      const bytes = await readBlob(`map-${name}-${at}`);
      if (bytes) store.outlines[name][at] = decodePathData(bytes);
    }
  }
  page.headButtons = [["report.print", () => window.print()]];
  onRender(() => {
    drawHead();
    drawPaper();
  });
  render();
  document.documentElement.dataset.ready = "true";
};

const drawPaper = () => {
  const { scenarios, districts } = page.config;
  store.hub = districts.find((district) => district.id === scenarios[store.k].hub);
  /** @type {[string, () => any][]} */
  const sections = [
    ["overview", overview],
    ["diagnosis", diagnosis],
    ["candidates", candidatesSection],
    ["inside", insideSection],
    ["outside", outsideSection],
    ["money", moneySection],
    ["sheets", sheetsSection],
    ["effects", effectsSection],
    ["limits", limitsSection],
  ];
  const parts = sections.map(([key, draw], at) =>
    h("section", { id: key }, h("h2", {}, `${at + 1}. ${t(`report.${key}`)}`), draw()),
  );
  replaceParts(document.getElementById("paper"), cover(sections), parts);
};

const cover = (sections) => {
  const { region, scenarios, programme, made } = page.config;
  const plans = scenarios.map((scenario, k) => [String(k), planName(scenario)]);
  return h(
    "section",
    { id: "cover" },
    region.synthetic ? h("p", { class: "note strong" }, t("synthetic.long")) : null,
    (page.config.sources?.warnings ?? []).map((item) =>
      h("p", { class: "note strong" }, `${t("data.warnings")}: `, bdi(localised(item))),
    ),
    h("p", { class: "kind" }, t("report.kind")),
    h("p", { class: "title" }, bdi(region.name), " ", t("report.of"), " ", bdi(store.hub.name)),
    h("p", {}, h("b", {}, `${t("report.plan")}: `, bdi(page.config.plans[store.k]))),
    h("p", {}, programme ? bdi(programme.label) : t("programme.none"), ` · ${t("report.made")} ${made}`),
    h("p", { class: "note strong" }, t("report.draft")),
    excludedNote(),
    h(
      "div",
      { class: "screen" },
      makePicker("hub", t(anyOwn() ? "scenario.own" : "scenario"), plans, String(store.k), (value) => {
        store.k = Number(value);
        keepState({ hub: scenarios[store.k].id });
        drawPaper();
      }),
    ),
    h(
      "ol",
      { class: "contents" },
      sections.map(([key]) =>
        h(
          "li",
          {},
          h(
            "a",
            {
              href: `#${key}`,
              onclick: (event) => {
                // The part after # keeps the page's state: go there without changing it.
                event.preventDefault();
                document.getElementById(key).scrollIntoView();
              },
            },
            t(`report.${key}`),
          ),
        ),
      ),
    ),
  );
};

showParts(store, { openData, render });

document.addEventListener("DOMContentLoaded", startPaper, { once: true });
