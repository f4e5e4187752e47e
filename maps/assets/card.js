// The card of one candidate: why it stands where it stands. Two side by side are in pair.js.
"use strict";

G.drawCard = () => {
  const i = C.selected;
  const district = G.config.districts[i];
  const other = secondOf(i);
  const others = order().filter((k) => k !== i);
  const picker = G.picker("with", G.t("with"), [["", G.t("with.none")], ...others.map((k) => [G.config.districts[k].id, `${standing(k).sign} · ${short(G.config.districts[k].name)}`])],
    other >= 0 ? G.config.districts[other].id : "", (value) => {
      G.keep({ with: value });
      G.drawCard();
      paintDistricts();
    });
  document.body.classList.toggle("paired", other >= 0);
  G.replace(document.getElementById("card"), other >= 0
    ? [picker, C.sum[i].rank || C.sum[other].rank ? G.drawPicker() : null, G.pair(i, other)]
    : [G.cardHead(i), G.h("div", { id: "sure" }, G.robustness(i)), picker,
      contributions(district, G.raised(district.utilities, weights())),
      G.h("h3", {}, G.t("proposal")), proposal(district)]);
};

// Who it is, where it stands, how much is known and what excludes it.
G.cardHead = (i) => {
  const district = G.config.districts[i];
  const { score, low, high } = C.results[i];
  const wide = high - low > 5e-4;
  return [
    G.h("h2", { title: G.both(district.name) }, G.name(district.name)),
    G.h("p", { class: "note" }, `${G.t(`kind.${district.kind}`)} · ${G.quantity(district.area_m2, "m2")} · `, G.name(district.id)),
    C.level.includes(i) && [G.h("p", { class: "note strong known" }, G.known(district.utilities, weights())),
      G.h("p", { class: "note strong level" }, G.t("level.with", { names: G.levelNames(G.levelOthers(C.level, i)) }))],
    G.h("dl", { class: "headline" },
      G.h("div", {}, G.h("dt", {}, G.t("rank")), G.h("dd", {}, standing(i).label)),
      G.h("div", {}, G.h("dt", {}, `${G.t("score")} (${G.t(`method.${method()}`)})`), G.h("dd", {}, G.fixed(score, 3))),
      G.h("div", {}, G.h("dt", {}, G.t("interval")), G.h("dd", {}, wide ? `${G.fixed(low, 3)}–${G.fixed(high, 3)}` : score === null ? "–" : G.t("interval.none")))),
    !C.level.includes(i) && G.h("p", { class: "note known" }, G.known(district.utilities, weights())),
    vetoFindings(district),
  ];
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
    datum.note ? [G.t("estimate"), G.said(G.remark(datum.note))] : null,
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

// What the proposal says, as [label, value] pairs.
const proposalOf = (district) => {
  const { land_price_krw_m2: price, public_land_share: open, private_share: funds, operator_secured: operator, control_centre: centre } = district.fields;
  const said = (value, text) => (value === null ? G.h("em", {}, G.t("unsaid")) : text());
  const yes = (value) => said(value, () => G.t(value ? "yes" : "no"));
  return [
    [G.t("field.land_price"), said(price, () => `${G.number(price)} ${G.unit("KRW/m2")}`)],
    [G.t("field.public_land"), said(open, () => G.percent(open))],
    [G.t("field.private"), said(funds, () => G.percent(funds))],
    [G.t("field.operator"), yes(operator)],
    [G.t("field.centre"), yes(centre)],
  ];
};

const proposal = (district) => G.h("dl", { class: "facts" }, proposalOf(district).map(([label, value]) => [G.h("dt", {}, label), G.h("dd", {}, value)]));
