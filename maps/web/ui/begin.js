// What every page does first: read its data, or say that the browser is too old.

import { readJson } from "../lib/data.js";
import { h } from "../lib/dom.js";
import { page, readState } from "../lib/page.js";
import { localised, t } from "../lib/texts.js";

// Whether the page can be opened: its data are read; a browser too old is told so in ``place``.
export const begin = (place) => {
  page.config = readJson("config");
  page.texts = readJson("texts");
  Object.assign(page, readJson("remarks"));
  readState();
  document.documentElement.lang = page.language;
  if (typeof DecompressionStream !== "undefined") return true;
  document.getElementById(place).replaceChildren(h("p", { class: "note strong" }, t("old.browser")));
  return false;
};

// Hands the page's parts to whoever asked for them before it started: a test, or somebody at the console.
export const showParts = (store, tools) =>
  document.dispatchEvent(
    new CustomEvent("geojeom:parts", {
      detail: { page, store, tools: { h, both: localised, ...tools } },
    }),
  );
