// What is said of the cell under the pointer.

import { SHARE_OF_CODE } from "../lib/codec.js";
import { bdi, h, replaceParts } from "../lib/dom.js";
import { formatNumber, formatPercent } from "../lib/format.js";
import { page } from "../lib/page.js";
import { t } from "../lib/texts.js";
import { cellUnder } from "../map/cells.js";
import { scene } from "../map/scene.js";
import { rangeText } from "../ui/bands.js";
import { zoneWord } from "../ui/sources.js";
import { clipped, frameOf, person, store } from "./store.js";

export const hover = (latlng) => {
  const box = document.getElementById("hover");
  box.classList.toggle("two", store.scenarios.length > 1);
  const row = latlng ? cellUnder(latlng) : -1;
  const cell = row >= 0 ? store.ofGrid[row] : -1;
  if (row < 0) return replaceParts(box, h("span", { class: "note" }, t("hover.none")));
  const zone = page.config.zones[scene.cells.zone[row]];
  const facts = [
    [t("hover.cell"), store.codes[row]],
    [zoneWord(), zone ? bdi(clipped(zone.name)) : t("zones.none")],
  ];
  if (cell < 0 || !store.potential[cell]) facts.push(["", t("hover.outside")]);
  else {
    const people = store.potential[cell];
    facts.push([t("hover.potential"), `${formatNumber(people)}${person()}`]);
    store.scenarios.forEach((k, which) => {
      const share = SHARE_OF_CODE[frameOf(which)[cell]];
      const prefix = store.scenarios.length > 1 ? `${clipped(page.config.scenarios[k].name, 16)} · ` : "";
      const bands = store.yearly[which].map(
        (years) => SHARE_OF_CODE[years[Math.floor(store.month / 12)][cell]] * people,
      );
      facts.push([
        `${prefix}${t("hover.adopters")}`,
        `${formatNumber(share * people, 1)}${person()} (${formatPercent(share)})`,
      ]);
      const range = rangeText(bands[0], bands.at(-1), (value) => formatNumber(value, 1));
      facts.push([`${t("hover.band")}`, page.config.ranged ? `${range}${person()}` : range]);
    });
    if (store.inside[store.scenario][cell]) facts.push(["", t("hover.inside")]);
  }
  replaceParts(
    box,
    h(
      "dl",
      {},
      facts.map(([name, value]) => h("div", {}, name ? h("dt", {}, name) : null, h("dd", {}, value))),
    ),
  );
};
