// Packed frames (maps/frames.py): decoded once per scenario and service, then a month is a slice of bytes.

import { cumulated, decodeFrames, varints } from "../lib/codec.js";
import { readBlob } from "../lib/data.js";
import { page } from "../lib/page.js";

const DECODED = new Map();

const once = (key, make) => {
  if (!DECODED.has(key)) DECODED.set(key, make());
  return DECODED.get(key);
};

// Frames by month (mean field), promised.
export const monthlyFrames = (scenario, service) =>
  once(`frames-${scenario}-${service}`, async () =>
    decodeFrames(await readBlob(`frames-${scenario}-${service}`), page.config.months + 1),
  );

// Frames by quantile and year: [quantile][year].
export const yearlyFrames = (scenario, service) =>
  once(`bands-${scenario}-${service}`, async () => {
    const years = page.config.months / 12 + 1;
    const frames = decodeFrames(await readBlob(`bands-${scenario}-${service}`), years * page.config.quantiles.length);
    return page.config.quantiles.map((_, q) => frames.slice(q * years, (q + 1) * years));
  });

export const potentialOf = (service) =>
  once(`potential-${service}`, async () => Float32Array.from(varints(await readBlob(`potential-${service}`))));

// What stands in the page of a scenario beside the others (maps/beside.py).
export const yearlyFigures = (scenario) =>
  once(`beside-${scenario}`, async () => JSON.parse(new TextDecoder().decode(await readBlob(`beside-${scenario}`))));

// Whole adopters by zone and month: [zone][month]; the last zone is the cells that lie in none.
export const zoneSeries = (scenario, service) =>
  once(`zones-${scenario}-${service}`, async () => {
    const steps = varints(await readBlob(`zones-${scenario}-${service}`));
    const months = page.config.months + 1;
    return Array.from({ length: steps.length / months }, (_, zone) =>
      cumulated(steps.subarray(zone * months, (zone + 1) * months)),
    );
  });
