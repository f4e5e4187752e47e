// The best roll-out found for the plan shown: users before and after, the bound, what moves and why, and the years' money.

import { bdi, h, replaceParts } from "../lib/dom.js";
import { formatMoney, formatNumber, formatPercent, formatUnits } from "../lib/format.js";
import { emit, page } from "../lib/page.js";
import { localised, t } from "../lib/texts.js";
import { toLatLng } from "../map/canvas.js";
import { scene } from "../map/scene.js";
import { makeTable } from "../ui/table.js";
import { signed } from "./beside.js";
import { frontierOf } from "./frontier.js";
import { asOf, clipped, monthName, store } from "./store.js";

const FEW = 8;
const ZOOM = 14;
const ROLLOUT = { all: false, ring: null };

const number = (text, small = null) => ({ text: [text, small && h("small", {}, small)], class: "number" });
const nameOf = (id) =>
  localised((page.config.services.find((service) => service.id === id) ?? page.config.built[id]).name);

export const drawRollout = () => {
  const part = document.getElementById("rollout");
  const found = page.config.rollout;
  part.hidden = !found || !store.scenarios.includes(found.scenario);
  ROLLOUT.ring?.remove();
  if (part.hidden) return;
  const better = found.moves.length > 0;
  replaceParts(
    part,
    h("h2", {}, t("rollout.title")),
    store.scenarios.length > 1 && h("p", { class: "note" }, bdi(clipped(page.config.scenarios[found.scenario].name))),
    usersTable(found),
    h("p", {}, t("rollout.bound", { bound: formatNumber(Math.ceil(found.bound)), gap: formatPercent(found.gap) })),
    h("p", { class: "note" }, t("rollout.note", { date: asOf(page.config.months) })),
    better ? movesOf(found) : h("p", { class: "note strong" }, t("rollout.none")),
    limitsOf(found),
    frontierOf(found.frontier),
    found.left_out.length > 0 && [h("h3", {}, t("rollout.left")), h("p", { class: "note" }, bdi(found.left_out))],
  );
};

const usersTable = ({ services, before, value }) => {
  const row = (name, old, now) => {
    const gained = Math.round(now) - Math.round(old);
    return [
      { text: name, head: true },
      number(formatNumber(old)),
      number(formatNumber(now), gained ? signed(gained) : null),
    ];
  };
  const heads = ["plan", "found"].map((key) => ({ text: t(`rollout.${key}`), class: "number" }));
  return makeTable(
    [t("rollout.users"), ...heads],
    [
      ...services.map((each) => row(bdi(nameOf(each.service)), each.before, each.after)),
      services.length > 1 && row(t("rollout.all"), before, value),
    ].filter(Boolean),
    { class: "users" },
  );
};

const movesOf = ({ moves, same }) => {
  const shown = ROLLOUT.all ? moves : moves.slice(0, FEW);
  const turn = () => {
    ROLLOUT.all = !ROLLOUT.all;
    emit("rollout");
  };
  return [
    h("h3", {}, t("rollout.moves"), h("span", { class: "count" }, t("rollout.count", { n: moves.length, same }))),
    makeTable(
      [
        t("rollout.opening"),
        { text: t("rollout.cost"), class: "number" },
        { text: t("rollout.lost"), class: "number" },
      ],
      shown.map(moveRow),
      { class: "moves" },
    ),
    moves.length > FEW &&
      h(
        "button",
        { type: "button", class: "action", id: "rollout-more", onclick: turn },
        t(ROLLOUT.all ? "rollout.fewer" : "rollout.more", { n: moves.length }),
      ),
    h("p", { class: "note" }, t("rollout.lost.note")),
  ];
};

const zoneOf = ({ zone }) => clipped(page.config.zones[zone]?.name ?? "");

const datesOf = ({ before, after }) => {
  const old = before && [...new Set(before)].map(monthName).join("–");
  return `${old ?? t("rollout.new")} → ${after === null ? t("rollout.never") : monthName(after)}`;
};

const moveRow = (move, at) => {
  const units = formatUnits(move.units, localised(page.config.built[move.service].unit));
  const lacking = move.lacking > 0 && t("rollout.lacking", { n: formatNumber(move.lacking) });
  return [
    {
      text: [
        h(
          "button",
          { type: "button", class: "place", "data-id": `move-${at}`, onclick: () => showPlace(move) },
          bdi(nameOf(move.service)),
          " · ",
          bdi(zoneOf(move)),
        ),
        h("small", {}, datesOf(move), " · ", bdi(units)),
      ],
      head: true,
    },
    number(formatMoney(move.capex_krw)),
    number(move.users === null ? "–" : formatNumber(move.users), lacking || null),
  ];
};

// The place on the map, ringed until another is asked for.
const showPlace = (move) => {
  const at = toLatLng(...move.at);
  ROLLOUT.ring?.remove();
  ROLLOUT.ring = L.circleMarker(at, { radius: 16, color: "#0b57d0", weight: 3, fill: false, interactive: false });
  ROLLOUT.ring.addTo(scene.map);
  const said = h(
    "div",
    {},
    h("b", {}, bdi(nameOf(move.service))),
    h("div", {}, bdi(zoneOf(move)), " · ", datesOf(move)),
  );
  ROLLOUT.ring.bindTooltip(said, { permanent: true, direction: "top", offset: [0, -14] });
  scene.map.setView(at, Math.max(scene.map.getZoom(), ZOOM), { animate: false });
  scene.map.getContainer().scrollIntoView({ block: "nearest" });
};

const limitsOf = ({ limits }) => {
  if (!limits.length) return null;
  const used = ({ used_krw, limit_krw }) => `${short(used_krw)} / ${short(limit_krw)}`;
  const said = ({ brings }) =>
    brings > 0 ? t("rollout.brings", { n: formatNumber(brings, brings < 10 ? 1 : 0) }) : "–";
  return [
    h("h3", {}, t("rollout.limits")),
    makeTable(
      [
        t("money.year"),
        { text: `${t("rollout.used")} (${t("unit.money")})`, class: "number" },
        { text: t("rollout.price"), class: "number" },
      ],
      limits.map((limit) => [
        { text: `${limit.year} ${t(`money.${limit.kind}`)}`, head: true },
        number(used(limit)),
        number(said(limit)),
      ]),
      { class: "limits" },
    ),
    h("p", { class: "note" }, t("rollout.price.note")),
  ];
};

const short = (krw) =>
  page.language === "ko" ? formatNumber(krw / 1e8, krw < 1e9 ? 2 : 1) : formatNumber(krw / 1e9, 2);
