// The bar between two scenarios.

import { h } from "../lib/dom.js";
import { keepState, page } from "../lib/page.js";
import { cutMarks } from "./plan.js";
import { store } from "./store.js";

export const drawSwipe = () => {
  const bar = h("div", { class: "swipe", hidden: true });
  const place = (percent) => {
    store.split = percent / 100;
    bar.style.left = `${percent}%`;
  };
  const kept = Number(page.state.bar);
  place(page.state.bar && kept >= 0 && kept <= 100 ? kept : 50);
  const slider = h("input", {
    type: "range",
    min: 0,
    max: 100,
    step: 0.5,
    value: store.split * 100,
    class: "swipe-input",
    hidden: true,
    oninput: (event) => {
      place(Number(event.target.value));
      store.layer.paint();
      cutMarks();
    },
    // Once the hand rests, as with the month.
    onchange: (event) => keepState({ bar: event.target.value }),
  });
  const names = h("div", { class: "swipe-names", hidden: true });
  document.getElementById("stage").append(bar, slider, names);
  store.swipe = { bar, slider, names };
};
