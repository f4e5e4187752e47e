// The month shown: slider, playing, keys.

import { h, replaceParts } from "../lib/dom.js";
import { keepState, page } from "../lib/page.js";
import { t } from "../lib/texts.js";
import { drawBeside } from "./beside.js";
import { moveCursor } from "./chart.js";
import { hover } from "./hover.js";
import { drawOpenings } from "./plan.js";
import { asOf, planOf, store } from "./store.js";

export const drawFoot = () => {
  const foot = document.getElementById("foot");
  store.play = h("button", { type: "button", class: "play", onclick: () => (store.playing ? pause() : play()) });
  store.slider = h("input", {
    type: "range",
    id: "month",
    min: 0,
    max: page.config.months,
    step: 1,
    value: store.month,
    oninput: (event) => at(Number(event.target.value)),
  });
  store.label = h("output", { for: "month", class: "month" });
  store.ticks = h("div", { class: "ticks", "aria-hidden": "true" });
  store.hint = h("span", { class: "note" });
  foot.append(
    h("div", { id: "hover", class: "hover", "aria-live": "off" }),
    h(
      "div",
      { class: "time" },
      store.play,
      store.label,
      h("div", { class: "track-of-time" }, store.slider, store.ticks),
    ),
  );
};

export const labelFoot = () => {
  const { months } = page.config;
  const [year] = page.config.start.split("-").map(Number);
  store.slider.setAttribute("aria-label", t("month"));
  store.slider.title = t("month.hint");
  const marks = new Set();
  const lines = planOf()
    .map((opening) => opening.month)
    .filter((month) => !marks.has(month) && marks.add(month))
    .map((month) => h("i", { style: { left: `${(month / months) * 100}%` } }));
  const years = Array.from({ length: Math.floor(months / 12) + 1 }, (_, k) =>
    h("span", { style: { left: `${((k * 12) / months) * 100}%` } }, String(year + k)),
  );
  replaceParts(store.ticks, lines, years);
  labelPlay();
  hover(null);
};

const labelPlay = () => {
  store.play.textContent = store.playing ? "❚❚" : "▶";
  const label = t(store.playing ? "pause" : "play");
  store.play.setAttribute("aria-label", label);
  store.play.title = `${label} (${t("month.hint")})`;
};

export const at = (month) => {
  store.month = Math.min(page.config.months, Math.max(0, month));
  show();
};

export const show = () => {
  store.slider.value = store.month;
  store.slider.setAttribute("aria-valuetext", asOf(store.month));
  store.label.textContent = asOf(store.month);
  store.layer.paint();
  drawOpenings();
  moveCursor();
  drawBeside();
  clearTimeout(store.keeping);
  // The address follows once the hand rests: browsers refuse to be told every frame.
  store.keeping = setTimeout(() => keepState({ month: store.month }), 300);
};

const play = () => {
  if (store.month >= page.config.months) store.month = 0;
  let before = performance.now();
  const step = (now) => {
    if (!store.playing) return;
    // Ten months a second, whatever the screen's rate.
    if (now - before >= 100) {
      before = now;
      at(store.month + 1);
      if (store.month >= page.config.months) return pause();
    }
    store.playing = requestAnimationFrame(step);
  };
  store.playing = requestAnimationFrame(step);
  labelPlay();
};

const pause = () => {
  cancelAnimationFrame(store.playing);
  store.playing = null;
  labelPlay();
};

export const keys = (event) => {
  const busy = event.target.closest("select, button, dialog, summary, input:not(#month)");
  if (event.key === " " && !busy) store.playing ? pause() : play();
  else if (
    ["ArrowLeft", "ArrowRight"].includes(event.key) &&
    !event.target.closest("select, dialog, input:not(#month), .leaflet-container")
  ) {
    at(store.month + (event.key === "ArrowRight" ? 1 : -1) * (event.shiftKey ? 12 : 1));
  } else return;
  event.preventDefault();
};
