// The report's third section: the candidates compared, and why the hub was chosen.

import { bdi, h } from "../lib/dom.js";
import { fact, hasFact } from "../lib/facts.js";
import { formatFixed, formatNumber, formatPercent } from "../lib/format.js";
import { page } from "../lib/page.js";
import { localised, t } from "../lib/texts.js";
import { SEQUENTIAL, ramp } from "../map/palette.js";
import { districtShape, mapBadge, printMap, regionBox } from "../map/svg.js";
import { knownOf, levelWithFirst } from "../rank/level.js";
import { makeStrip } from "../ui/legend.js";
import { credits } from "../ui/sources.js";
import { LEVEL_COLOUR, levelNote, nearTie, reasonOf, standingOf } from "../ui/standing.js";
import { pointsSum, pointsTable } from "../ui/points.js";
import { makeTable } from "../ui/table.js";
import { baseKey, mapFigure } from "./figure.js";
import { store } from "./store.js";

const PILLAR_COLOURS = {
  space: "#1b4f8f",
  operations: "#6a9fd4",
  innovation: "#4a7f3a",
  governance: "#9a6fb0",
  diffusion: "#c2620c",
  feasibility: "#8a8f98",
};

const score = (d) => d.scores.weighted_sum;

const scoreFact = (d) => (score(d).score === null ? "–" : fact(`candidate/${d.id}/score/weighted_sum`));

// Best first, then those without a rank by their scores.
const inOrder = (districts) =>
  [...districts].sort(
    (a, b) =>
      (score(a).rank ?? Infinity) - (score(b).rank ?? Infinity) || (score(b).score ?? -1) - (score(a).score ?? -1),
  );

const levelBy = (method) => {
  const { districts, criteria } = page.config;
  return levelWithFirst(
    districts.map((d) => d.scores[method]),
    districts.map((d) => d.utilities),
    criteria.map((criterion) => criterion.weight),
  );
};

// How many cannot be told apart from the first, where the candidate is one of them; else 0.
const sizeOf = (d, level) => (level.includes(page.config.districts.indexOf(d)) ? level.length : 0);

const standingIn = (level) => (d) => standingOf(score(d).rank, d.vetoed, sizeOf(d, level));

export const candidatesSection = () => {
  const { districts, criteria, profile, points } = page.config;
  const order = inOrder(districts);
  const level = levelBy("weighted_sum");
  return [
    excludedNote(),
    levelNote(
      level,
      criteria.map((criterion) => criterion.weight),
    ),
    h("p", { class: "note strong" }, `${t("illustrative")} `, bdi(profile.provenance)),
    points.length > 0 && [
      h("h3", {}, t("points")),
      pointsTable(
        criteria.map((criterion) => criterion.weight),
        points.map(({ own }) => (own === null ? "–" : formatNumber(own, 1))),
      ),
      h("p", { class: "note" }, pointsSum(points.map(({ own }) => own))),
    ],
    ranksTable(order, level),
    h("p", { class: "note" }, t("report.first.note", { n: formatNumber(page.config.draws) })),
    districts.some((d) => d.utilities.includes(null)) && h("p", { class: "note" }, t("promethee.missing")),
    plansTable(order),
    candidatesMap(order, level),
    h("h3", {}, t("report.contributions")),
    stacked(order),
    h("h3", {}, t("report.reasons")),
    reasons(order),
    page.config.verdict.length > 0 && [
      h("h3", {}, t("verdict")),
      page.config.verdict.map((text) => h("p", { class: "verdict" }, bdi(localised(text)))),
    ],
    h("h3", {}, t("report.values")),
    store.hub.plan && h("p", { class: "note" }, `${t("scored.plan")}: `, bdi(localised(store.hub.plan))),
    values(criteria),
    h("p", { class: "note" }, `${t("weight")}: ${t("weights.rounded")}`),
    vetoes(order),
  ];
};

const ranksTable = (order, level) => {
  const { criteria } = page.config;
  const weights = criteria.map((criterion) => criterion.weight);
  const others = Object.keys(order[0].scores).slice(1);
  const byMethod = new Map(others.map((method) => [method, levelBy(method)]));
  const rankBy = (d, method) =>
    d.scores[method].rank ? standingOf(d.scores[method].rank, false, sizeOf(d, byMethod.get(method))).sign : "–";
  const span = (d) => {
    const [low, high] = ["low", "high"].map((end) => `candidate/${d.id}/score_${end}/weighted_sum`);
    if (score(d).high - score(d).low > 5e-4) return [fact(low), "–", fact(high)];
    return score(d).score === null ? "–" : t("interval.none");
  };
  const standing = standingIn(level);
  const near = (d) => nearTie(page.config.districts.map(score), page.config.districts.indexOf(d));
  const figures = (texts) => texts.map((text) => ({ text, class: "number" }));
  return makeTable(
    [
      t("rank"),
      t("report.candidate"),
      ...figures([
        t("score"),
        t("interval"),
        t("report.known"),
        ...others.map((method) => t("report.rank.by", { method: t(`method.${method}`) })),
        t("report.first"),
      ]),
    ],
    order.map((d) => [
      {
        text: score(d).rank ? [standing(d).sign, near(d) && h("small", {}, t("rank.near"))] : standing(d).label,
        class: d === store.hub ? "hub" : "",
      },
      {
        text: [bdi(d.name), h("small", {}, `${t(`kind.${d.kind}`)} · `, fact(`candidate/${d.id}/area`))],
        head: true,
        class: d === store.hub ? "hub" : "",
      },
      ...figures([
        scoreFact(d),
        span(d),
        t("report.known.text", knownOf(d.utilities, weights)),
        ...others.map((method) => rankBy(d, method)),
        hasFact(`candidate/${d.id}/first/profile`) ? fact(`candidate/${d.id}/first/profile`) : "–",
      ]),
    ]),
    { class: "ranks" },
  );
};

// Which plan each candidate's criteria from the simulation are of, where any has one of its own.
const plansTable = (order) =>
  order.some((d) => d.plan && d.plan.code !== "candidate.plan.template")
    ? makeTable(
        [t("report.candidate"), t("scored.plan")],
        order.map((d) => [{ text: bdi(d.name), head: true }, bdi(localised(d.plan))]),
      )
    : null;

const candidatesMap = (order, level) => {
  const ranked = order.filter((d) => score(d).rank);
  const colours = ramp(Math.max(2, ranked.length), SEQUENTIAL.slice(1)).reverse();
  const fill = (d) => {
    if (!score(d).rank) return d.vetoed ? "url(#hatch)" : "#fff";
    return sizeOf(d, level) ? LEVEL_COLOUR : colours[Math.min(score(d).rank, colours.length) - 1];
  };
  const ink = (d) =>
    score(d).rank && !sizeOf(d, level) && score(d).rank <= colours.length * 0.55 ? "#fff" : "#1d252c";
  const standing = standingIn(level);
  const map = printMap({
    box: regionBox(),
    label: t("report.map.candidates"),
    avoid: order.map((d) => d.at),
    over: (px) => [
      order.map((d) =>
        districtShape(d, px, { fill: fill(d), "fill-opacity": 0.75, stroke: d === store.hub ? "#c2185b" : "#2a3640" }),
      ),
      order.map((d) => mapBadge(d.at, px, standing(d).sign, score(d).rank ? fill(d) : "#fff", ink(d))),
    ],
  });
  const key = makeStrip(
    t("legend.rank", { method: t("method.weighted_sum") }),
    colours.slice(0, ranked.length).map((colour, at) => (at < level.length ? LEVEL_COLOUR : colour)),
    ranked.map((_, at) => (ranked.length <= 12 || at % 5 === 0 ? String(at + 1) : "")),
    order.some((d) => d.vetoed) ? [{ hatch: true, label: t("vetoed") }] : [],
  );
  return mapFigure(
    t("report.map.candidates"),
    map,
    key.concat(baseKey()),
    credits("boundary", "zones", "streets", "land"),
  );
};

// That the district of the report is excluded, and why; and where every candidate is, that too.
export const excludedNote = () => {
  if (!store.hub.vetoed) return null;
  const named = (id) => localised(page.config.vetoes.find((veto) => veto.id === id)?.label ?? id);
  const grounds = store.hub.vetoes
    .filter((veto) => veto.vetoed)
    .map((veto) => `${named(veto.id)} (${localised(veto.found)})`);
  return h(
    "p",
    { class: "note strong excluded", role: "alert" },
    h("b", {}, t("report.excluded")),
    " ",
    bdi(`${t("report.excluded.why")}: ${grounds.join("; ") || t("missing")}.`),
    page.config.districts.every((district) => district.vetoed) ? ` ${t("report.excluded.all")}` : null,
  );
};

// What each criterion adds to a candidate's score, in the order of the criteria.
const shares = (district) => {
  const weights = page.config.criteria.map((criterion) => criterion.weight);
  const total = district.utilities.reduce((sum, utility, j) => sum + (utility === null ? 0 : weights[j]), 0);
  return district.utilities.map((utility, j) => (utility === null || !total ? 0 : (weights[j] / total) * utility));
};

const stacked = (order) => {
  const { pillars, criteria } = page.config;
  return [
    h(
      "div",
      { class: "stack", role: "img", "aria-label": t("report.contributions") },
      order.map((district) => {
        const parts = shares(district);
        return h(
          "div",
          { class: "row" },
          h("span", { class: "who" }, bdi(district.name)),
          h(
            "span",
            { class: "lane" },
            pillars.map((pillar) => {
              const sum = criteria.reduce(
                (total, criterion, j) => total + (criterion.pillar === pillar ? parts[j] : 0),
                0,
              );
              return h("i", { style: { width: `${sum * 100}%`, background: PILLAR_COLOURS[pillar] } });
            }),
          ),
          h("span", { class: "figure" }, scoreFact(district)),
        );
      }),
    ),
    h(
      "p",
      { class: "keys" },
      pillars.map((pillar) =>
        h("span", {}, h("i", { style: { background: PILLAR_COLOURS[pillar] } }), t(`pillar.${pillar}`)),
      ),
    ),
  ];
};

// The pipeline's sentences: on the hub itself, and on it against the three that come nearest; then how sure its rank is.
const reasons = (order) => {
  const others = order.filter((d) => d !== store.hub && score(d).rank).slice(0, 3);
  const told = [
    store.hub.id,
    ...others.map((other) =>
      page.config.reasons[`${store.hub.id}>${other.id}`]
        ? `${store.hub.id}>${other.id}`
        : `${other.id}>${store.hub.id}`,
    ),
  ];
  const found = page.config.robust[store.hub.id];
  const ranked = Object.keys(page.config.robust).length;
  const label = (id) => localised(page.config.criteria.find((criterion) => criterion.id === id).label);
  const rival = (id) => localised(page.config.districts.find((district) => district.id === id).name);
  return h(
    "ul",
    {},
    told.filter((key) => page.config.reasons[key]).map((key) => h("li", {}, bdi(reasonOf(key).text))),
    found && ranked === 1
      ? h("li", {}, t("robust.alone"))
      : found
        ? [
            h(
              "li",
              {},
              found.best === found.worst
                ? t("robust.fixed")
                : t("robust.interval", { best: found.best, worst: found.worst }),
            ),
            found.settling ? h("li", {}, t("robust.settling", { criterion: label(found.settling) })) : null,
            h(
              "li",
              {},
              found.least.criterion
                ? bdi(
                    t("robust.least", {
                      criterion: label(found.least.criterion),
                      from: formatPercent(found.least.from),
                      to: formatPercent(found.least.to),
                      rival: rival(found.least.rival),
                    }),
                  )
                : t("robust.never"),
            ),
          ]
        : null,
  );
};

// What a value leaves out or how it was made, but for the estimates that section 9 lists for all.
const remarkOf = (datum) => {
  const listed = new Set((page.config.sources.estimates ?? []).map((item) => localised(item.note)));
  const own = (datum.note ?? []).map(localised).filter((text) => !listed.has(text));
  return [localised(datum.source), ...own].filter(Boolean).join(" · ");
};

const values = (criteria) =>
  makeTable(
    [
      t("criterion"),
      { text: t("report.value"), class: "number" },
      { text: t("utility"), class: "number" },
      { text: t("weight"), class: "number" },
      t("report.basis"),
    ],
    page.config.pillars.flatMap((pillar) => [
      [{ text: t(`pillar.${pillar}`), head: true, class: "pillar", span: 5 }],
      ...criteria
        .map((criterion, j) => ({ criterion, j }))
        .filter(({ criterion }) => criterion.pillar === pillar)
        .map(({ criterion, j }) => {
          const datum = store.hub.values[j];
          const lacking = datum.value === null;
          return [
            { text: bdi(criterion.label), head: true },
            {
              text: lacking ? h("em", {}, t("missing")) : fact(`candidate/${store.hub.id}/value/${criterion.id}`),
              class: "number",
            },
            { text: lacking ? "–" : formatFixed(store.hub.utilities[j], 2), class: "number" },
            { text: fact(`criterion/${criterion.id}/weight`), class: "number" },
            { text: bdi(lacking ? datum.missing : remarkOf(datum)), class: "small" },
          ];
        }),
    ]),
  );

const vetoes = (order) => {
  const found = order.flatMap((district) =>
    district.vetoes.filter((veto) => veto.vetoed !== false).map((veto) => ({ district, veto })),
  );
  if (!found.length) return null;
  const named = (id) => page.config.vetoes.find((veto) => veto.id === id)?.label ?? id;
  return [
    h("h3", {}, t("report.vetoes")),
    makeTable(
      [t("report.candidate"), t("report.veto"), t("report.outcome"), t("report.found")],
      found.map(({ district, veto }) => [
        { text: bdi(district.name), head: true },
        bdi(named(veto.id)),
        t(veto.vetoed ? "vetoed" : "outcome.unknown"),
        bdi(veto.found),
      ]),
    ),
  ];
};
