// What both the card and the pair say of a candidate.

import { bdi, h } from "../lib/dom.js";
import { fact } from "../lib/facts.js";
import { formatFixed, formatNumber, formatPercent, formatQuantity, unitLabel } from "../lib/format.js";
import { page } from "../lib/page.js";
import { localised, t } from "../lib/texts.js";
import { levelOthers } from "../rank/level.js";
import { knownText, levelNames, nearTie } from "../ui/standing.js";
import { method, standing, store, weights } from "./store.js";

// Who it is, where it stands, how much is known and what excludes it.
export const cardHead = (i) => {
  const district = page.config.districts[i];
  const { score, low, high } = store.results[i];
  const wide = high - low > 5e-4;
  return [
    h("h2", { title: localised(district.name) }, bdi(district.name)),
    h(
      "p",
      { class: "note" },
      `${t(`kind.${district.kind}`)} · `,
      fact(`candidate/${district.id}/area`),
      " · ",
      bdi(district.id),
    ),
    store.level.includes(i) && [
      h("p", { class: "note strong known" }, knownText(district.utilities, weights())),
      h("p", { class: "note strong level" }, t("level.with", { names: levelNames(levelOthers(store.level, i)) })),
    ],
    h(
      "dl",
      { class: "headline" },
      h(
        "div",
        {},
        h("dt", {}, t("rank")),
        h("dd", {}, standing(i).label, nearTie(store.results, i) && h("small", {}, t("rank.near"))),
      ),
      h("div", {}, h("dt", {}, `${t("score")} (${t(`method.${method()}`)})`), h("dd", {}, formatFixed(score, 3))),
      h(
        "div",
        {},
        h("dt", {}, t("interval")),
        h(
          "dd",
          {},
          wide ? `${formatFixed(low, 3)}–${formatFixed(high, 3)}` : score === null ? "–" : t("interval.none"),
        ),
      ),
    ),
    !store.level.includes(i) && h("p", { class: "note known" }, knownText(district.utilities, weights())),
    vetoFindings(district),
  ];
};

// What excludes a candidate, and apart from it what nobody could judge for lack of data.
const vetoFindings = (district) =>
  [
    { verdict: true, kind: "vetoes", title: "vetoes" },
    { verdict: null, kind: "vetoes open", title: "vetoes.open" },
  ].map(({ verdict, kind, title }) => {
    const found = district.vetoes.filter((veto) => veto.vetoed === verdict);
    if (!found.length) return null;
    return h(
      "div",
      { class: kind },
      h("h3", {}, t(title)),
      h(
        "ul",
        {},
        found.map((veto) => {
          const rule = page.config.vetoes.find((known) => known.id === veto.id);
          const area = veto.excluded_m2 ? ` · ${t("excluded")} ${formatQuantity(veto.excluded_m2, "m2")}` : "";
          return h(
            "li",
            {},
            h("b", {}, bdi(localised(rule?.label ?? veto.id))),
            h("small", {}, bdi(`${localised(veto.found)}${area}`)),
            rule && verdict ? h("small", {}, `${t("source")}: `, bdi(rule.source)) : null,
          );
        }),
      ),
    );
  });

// What the proposal says, as [label, value] pairs.
export const proposalOf = (district) => {
  const {
    land_price_krw_m2: price,
    public_land_share: open,
    private_share: funds,
    operator_secured: operator,
    control_centre: centre,
  } = district.fields;
  const said = (value, text) => (value === null ? h("em", {}, t("unsaid")) : text());
  const yes = (value) => said(value, () => t(value ? "yes" : "no"));
  return [
    [t("field.land_price"), said(price, () => `${formatNumber(price)} ${unitLabel("KRW/m2")}`)],
    [t("field.public_land"), said(open, () => formatPercent(open))],
    [t("field.private"), said(funds, () => formatPercent(funds))],
    [t("field.operator"), yes(operator)],
    [t("field.centre"), yes(centre)],
  ];
};
