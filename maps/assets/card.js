// The card of one candidate: why it stands where it stands; and, beside another, where the two differ.
"use strict";

G.drawCard = () => {
  const section = document.getElementById("card");
  const i = C.selected;
  const district = G.config.districts[i];
  const { score, low, high } = C.results[i];
  const wide = high - low > 5e-4;
  const others = order().filter((k) => k !== i);
  const other = G.config.districts.findIndex((candidate) => candidate.id === G.state.with && candidate.id !== district.id);
  G.replace(section,
    G.h("h2", {}, G.name(district.name)),
    G.h("p", { class: "note" }, `${G.t(`kind.${district.kind}`)} · ${G.quantity(district.area_m2, "m2")} · `, G.name(district.id)),
    G.h("dl", { class: "headline" },
      G.h("div", {}, G.h("dt", {}, G.t("rank")), G.h("dd", {}, standing(i).label)),
      G.h("div", {}, G.h("dt", {}, `${G.t("score")} (${G.t(`method.${method()}`)})`), G.h("dd", {}, G.fixed(score, 3))),
      G.h("div", {}, G.h("dt", {}, G.t("interval")), G.h("dd", {}, wide ? `${G.fixed(low, 3)}–${G.fixed(high, 3)}` : score === null ? "–" : G.t("interval.none")))),
    G.h("p", { class: "note known" }, G.known(district.utilities, weights())),
    vetoFindings(district),
    G.h("div", { id: "sure" }, G.robustness(i)),
    G.picker("with", G.t("with"), [["", G.t("with.none")], ...others.map((k) => [G.config.districts[k].id, `${standing(k).sign} · ${short(G.config.districts[k].name)}`])],
      other >= 0 ? G.config.districts[other].id : "", (value) => {
        G.keep({ with: value });
        G.drawCard();
        paintDistricts();
      }),
    other >= 0 ? difference(i, other) : contributions(district, G.raised(district.utilities, weights())),
    G.h("h3", {}, G.t("proposal")), proposal(district));
};

// What excludes a candidate, and apart from it what nobody could judge for lack of data.
const vetoFindings = (district) =>
  [[true, "vetoes", "vetoes"], [null, "vetoes open", "vetoes.open"]].map(([verdict, kind, title]) => {
    const found = district.vetoes.filter((veto) => veto.vetoed === verdict);
    if (!found.length) return null;
    return G.h("div", { class: kind }, G.h("h3", {}, G.t(title)), G.h("ul", {}, found.map((veto) => {
      const rule = G.config.vetoes.find((known) => known.id === veto.id);
      const area = veto.excluded_m2 ? ` · ${G.t("excluded")} ${G.quantity(veto.excluded_m2, "m2")}` : "";
      return G.h("li", {}, G.h("b", {}, G.name(G.both(rule?.label ?? veto.id))), G.h("small", {}, G.name(`${G.remark(veto.found)}${area}`)),
        rule && verdict ? G.h("small", {}, `${G.t("source")}: `, G.name(G.remark(rule.source))) : null);
    })));
  });

// Per criterion a track as long as its weight, filled as far as its utility reaches: the filled length is what it adds.
const contributions = (district, raised) => {
  const { criteria, pillars } = G.config;
  const base = weights();
  const longest = Math.max(...raised, ...base);
  return [
    G.h("p", { class: "note" }, G.t("contribution.note")),
    pillars.map((pillar) => {
      const mine = criteria.map((c, j) => j).filter((j) => criteria[j].pillar === pillar);
      const sum = mine.reduce((total, j) => total + raised[j] * (district.utilities[j] ?? 0), 0);
      return G.h("div", { class: "pillar" },
        G.h("h3", {}, G.t(`pillar.${pillar}`), G.h("span", { class: "figure" }, `+${G.fixed(sum, 3)}`)),
        mine.map((j) => criterionRow(criteria[j], district.values[j], district.utilities[j], raised[j], base[j], longest)));
    }),
  ];
};

const criterionRow = (criterion, datum, utility, raised, weight, longest) => {
  const lacking = utility === null;
  const track = G.h("span", { class: `track${lacking ? " lacking" : ""}`, "aria-hidden": "true", style: { width: `${((lacking ? weight : raised) / longest) * 100}%` } },
    lacking ? null : G.h("span", { style: { width: `${utility * 100}%` } }));
  const facts = [
    lacking ? null : [G.t("utility"), G.fixed(utility, 3)],
    [G.t("weight"), lacking ? `${G.percent(weight)} (${G.t("weight.shared")})` : G.percent(raised)],
    lacking ? [G.t("missing.effect"), G.both(criterion.missing)] : [G.t("direction"), G.t(`direction.${criterion.direction}`)],
    [G.t("source"), [G.remark(datum.source), datum.vintage].filter(Boolean).join(" · ")],
    datum.note ? [G.t("estimate"), G.remark(datum.note)] : null,
    [G.t("basis"), `${G.remark(criterion.source)} [${criterion.mark}]`],
  ].filter(Boolean);
  return G.h("details", { class: "criterion" },
    G.h("summary", {},
      G.h("span", { class: "label" }, G.name(G.both(criterion.label))),
      G.h("span", { class: "value" }, lacking ? G.h("em", {}, G.t("missing")) : G.quantity(datum.value, criterion.unit)),
      G.h("span", { class: "lane" }, track),
      G.h("span", { class: "figure" }, lacking ? "–" : `+${G.fixed(raised * utility, 3)}`),
      lacking && datum.missing ? G.h("small", { class: "reason" }, G.name(G.said(G.remark(datum.missing)))) : null),
    G.h("dl", {}, facts.map(([name, text]) => [G.h("dt", {}, name), G.h("dd", {}, G.name(text))])));
};

// Differences of contributions, largest first: to the right where the chosen candidate is ahead.
const difference = (i, k) => {
  const { criteria, districts } = G.config;
  const [a, b] = [i, k].map((at) => {
    const raised = G.raised(districts[at].utilities, weights());
    return districts[at].utilities.map((utility, j) => raised[j] * (utility ?? 0));
  });
  const neither = (j) => districts[i].utilities[j] === null && districts[k].utilities[j] === null;
  const blank = criteria.filter((_, j) => neither(j)).length;
  const gaps = a.map((value, j) => ({ j, gap: value - b[j] })).filter(({ j }) => !neither(j)).sort((x, y) => Math.abs(y.gap) - Math.abs(x.gap));
  const widest = Math.max(...gaps.map(({ gap }) => Math.abs(gap)), 1e-9);
  const total = a.reduce((s, v) => s + v, 0) - b.reduce((s, v) => s + v, 0);
  const named = (sign) => gaps.filter(({ gap }) => Math.sign(gap) === sign && Math.abs(gap) > 5e-4).slice(0, 3)
    .map(({ j, gap }) => `${G.both(criteria[j].label)} ${G.signed(gap)}`).join(", ") || G.t("data.none");
  const figure = (at, j) => (districts[at].utilities[j] === null ? G.t("missing") : G.quantity(districts[at].values[j].value, criteria[j].unit));
  const told = reweighed() ? null : G.pairSentence(districts[i], districts[k]);
  return [
    told,
    G.h("p", { class: "note" }, G.t("difference.sum", { gap: G.signed(total) })),
    G.h("p", {}, G.h("b", {}, G.t("difference.ahead")), ` ${named(1)}`, G.h("br"), G.h("b", {}, G.t("difference.behind")), ` ${named(-1)}`),
    G.table([G.t("criterion"), { text: G.name(short(districts[i].name)), class: "number" }, { text: G.name(short(districts[k].name)), class: "number" }, G.t("difference")],
      gaps.map(({ j, gap }) => [
        { text: G.name(G.both(criteria[j].label)), head: true }, { text: figure(i, j), class: "number" }, { text: figure(k, j), class: "number" },
        [G.h("span", { class: "gap-lane", "aria-hidden": "true" }, G.h("span", { class: gap >= 0 ? "ahead" : "behind", style: { [gap >= 0 ? "left" : "right"]: "50%", width: `${(Math.abs(gap) / widest) * 50}%` } })),
          G.h("small", {}, G.signed(gap))],
      ]), { class: "differences" }),
    blank ? G.h("p", { class: "note" }, G.t("difference.neither", { n: blank })) : null,
  ];
};

const proposal = (district) => {
  const { land_price_krw_m2: price, public_land_share: open, private_share: funds, operator_secured: operator, control_centre: centre } = district.fields;
  const unknown = G.h("em", {}, G.t("unsaid"));
  const yes = (value) => (value === null ? unknown : G.t(value ? "yes" : "no"));
  const rows = [
    ["field.land_price", price === null ? unknown : `${G.number(price)} ${G.unit("KRW/m2")}`],
    ["field.public_land", open === null ? unknown : G.percent(open)],
    ["field.private", funds === null ? unknown : G.percent(funds)],
    ["field.operator", yes(operator)],
    ["field.centre", yes(centre)],
  ];
  return G.h("dl", { class: "facts" }, rows.map(([key, value]) => [G.h("dt", {}, G.t(key)), G.h("dd", {}, value)]));
};
