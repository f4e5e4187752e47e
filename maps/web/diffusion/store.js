// What the parts of the diffusion page share: scenario, service, month and what was decoded for them.

import { bdi, h } from "../lib/dom.js";
import { page } from "../lib/page.js";
import { asWritten, isolated, t } from "../lib/texts.js";

export const store = { month: 0, playing: null, frame: {}, split: 0.5, hubs: [] };

const ofYear = (at) =>
  page.language === "ko"
    ? at.getUTCMonth() + 1
    : new Intl.DateTimeFormat("en-GB", { month: "short", timeZone: "UTC" }).format(at);

export const monthName = (month) => {
  const [year, first] = page.config.start.split("-").map(Number);
  const at = new Date(Date.UTC(year, first - 1 + month, 1));
  return t("month.text", { year: at.getUTCFullYear(), month: ofYear(at) });
};

// The name of a month, 1 to 12, of any year.
export const monthOfYear = (number) => t("month.alone", { month: ofYear(new Date(Date.UTC(2000, number - 1, 1))) });

// What is reached in month t, counted from 0 at the start, bears the month that ends then; month 0 is the start itself.
export const asOf = (month) => monthName(Math.max(month - 1, 0));

export const frameOf = (which) => {
  if (store.statistic === "mean") return store.monthly[which][store.month];
  return store.yearly[which][page.config.quantiles.map(String).indexOf(store.statistic)][Math.floor(store.month / 12)];
};

// A name cut to so many columns; Korean letters are about twice as wide as others.
export const clipped = (name, most = 36) => {
  const letters = [...asWritten(name)];
  let room = most;
  const end = letters.findIndex((letter) => (room -= /[\u1100-\uffff]/.test(letter) ? 2 : 1) < 0);
  return isolated(end < 0 ? letters.join("") : `${letters.slice(0, end - 1).join("")}…`);
};

export const HUB = ["#c2185b", "#6d4c9f"];

export const person = () => (page.language === "ko" ? "명" : "");

// Openings of a scenario (the first one shown where none is named) and of the service shown.
export const planOf = (scenario = store.scenario) =>
  page.config.openings[scenario].filter((opening) => opening.service === page.config.services[store.service].id);

// Which hub a list is of, where two are shown.
export const heading = (k) =>
  store.scenarios.length > 1 && h("h3", {}, bdi(clipped(page.config.scenarios[k].name, 40)));
