// The plan: openings on the map from their date on, and their list.

import { bdi, h, replaceParts } from "../lib/dom.js";
import { formatMoney, formatUnits } from "../lib/format.js";
import { page } from "../lib/page.js";
import { localised, t } from "../lib/texts.js";
import { toLatLng } from "../map/canvas.js";
import { scene } from "../map/scene.js";
import { editsOf } from "./edits.js";
import { clipped, heading, monthName, planOf, store } from "./store.js";

const PLAN = { marks: new Map() };

export const drawOpenings = () => {
  const all = store.scenarios.flatMap((k) => planOf(k));
  const open = all.filter((opening) => opening.month <= store.month);
  drawSites();
  const line = (opening) => {
    const waits =
      opening.works === null
        ? t("openings.never")
        : opening.works > opening.month
          ? t("openings.works", { date: monthName(opening.works) })
          : null;
    const zone = page.config.zones[opening.zone];
    return h(
      "li",
      { class: opening.month <= store.month ? "done" : "" },
      h("span", { class: "when" }, monthName(opening.month)),
      h(
        "span",
        {},
        h("i", { class: `site ${siteClass(opening, opening.month <= store.month)}`, "aria-hidden": "true" }),
        zone ? bdi(clipped(zone.label), zone.name) : "",
        ` · ${units(opening)}`,
        waits ? h("small", {}, waits) : null,
      ),
    );
  };
  const changed = store.scenarios.map((k) => Object.keys(editsOf(k)).length);
  const key = `${changed}/${store.scenarios.join("+")}/${store.service}/${page.language}/${open.length}/${all.filter((o) => o.works !== null && o.works <= store.month).length}`;
  if (PLAN.drawn === key) return;
  PLAN.drawn = key;
  const lists = store.scenarios.map((k) => [
    heading(k),
    planOf(k).length
      ? h("ol", { class: "openings" }, gathered(planOf(k)).map(line))
      : h("p", { class: "note" }, t("openings.none")),
  ]);
  replaceParts(
    document.getElementById("openings"),
    h(
      "h2",
      {},
      t("openings.title"),
      h("span", { class: "count" }, t("openings.count", { done: open.length, all: all.length })),
    ),
    changed.some(Boolean) &&
      h("p", { class: "note strong" }, t("change.pending", { n: changed.reduce((sum, n) => sum + n) })),
    lists,
    [...new Set(store.scenarios.map((k) => localised(page.config.plans[k])))].map((label) =>
      h("p", { class: "note" }, bdi(label)),
    ),
    store.scenarios
      .filter((k) => page.config.scaledDown[k])
      .map((k) =>
        h("p", { class: "note" }, bdi(clipped(page.config.scenarios[k].name)), ": ", bdi(page.config.scaledDown[k])),
      ),
  );
};

// Openings of one month and zone as one line.
const gathered = (openings) => {
  const groups = new Map();
  for (const opening of openings) {
    const key = `${opening.month}/${opening.part}/${opening.zone}/${opening.works}`;
    const group = groups.get(key);
    if (group) group.units += opening.units;
    else groups.set(key, { ...opening });
  }
  return [...groups.values()];
};

const units = (opening) => formatUnits(opening.units, localised(page.config.built[opening.service].unit));

const siteClass = (opening, open) =>
  !open
    ? "later"
    : opening.works === null || opening.works > store.month
      ? "waiting"
      : opening.part === "in_district"
        ? "inside"
        : "outside";

// Marks of openings up to the month shown. The second plan's are ringed, or kept to their side of the swipe bar.
const drawSites = () => {
  const wanted = new Map(
    store.scenarios.flatMap((k, which) =>
      planOf(k)
        .filter((opening) => opening.month <= store.month)
        .map((opening) => [
          opening,
          { which, kind: `${siteClass(opening, true)}${which && store.mode !== "swipe" ? " second" : ""}` },
        ]),
    ),
  );
  for (const [opening, { mark, kind, which }] of PLAN.marks) {
    const now = wanted.get(opening);
    if (now?.kind === kind && now.which === which) wanted.delete(opening);
    else {
      mark.remove();
      PLAN.marks.delete(opening);
    }
  }
  for (const [opening, { kind, which }] of wanted) {
    const icon = L.divIcon({ className: "mark", html: h("i", { class: `site ${kind}` }), iconSize: [18, 18] });
    const mark = L.marker(toLatLng(...opening.at), { icon, keyboard: false, pane: `sites-${which}` }).addTo(scene.map);
    mark.bindTooltip(() => siteTip(opening), { direction: "top", offset: [0, -6] });
    PLAN.marks.set(opening, { mark, kind, which });
  }
};

// Panes of the marks: one for each side of the swipe bar, cut at it; marks are smaller where the map shows more.
export const layMarks = (map) => {
  for (const which of [0, 1]) map.createPane(`sites-${which}`).style.zIndex = 600 - which;
  const size = () => {
    const small = parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--small"));
    PLAN.px = (Math.min(12, Math.max(7, 10 + 1.5 * (map.getZoom() - 12.5))) * small) / 11.5;
    map.getContainer().style.setProperty("--site", `${PLAN.px}px`);
  };
  size();
  map.on("zoomend", size);
  map.on("move zoomend resize", cutMarks);
};

export const cutMarks = () => {
  const size = scene.map.getSize();
  const from = scene.map.containerPointToLayerPoint([0, 0]),
    to = from.add(size);
  const edge = from.x + store.split * size.x;
  [
    [from.x, edge],
    [edge, to.x],
  ].forEach(([left, right], which) => {
    scene.map.getPane(`sites-${which}`).style.clipPath =
      store.mode !== "swipe"
        ? ""
        : `polygon(${[
            [left, from.y],
            [right, from.y],
            [right, to.y],
            [left, to.y],
          ]
            .map(([x, y]) => `${x}px ${y}px`)
            .join(", ")})`;
  });
};

// Where marks are or will be, so that names of zones keep clear of them whatever the month.
export const marks = () =>
  (page.config.services.length ? (store.scenarios ?? []) : []).flatMap((k) => planOf(k).map((opening) => opening.at));

// What the marks on the map mean.
export const markKey = () => {
  const all = store.scenarios.flatMap((k) => planOf(k));
  const kinds = [
    ["inside", all.some((o) => o.part === "in_district")],
    ["outside", all.some((o) => o.part !== "in_district")],
    ["waiting", all.some((o) => o.works === null || o.works > o.month)],
  ]
    .filter(([, is]) => is)
    .map(([kind]) => [kind, t(`legend.${kind}`)]);
  if (store.mode === "difference")
    kinds.push(["outside second", t("legend.second", { name: clipped(page.config.scenarios[store.second].name) })]);
  return (
    kinds.length > 0 &&
    h(
      "ul",
      { class: "marks" },
      kinds.map(([kind, label]) =>
        h("li", {}, h("i", { class: `site ${kind}`, "aria-hidden": "true" }), h("span", {}, bdi(label))),
      ),
    )
  );
};

const siteTip = (opening) => {
  const payers = page.config.payers
    .filter((payer) => opening[`${payer}_krw`] > 0)
    .map((payer) => `${t(`money.${payer}`)} ${formatMoney(opening[`${payer}_krw`])}`);
  const zone = page.config.zones[opening.zone];
  return h(
    "div",
    {},
    h("b", {}, bdi(localised(page.config.built[opening.service].name))),
    h("div", {}, `${monthName(opening.month)} · ${units(opening)}`),
    zone ? h("div", {}, bdi(clipped(zone.name))) : null,
    h("div", {}, `${formatMoney(opening.capex_krw)}${payers.length ? ` (${payers.join(", ")})` : ""}`),
    opening.works === null
      ? h("small", {}, t("openings.never"))
      : opening.works > opening.month
        ? h("small", {}, t("openings.works", { date: monthName(opening.works) }))
        : null,
  );
};
