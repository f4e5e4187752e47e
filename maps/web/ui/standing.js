// How candidates stand, in words: rank, group, exclusion, and how much of the weight is known.

import { h } from "../lib/dom.js";
import { formatFixed } from "../lib/format.js";
import { page } from "../lib/page.js";
import { cutName, localised, t } from "../lib/texts.js";
import { knownOf } from "../rank/level.js";

// Pale, as none of them is the best.
export const LEVEL_COLOUR = "#e4ecd0";

// As many names as a line takes, and how many more there are.
export const levelNames = (group, most = 6) => {
  const names = group.slice(0, most).map((i) => `‘${cutName(page.config.districts[i].name, 40)}’`);
  return [...names, ...(group.length > most ? [t("level.more", { n: group.length - most })] : [])].join(", ");
};

// What share of the weight the order rests on, and who is not told apart, above a ranking.
export const levelNote = (group, weights) => {
  if (!group.length) return null;
  const known = group
    .map((i) => knownOf(page.config.districts[i].utilities, weights))
    .sort((one, other) => one.part - other.part);
  const [least, most] = [known[0].share, known.at(-1).share];
  return h(
    "p",
    { class: "note strong level" },
    h("b", {}, t("level.known", { share: least === most ? least : `${least}–${most}` })),
    " ",
    t("level.note", { n: group.length, names: levelNames(group) }),
  );
};

// How a candidate stands: ranked, one of ``level`` that cannot be told apart from the first, excluded by a veto, or
// without a score as nothing that weighs is known of it.
export const standingOf = (rank, vetoed, level = 0) =>
  level
    ? { rank, sign: `1–${level}`, label: t("rank.level", { n: level }), tone: " level" }
    : rank
      ? { rank, sign: String(rank), label: t("rank.n", { n: rank }), tone: "" }
      : vetoed
        ? { rank: null, sign: "×", label: t("vetoed"), tone: " vetoed" }
        : { rank: null, sign: "–", label: t("unranked"), tone: " unranked" };

// Whether the score of a candidate reads as that of one of another rank: they are as good as level.
export const nearTie = (results, i) => {
  const read = ({ score }) => formatFixed(score, 3);
  const own = results[i];
  return (
    Boolean(own.rank) && results.some((other) => other.rank && other.rank !== own.rank && read(other) === read(own))
  );
};

export const knownText = (utilities, weights) => t("known", knownOf(utilities, weights));

// The pipeline's sentence on a candidate or a pair, and what it says is unknown; null where it has none.
export const reasonOf = (key) => {
  const reason = page.config.reasons[key];
  return reason ? { text: localised(reason.text), unknown: localised(reason.unknown) } : null;
};
