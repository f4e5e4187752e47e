// Changing the city's own plan: when, where and how much opens, and the plan's workbook handed out with the changes.

import { changesFor, costsFor, moneyFor, namedIn } from "../book/plan.js";
import { bookWith, staleAfter } from "../book/xlsx.js";
import { placeOf } from "../book/cells.js";
import { bdi, h, replaceParts } from "../lib/dom.js";
import { download } from "../lib/download.js";
import { formatMoney, formatNumber } from "../lib/format.js";
import { emit, on, page } from "../lib/page.js";
import { t } from "../lib/texts.js";
import { makeDialog } from "../ui/dialog.js";
import { makeTable } from "../ui/table.js";
import { bookOf, canUndo, change, editsOf, readBook, reset, undo, workbookOf } from "./edits.js";
import { drawOpenings } from "./plan.js";
import { cellName, placeName, serviceName, tableOf, unitsText, zoneName } from "./rows.js";
import { heading, monthName, store } from "./store.js";

const EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const CHANGE = { body: null };

// What was changed of one opening, in a line.
const lineOf = (k, row, edit) => {
  const arrow = (from, to) => `${from} → ${to}`;
  const said = [
    edit.month !== undefined && `${t("change.opens")} ${arrow(monthName(row.month), monthName(edit.month))}`,
    edit.zone !== undefined &&
      `${t("own.zone")} ${arrow(placeName(row), `${zoneName(edit.zone)}${row.site ? " (auto)" : ""}`)}`,
    edit.units !== undefined &&
      `${t("change.units")} ${arrow(unitsText(row, row.units), unitsText(row, edit.units))} (${t("change.cost")} ${arrow(formatMoney(row.won.capex_krw), formatMoney(moneyFor(row, edit.units).capex_krw))})`,
  ].filter(Boolean);
  return h(
    "li",
    {},
    bdi(`${row.number} ${serviceName(row.service)}: ${said.join(", ")}`),
    h(
      "button",
      {
        type: "button",
        id: `back-${k}-${row.number}`,
        class: "action",
        "aria-label": `${row.number}: ${t("change.back")}`,
        onclick: () => takeBack(k, row),
      },
      t("change.back"),
    ),
  );
};

// Sheets in which something is said of an opening that goes with its units.
const BY_UNITS = ["estimate", "operation", "proposals"];

// Sheets that the page leaves as they are though a change may touch them, with the rows that name the opening.
const sheetsToLookAt = (k) => {
  const workbook = workbookOf(k);
  const { rows, names } = workbook;
  const found = new Map();
  const look = (sheet, numbers) => found.set(sheet, new Set([...(found.get(sheet) ?? []), ...numbers]));
  for (const row of rows) {
    const { month, units } = editsOf(k)[row.number] ?? {};
    if (month !== undefined && names.schedule) look("schedule", []);
    const sheets = [month !== undefined ? ["funding"] : [], units !== undefined ? BY_UNITS : []].flat();
    for (const sheet of sheets) {
      const numbers = namedIn(workbook, row, sheet);
      if (numbers.length) look(sheet, numbers);
    }
  }
  return [...found].map(([sheet, numbers]) =>
    h(
      "li",
      {},
      h("b", {}, bdi(names[sheet])),
      numbers.size ? ` (${t("change.rows", { rows: [...numbers].sort((one, other) => one - other).join(", ") })})` : "",
      `: ${t(`change.look.${sheet}`)}`,
    ),
  );
};

const planChanges = (k) => changesFor(bookOf(k), workbookOf(k), editsOf(k), page.config.start);

// Formulas in the rows that are read: until a spreadsheet has worked them out, the plan cannot be read.
const formulasToWorkOut = (k) =>
  [...staleAfter(bookOf(k), planChanges(k))].flatMap(([sheet, all]) => {
    const [first, last] = workbookOf(k).read[sheet] ?? [1, 0];
    return all.filter((at) => placeOf(at).row >= first && placeOf(at).row <= last).map((at) => cellName({ sheet, at }));
  });

const named = (file) => {
  const dot = file.lastIndexOf(".");
  return `${file.slice(0, dot)}${t("change.suffix")}${file.slice(dot)}`;
};

const save = (k, name) => download(name, bookWith(bookOf(k), planChanges(k)), EXCEL);

// What has to be done before the changed plan has an answer, and what the page does not do.
const todo = (k, saved) => {
  const [look, formulas] = [sheetsToLookAt(k), formulasToWorkOut(k)];
  return [
    h("p", { class: "note strong" }, t("change.answer")),
    h("ol", { class: "steps" }, [
      formulas.length > 0 && h("li", {}, bdi(t("change.work", { file: saved, cells: formulas.join(", ") }))),
      h("li", {}, t("change.check"), " ", h("code", {}, bdi(`geojeom plan check "${saved}"`))),
      h("li", {}, t("change.run"), " ", h("code", {}, `geojeom run ${t("change.region")}`)),
    ]),
    look.length > 0 && [h("p", {}, t("change.look")), h("ul", {}, look)],
  ];
};

const buttons = (k, saved) => {
  const changed = Object.keys(editsOf(k)).length;
  const button = (id, text, disabled, onclick) =>
    h("button", { type: "button", class: "action", id: `${id}-${k}`, disabled, onclick }, text);
  return h(
    "div",
    { class: "buttons" },
    button("save", bdi(t("change.save", { file: saved })), false, () => save(k, saved)),
    button("undo", t("change.undo"), !canUndo(), () => act(k, undo)),
    button("reset", t("change.reset"), !changed, () => act(k, () => reset(k))),
    h("span", { role: "status" }, changed ? t("change.count", { n: formatNumber(changed) }) : t("change.none")),
  );
};

// What the plan costs in the years for which that changes: the one answer that the page can give at once.
const costs = (k) => {
  const { years, whole } = costsFor(workbookOf(k), editsOf(k), page.config.start);
  if (!years.length) return null;
  const line = (name, { before, after }) => [
    { text: name, head: true },
    ...[before, after].map((won) => ({ text: formatMoney(won), class: "number" })),
  ];
  const heads = ["change.before", "change.after"].map((key) => ({ text: t(key), class: "number" }));
  return [
    h("h3", {}, t("change.costs")),
    makeTable(
      [t("money.year"), ...heads],
      [...years.map(([year, sums]) => line(year, sums)), line(t("money.total"), whole)],
      {
        class: "costs",
      },
    ),
  ];
};

const summary = (k) => {
  const { rows, file } = workbookOf(k);
  const changed = rows.filter((row) => editsOf(k)[row.number]);
  const saved = changed.length ? named(file) : file;
  return [
    changed.length > 0 && [
      h("h3", {}, t("change.what")),
      h(
        "ol",
        {},
        changed.map((row) => lineOf(k, row, editsOf(k)[row.number])),
      ),
      costs(k),
      todo(k, saved),
    ],
    h("p", { class: "note" }, t("change.holds")),
    buttons(k, saved),
  ];
};

// A button that has nothing more to take back lets the keyboard go: it stays among the buttons.
const act = (k, what) => {
  what();
  emit("edited");
  if (!CHANGE.body.contains(document.activeElement)) document.getElementById(`save-${k}`).focus();
};

const takeBack = (k, row) => act(k, () => change(k, row, { month: row.month, zone: row.zone, units: row.units }));

// A plan's rows and what was changed, or why nothing can be changed here.
const partOf = (k) => {
  const { workbook } = page.config.ownPlans[k] ?? {};
  const note = (...said) => h("p", { class: "note" }, said);
  if (!workbook) return note(t("change.template"), " ", h("code", {}, "geojeom plan new"));
  if (!workbook.held) return note(bdi(t("change.format", { file: workbook.file })));
  if (!bookOf(k)) return note(bdi(t("change.unread", { file: workbook.file })));
  return [tableOf(k), summary(k)];
};

const redraw = () =>
  CHANGE.body &&
  replaceParts(
    CHANGE.body,
    store.scenarios.map((k) => h("section", {}, heading(k), partOf(k))),
  );

on("edited", () => {
  redraw();
  drawOpenings();
});

export const openChange = async () => {
  await Promise.all(store.scenarios.map(readBook));
  store.openChange ??= makeDialog("change", "change.title", () => {
    CHANGE.body = h("div", {});
    redraw();
    return [h("p", {}, t("change.about")), CHANGE.body];
  });
  store.openChange();
};
