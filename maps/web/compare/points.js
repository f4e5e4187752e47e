// The call's table of points beside the profile: its items, what of ours stands for each, and the team's own points.

import { bdi, h, replaceParts } from "../lib/dom.js";
import { keepState, page } from "../lib/page.js";
import { localised, t } from "../lib/texts.js";
import { WHOLE, narrowPointsTable, pointsSum } from "../ui/points.js";
import { weights } from "./store.js";

// The team's own points: those of the address where they are as many as the items, else those of the region file.
const ownPoints = () => {
  const kept = (page.state.p ?? "").split("_");
  const told = page.config.points.map(({ own }) => own);
  if (kept.length !== told.length || !page.state.p) return told;
  return kept.map((text) => (text === "" || !(Number(text) >= 0) ? null : Number(text)));
};

export const drawPoints = () => {
  const section = document.getElementById("points");
  section.hidden = !page.config.points.length;
  if (section.hidden) return;
  const open = section.querySelector("details")?.open ?? Boolean(page.state.p);
  const own = ownPoints();
  replaceParts(
    section,
    h(
      "details",
      { open, class: "points" },
      h("summary", {}, h("h2", {}, t("points"))),
      h("p", { class: "note" }, t("points.note", { whole: WHOLE })),
      narrowPointsTable(
        weights(),
        own.map((value, at) => ownInput(own, value, at)),
      ),
      h("p", { class: "note strong", id: "points-sum", "aria-live": "polite" }, pointsSum(own)),
    ),
  );
};

const ownInput = (own, value, at) =>
  h("input", {
    type: "number",
    min: 0,
    max: WHOLE,
    step: 0.5,
    value: value ?? "",
    "aria-label": `${t("points.own")}: ${localised(page.config.points[at].item)}`,
    oninput: (event) => {
      own[at] = event.target.value === "" ? null : Math.max(0, Number(event.target.value));
      keepState({ p: own.map((points) => points ?? "").join("_") });
      replaceParts(document.getElementById("points-sum"), bdi(pointsSum(own)));
    },
  });
