// The month shown: slider, playing, keys.

import { h, replaceParts } from "../lib/dom.js";
import { keepState, page } from "../lib/page.js";
import { t } from "../lib/texts.js";
import { moveCursor } from "./chart.js";
import { hover } from "./hover.js";
import { drawOpenings } from "./plan.js";
import { D, asOf, planOf } from "./store.js";

export const drawFoot = () => {
  const foot = document.getElementById("foot");
  D.play = h("button", { type: "button", class: "play", onclick: () => (D.playing ? pause() : play()) });
  D.slider = h("input", {
    type: "range",
    id: "month",
    min: 0,
    max: page.config.months,
    step: 1,
    value: D.month,
    oninput: (event) => at(Number(event.target.value)),
  });
  D.label = h("output", { for: "month", class: "month" });
  D.ticks = h("div", { class: "ticks", "aria-hidden": "true" });
  D.hint = h("span", { class: "note" });
  foot.append(
    h("div", { id: "hover", class: "hover", "aria-live": "off" }),
    h("div", { class: "time" }, D.play, D.label, h("div", { class: "track-of-time" }, D.slider, D.ticks)),
  );
};

export const labelFoot = () => {
  const { months } = page.config;
  const [year] = page.config.start.split("-").map(Number);
  D.slider.setAttribute("aria-label", t("month"));
  D.slider.title = t("month.hint");
  const marks = new Set();
  const lines = planOf()
    .map((opening) => opening.month)
    .filter((month) => !marks.has(month) && marks.add(month))
    .map((month) => h("i", { style: { left: `${(month / months) * 100}%` } }));
  const years = Array.from({ length: Math.floor(months / 12) + 1 }, (_, k) =>
    h("span", { style: { left: `${((k * 12) / months) * 100}%` } }, String(year + k)),
  );
  replaceParts(D.ticks, lines, years);
  labelPlay();
  hover(null);
};

const labelPlay = () => {
  D.play.textContent = D.playing ? "❚❚" : "▶";
  const label = t(D.playing ? "pause" : "play");
  D.play.setAttribute("aria-label", label);
  D.play.title = `${label} (${t("month.hint")})`;
};

export const at = (month) => {
  D.month = Math.min(page.config.months, Math.max(0, month));
  show();
};

export const show = () => {
  D.slider.value = D.month;
  D.slider.setAttribute("aria-valuetext", asOf(D.month));
  D.label.textContent = asOf(D.month);
  D.layer.paint();
  drawOpenings();
  moveCursor();
  clearTimeout(D.keeping);
  // The address follows once the hand rests: browsers refuse to be told every frame.
  D.keeping = setTimeout(() => keepState({ month: D.month }), 300);
};

const play = () => {
  if (D.month >= page.config.months) D.month = 0;
  let before = performance.now();
  const step = (now) => {
    if (!D.playing) return;
    // Ten months a second, whatever the screen's rate.
    if (now - before >= 100) {
      before = now;
      at(D.month + 1);
      if (D.month >= page.config.months) return pause();
    }
    D.playing = requestAnimationFrame(step);
  };
  D.playing = requestAnimationFrame(step);
  labelPlay();
};

const pause = () => {
  cancelAnimationFrame(D.playing);
  D.playing = null;
  labelPlay();
};

export const keys = (event) => {
  const busy = event.target.closest("select, button, dialog, summary, input:not(#month)");
  if (event.key === " " && !busy) D.playing ? pause() : play();
  else if (
    ["ArrowLeft", "ArrowRight"].includes(event.key) &&
    !event.target.closest("select, dialog, input:not(#month), .leaflet-container")
  ) {
    at(D.month + (event.key === "ArrowRight" ? 1 : -1) * (event.shiftKey ? 12 : 1));
  } else return;
  event.preventDefault();
};
