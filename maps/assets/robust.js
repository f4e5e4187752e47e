// How sure the place of a candidate is: ranks under drawn weights, what missing data leave open, and what would turn it.
"use strict";

// Darker where a rank is more often reached; white where never.
const heat = (share) => (share ? `color-mix(in srgb, #1b4f8f ${Math.round(12 + 88 * Math.sqrt(share))}%, #fff)` : "#f2f4f5");

const weighting = () => (G.config.weightings.includes(G.state.draw) ? G.state.draw : "profile");

// One box per rank under the bar of the list.
G.acceptStrip = (id) => {
  const found = G.config.robust[id];
  if (!found) return null;
  const shares = found.acceptability[weighting()];
  return G.h("span", { class: "accept", title: `${G.t("robust.title")} (${G.t(`weighting.${weighting()}`)}): ${shares.map((share, k) => `${G.t("rank.n", { n: k + 1 })} ${G.percent(share, 0)}`).filter((_, k) => shares[k] >= 0.005).join(", ")}` },
    shares.map((share) => G.h("i", { style: { background: heat(share) } })));
};

// The section of the card.
G.robustness = (district) => {
  const found = G.config.robust[district.id];
  if (!found) return null;
  const { criteria, districts } = G.config;
  const label = (id) => G.both(criteria.find((criterion) => criterion.id === id)?.label ?? id);
  if (Object.keys(G.config.robust).length === 1) return [G.h("h3", {}, G.t("robust.title")), G.h("p", { class: "note" }, G.t("robust.alone"))];
  const shares = found.acceptability[weighting()];
  const most = Math.max(...shares);
  const { criterion, from, to, rival } = found.least;
  const rivalName = districts.find((candidate) => candidate.id === rival)?.name ?? rival;
  return [
    G.h("h3", {}, G.t("robust.title")),
    G.picker("draw", G.t("robust.weights"), G.config.weightings.map((name) => [name, G.t(`weighting.${name}`)]), weighting(), (value) => {
      G.keep({ draw: value });
      G.drawRanking();
      G.drawCard();
    }),
    G.h("div", { class: "ranks", role: "img", "aria-label": `${G.t("robust.title")}: ${shares.map((share, k) => `${k + 1} ${G.percent(share, 0)}`).join(", ")}` },
      shares.map((share, k) => G.h("span", {}, G.h("small", {}, share >= 0.005 ? G.percent(share, 0) : ""), G.h("i", { style: { height: `${(share / most) * 34 + (share ? 1 : 0)}px` } }), G.h("b", {}, k + 1 > 12 ? "…" : String(k + 1))))),
    G.h("ul", { class: "sure" },
      G.h("li", {}, found.best === found.worst ? G.t("robust.fixed") : G.t("robust.interval", { best: found.best, worst: found.worst })),
      found.settling ? G.h("li", {}, G.t("robust.settling", { criterion: label(found.settling) })) : null,
      G.h("li", {}, criterion ? G.t("robust.least", { criterion: label(criterion), from: G.percent(from), to: G.percent(to), rival: short(rivalName) }) : G.t("robust.never"))),
    G.h("p", { class: "note" }, G.t("robust.note")),
  ];
};

// What a sentence says is unknown may be long: it opens on demand.
const told = (sentence) => {
  const [said, unknown] = sentence.split(/ (?=값을 모름: |Unknown: )/);
  const [title, ...list] = (unknown ?? "").split(": ");
  return G.h("div", { class: "sentence" }, G.name(said), unknown ? G.h("details", {}, G.h("summary", {}, title), G.name(list.join(": "))) : null);
};

// The pipeline's sentence on a pair, and how often the first is ahead under drawn weights.
G.pairSentence = (a, b) => {
  const sentence = G.config.reasons[`${a.id}>${b.id}`] ?? G.config.reasons[`${b.id}>${a.id}`];
  const winning = G.config.winning[`${a.id}>${b.id}`];
  return [
    sentence ? told(G.both(sentence)) : null,
    winning ? G.h("p", { class: "note" }, G.t("robust.winning", { a: short(a.name), b: short(b.name), shares: G.config.weightings.map((name, k) => `${G.t(`weighting.${name}`)} ${G.percent(winning[k], 0)}`).join(", ") })) : null,
  ];
};
