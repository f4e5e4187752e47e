// What the scenarios of a page are called where one is chosen.

import { page } from "../lib/page.js";
import { localised, t } from "../lib/texts.js";

// Whether the page shows a plan of the city's own, so that plans are chosen and not hubs alone.
export const anyOwn = () => page.config.scenarios.some((scenario) => scenario.own);

// A plan of the city's own by its title; the template by its hub, said to be one where it stands beside others.
export const planName = (scenario) => {
  const name = localised(scenario.name);
  return anyOwn() && !scenario.own ? t("scenario.template", { name }) : name;
};
