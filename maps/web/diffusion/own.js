// The city's own plan beyond its openings: schedule, roles, indicators against the simulation, problems answered.

import { bdi, h } from "../lib/dom.js";
import { formatNumber } from "../lib/format.js";
import { page } from "../lib/page.js";
import { localised, t } from "../lib/texts.js";
import { makeDialog } from "../ui/dialog.js";
import { makeTable } from "../ui/table.js";
import { heading, store } from "./store.js";

const YEARS = [1, 2, 3, 4, 5, 10];
const none = () => h("p", { class: "note" }, t("own.none"));
const word = (list, id) => (id ? localised(page.config.planWords[list][id]) : "");
const months = (text) => {
  const [year, month] = text.split("-").map(Number);
  return 12 * year + month - 1;
};

// The months that the chart spans: all that is planned, and all openings.
const span = (plan, openings) => {
  const start = months(page.config.start);
  const dated = plan.schedule.flatMap((row) => [row.planned, row.actual].filter(Boolean).map(months));
  const all = [...dated, ...openings.map((opening) => start + opening.month)];
  return all.length ? [12 * Math.floor(Math.min(...all) / 12), 12 * (Math.floor(Math.max(...all) / 12) + 1)] : null;
};

// A Gantt chart: the steps as diamonds by their months, the openings of each service as a bar from first to last.
const gantt = (plan, k) => {
  const openings = page.config.openings[k];
  const whole = span(plan, openings);
  if (!whole) return none();
  const [first, last] = whole;
  const start = months(page.config.start);
  const steps = plan.schedule
    .filter((row) => row.planned)
    .map((row) => ({ label: word("step", row.step) || row.name, at: months(row.planned), done: row.actual }));
  const services = [...new Set(openings.map((opening) => opening.service))].map((id) => {
    const dates = openings.filter((opening) => opening.service === id).map((opening) => start + opening.month);
    return { label: localised(page.config.built[id].name), from: Math.min(...dates), to: Math.max(...dates) };
  });
  const rows = [...steps, ...services];
  const [left, width, line, top] = [190, 760, 22, 24];
  const x = (month) => left + ((month - first) / (last - first)) * (width - left - 10);
  const height = top + rows.length * line + 6;
  const years = [];
  for (let month = first; month < last; month += 12) years.push(month);
  return h(
    "svg",
    { class: "gantt", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": t("own.schedule") },
    years.map((month) => [
      h("line", { x1: x(month), x2: x(month), y1: top - 6, y2: height, class: "rule" }),
      h("text", { x: x(month) + 3, y: top - 10, class: "year" }, String(month / 12)),
    ]),
    rows.map((row, number) => {
      const y = top + number * line + line / 2;
      const label = h("text", { x: left - 8, y: y + 4, class: "label" }, row.label);
      if ("at" in row) {
        const size = 6;
        const d = `M${x(row.at) - size} ${y}l${size} ${-size}l${size} ${size}l${-size} ${size}z`;
        return [label, h("path", { d, class: row.done ? "step done" : "step" })];
      }
      return [
        label,
        h("rect", { x: x(row.from), y: y - 5, width: Math.max(x(row.to) - x(row.from), 3), height: 10, class: "bar" }),
      ];
    }),
  );
};

const roles = (plan) =>
  plan.roles.length
    ? makeTable(
        [t("own.party"), t("own.name"), t("own.role"), t("own.service"), t("own.responsible")],
        plan.roles.map((row) => [
          word("party", row.party),
          bdi(row.name),
          bdi(row.role),
          row.service ? bdi(localised(row.service)) : t("own.all"),
          row.responsible ? "✓" : "",
        ]),
      )
    : none();

const figure = (value) =>
  value === null || value === undefined ? "–" : formatNumber(value, Math.abs(value) < 100 ? 1 : 0);
const band = ([low, middle, high]) =>
  low === high ? figure(middle) : `${figure(middle)} (${figure(low)}–${figure(high)})`;

// Targets of an indicator, and below them what the simulation says, where it computes the measure.
const indicators = (plan) =>
  plan.indicators.length
    ? makeTable(
        [t("own.indicator"), t("own.unit"), t("own.baseline"), ...YEARS.map((year) => t("own.year", { n: year }))],
        plan.indicators.flatMap((row) => {
          const named = row.service ? [bdi(row.name), h("small", {}, bdi(localised(row.service)))] : bdi(row.name);
          const targets = [
            { text: named, head: true },
            bdi(row.unit),
            figure(row.baseline),
            ...row.targets.map((value) => ({ text: figure(value), class: "number" })),
          ];
          const said = row.modelled
            ? [
                { text: t("own.modelled", { what: word("modelled", row.measure) }), class: "quiet" },
                "",
                "",
                ...YEARS.map((_, number) => ({
                  text: row.modelled[number] ? band(row.modelled[number]) : "",
                  class: "number quiet",
                })),
              ]
            : [{ text: t("own.unmodelled"), class: "quiet", span: 3 + YEARS.length }];
          return [targets, said];
        }),
      )
    : none();

const problems = (plan) =>
  plan.problems.length
    ? makeTable(
        [t("own.problem"), t("own.zone"), t("own.value"), t("own.answer"), t("own.indicator"), t("own.change")],
        plan.problems.map((row) => [
          bdi(row.problem),
          bdi(row.zone ?? ""),
          row.value === null ? "" : `${figure(row.value)} ${row.unit ?? ""}`,
          row.services.length ? bdi(row.services.map(localised).join(", ")) : t("own.unanswered"),
          bdi(row.indicator ?? ""),
          row.change ? `${row.change.map(figure).join(" → ")} ${row.unit_of}` : "",
        ]),
      )
    : none();

const parts = (plan, k) => [
  [t("own.schedule"), gantt(plan, k)],
  [t("own.indicators"), indicators(plan)],
  [t("own.problems"), problems(plan)],
  [t("own.roles"), roles(plan)],
];

// Whether any scenario of the page is a plan of the city's own.
export const hasOwn = () => page.config.ownPlans.some(Boolean);

export const openOwn = () => {
  store.openOwn ??= makeDialog("own", "own.title", () => {
    const shown = store.scenarios.filter((k) => page.config.ownPlans[k]);
    if (!shown.length) return h("p", { class: "note" }, t("own.template"));
    return shown.map((k) => [
      heading(k),
      parts(page.config.ownPlans[k], k).map(([title, part]) => h("section", {}, h("h3", {}, title), part)),
    ]);
  });
  store.openOwn();
};
