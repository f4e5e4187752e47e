// Which candidates cannot be told apart from the first: the same rule as decisions/ranking/groups.py, so that it follows
// the weights set in the page.
"use strict";

const LEVEL_TIE = 1e-9; // as TIE of decisions/ranking/aggregate.py

// Pale, as none of them is the best.
G.LEVEL = "#e4ecd0";

// Their places in ``results`` ({rank, low, high} by candidate), best first; none where the first stands alone.
G.levelWithFirst = (results, utilities, weights) => {
  const ranked = results.map((_, i) => i).filter((i) => results[i].rank).sort((i, k) => results[i].rank - results[k].rank);
  const floor = Math.min(...ranked.filter((i) => results[i].rank === 1).map((i) => results[i].low));
  const last = Math.max(...ranked.filter((i) => results[i].high >= floor - LEVEL_TIE).map((i) => results[i].rank));
  const group = ranked.filter((i) => results[i].rank <= last);
  const known = Math.min(...group.map((i) => G.knownOf(utilities[i], weights).part));
  return group.length < 2 || known >= G.config.knownEnough ? [] : group;
};

G.levelOthers = (group, i) => group.filter((k) => k !== i);

// As many names as a line takes, and how many more there are.
G.levelNames = (group, most = 6) => {
  const names = group.slice(0, most).map((i) => `‘${G.cut(G.config.districts[i].name, 40)}’`);
  return [...names, ...(group.length > most ? [G.t("level.more", { n: group.length - most })] : [])].join(", ");
};

// What share of the weight the order rests on, and who is not told apart, above a ranking.
G.levelNote = (group, weights) => {
  if (!group.length) return null;
  const known = group.map((i) => G.knownOf(G.config.districts[i].utilities, weights)).sort((one, other) => one.part - other.part);
  const [least, most] = [known[0].share, known.at(-1).share];
  return G.h("p", { class: "note strong level" }, G.h("b", {}, G.t("level.known", { share: least === most ? least : `${least}–${most}` })), " ",
    G.t("level.note", { n: group.length, names: G.levelNames(group) }));
};
