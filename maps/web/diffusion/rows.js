// The rows of a plan with what can be changed of each: when, where and how much opens.

import { formulasFor, moneyFor, monthText } from "../book/plan.js";
import { bdi, h } from "../lib/dom.js";
import { formatMoney, formatUnits } from "../lib/format.js";
import { emit, page } from "../lib/page.js";
import { localised, t } from "../lib/texts.js";
import { makePicker } from "../ui/picker.js";
import { makeTable } from "../ui/table.js";
import { bookOf, change, editsOf, workbookOf } from "./edits.js";
import { monthName, monthOfYear, store } from "./store.js";

// Plans of more rows are shown by service.
const ROWS_AT_ONCE = 60;
const SHOWN = { service: null };

export const serviceName = (id) => localised(page.config.built[id].name);
export const unitsText = (row, units) => formatUnits(units, localised(page.config.built[row.service].unit));
export const zoneName = (id) => page.config.zones.find((zone) => zone.id === id)?.name ?? id;
// Where a row stands: its zone, and the site in it where it names one.
export const placeName = (row) =>
  [row.zone && zoneName(row.zone), row.site && `(${row.site})`].filter(Boolean).join(" ");
export const cellName = ({ sheet, at }) => `${sheet}!${at}`;

const edit = (k, row, changed) => {
  change(k, row, changed);
  emit("edited");
};

const option = (value, label, chosen, disabled = false) =>
  h("option", { value, selected: value === chosen, disabled }, label);

// A year and a month, of which only what the plan may have can be chosen.
const monthControl = (k, row, month) => {
  const [year, number] = monthText(page.config.start, month).split("-").map(Number);
  const [first, start] = page.config.start.split("-").map(Number);
  const monthOf = (year, number) => 12 * (year - first) + number - start;
  const last = Number(monthText(page.config.start, row.last).slice(0, 4));
  const choose = (month) => edit(k, row, { month: Math.min(row.last, Math.max(0, month)) });
  const id = `opens-${k}-${row.number}`;
  const label = `${row.number} ${serviceName(row.service)}`;
  return [
    h(
      "select",
      {
        id: `${id}-year`,
        "aria-label": `${label}: ${t("change.year")}`,
        onchange: (event) => choose(monthOf(Number(event.target.value), number)),
      },
      Array.from({ length: last - first + 1 }, (_, at) => option(String(first + at), String(first + at), String(year))),
    ),
    h(
      "select",
      {
        id: `${id}-month`,
        "aria-label": `${label}: ${t("change.month")}`,
        onchange: (event) => choose(monthOf(year, Number(event.target.value))),
      },
      Array.from({ length: 12 }, (_, at) => {
        const there = monthOf(year, at + 1);
        return option(String(at + 1), monthOfYear(at + 1), String(number), there < 0 || there > row.last);
      }),
    ),
  ];
};

const zoneControl = (k, row, zone) =>
  h(
    "select",
    {
      id: `zone-${k}-${row.number}`,
      "aria-label": `${row.number} ${serviceName(row.service)}: ${t("own.zone")}`,
      onchange: (event) => edit(k, row, { zone: event.target.value }),
    },
    workbookOf(k).zones.map(({ id }) => option(id, zoneName(id), zone)),
  );

const unitsControl = (k, row, units) => [
  h("input", {
    id: `units-${k}-${row.number}`,
    type: "number",
    min: 1,
    max: workbookOf(k).unitsMost,
    step: 1,
    value: units,
    "aria-label": `${row.number} ${serviceName(row.service)}: ${t("change.units")}`,
    onchange: ({ target }) => {
      // What is no number of units leaves the row as it is, and the field says so.
      if (!target.checkValidity() || !target.value) return void target.reportValidity();
      edit(k, row, { units: Number(target.value) });
    },
  }),
  localised(page.config.built[row.service].unit),
];

// A control, or what stands there and why it cannot be changed here.
const field = (k, row, matter, control, fixed) => {
  const formulas = formulasFor(bookOf(k), workbookOf(k), row, matter);
  if (!formulas) return [fixed, row.part === "in_district" && h("small", {}, t("change.hub"))];
  if (!formulas.length) return control(k, row, editsOf(k)[row.number]?.[matter] ?? row[matter]);
  return [fixed, h("small", {}, bdi(t("change.formula", { cells: formulas.map(cellName).join(", ") })))];
};

const rowOf = (k) => (row) => {
  const edit = editsOf(k)[row.number] ?? {};
  const cost = moneyFor(row, edit.units ?? row.units).capex_krw;
  const changed = (matter) => (edit[matter] === undefined ? null : "changed");
  const was = (matter, text) => edit[matter] !== undefined && h("small", {}, bdi(t("change.was", { value: text })));
  const [when, where, units] = [monthName(row.month), placeName(row), unitsText(row, row.units)];
  return [
    { text: bdi(row.number), head: true },
    bdi(serviceName(row.service)),
    { text: [field(k, row, "month", monthControl, when), was("month", when)], class: changed("month") },
    { text: [field(k, row, "zone", zoneControl, bdi(where)), was("zone", where)], class: changed("zone") },
    { text: [field(k, row, "units", unitsControl, units), was("units", units)], class: changed("units") },
    {
      text: [formatMoney(cost), was("units", formatMoney(row.won.capex_krw))],
      class: `number ${changed("units") ?? ""}`,
    },
  ];
};

export const tableOf = (k) => {
  const { rows } = workbookOf(k);
  const services = [...new Set(rows.map((row) => row.service))];
  const few = rows.length <= ROWS_AT_ONCE;
  const known = few ? ["", ...services] : services;
  const first = few ? "" : page.config.services[store.service]?.id;
  const service = [SHOWN.service, first].find((id) => known.includes(id)) ?? known[0];
  const ofService = (id) => rows.filter((row) => !id || row.service === id);
  const choices = known.map((id) => [id, `${id ? serviceName(id) : t("change.all")} (${ofService(id).length})`]);
  return [
    makePicker(`change-service-${k}`, t("service"), choices, service, (value) => {
      SHOWN.service = value;
      emit("edited");
    }),
    makeTable(
      [
        t("change.number"),
        t("service"),
        t("change.opens"),
        t("own.zone"),
        t("change.units"),
        { text: t("change.cost"), class: "number" },
      ],
      ofService(service).map(rowOf(k)),
      { class: "wide" },
    ),
  ];
};
