// Labelled pickers.

import { h } from "../lib/dom.js";

// A labelled picker. choices: [value, label] pairs or {group, choices}.
export const makePicker = (id, label, choices, value, act) => {
  /** @param {string[]} choice */
  const option = ([key, text]) => h("option", { value: key, selected: key === value }, text);
  return h(
    "label",
    { class: "picker", for: id },
    h("span", {}, label),
    h(
      "select",
      { id, onchange: (event) => act(event.target.value) },
      choices.map((entry) =>
        Array.isArray(entry) ? option(entry) : h("optgroup", { label: entry.group }, entry.choices.map(option)),
      ),
    ),
  );
};
