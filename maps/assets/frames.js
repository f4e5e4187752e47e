// Packed frames (maps/frames.py): decoded once per scenario and service, then a month is a slice of bytes.
"use strict";

// The share each byte stands for.
G.SHARE = Float32Array.from({ length: 256 }, (_, code) => (code / 255) ** 2);

// bytes: each cell's changes from time to time, cell after cell. Returns one Uint8Array per time.
G.decodeFrames = (bytes, times) => {
  const cells = bytes.length / times;
  const all = new Uint8Array(bytes.length);
  for (let cell = 0, at = 0; cell < cells; cell++) {
    let code = 0;
    for (let time = 0; time < times; time++) {
      code = (code + bytes[at++]) & 255;
      all[time * cells + cell] = code;
    }
  }
  return Array.from({ length: times }, (_, time) => all.subarray(time * cells, (time + 1) * cells));
};

const DECODED = new Map();

const once = (key, make) => {
  if (!DECODED.has(key)) DECODED.set(key, make());
  return DECODED.get(key);
};

// Frames by month (mean field), promised.
G.monthly = (scenario, service) =>
  once(`frames-${scenario}-${service}`, async () => G.decodeFrames(await G.blob(`frames-${scenario}-${service}`), G.config.months + 1));

// Frames by quantile and year: [quantile][year].
G.yearly = (scenario, service) =>
  once(`bands-${scenario}-${service}`, async () => {
    const years = G.config.months / 12 + 1;
    const frames = G.decodeFrames(await G.blob(`bands-${scenario}-${service}`), years * G.config.quantiles.length);
    return G.config.quantiles.map((_, q) => frames.slice(q * years, (q + 1) * years));
  });

G.potential = (service) => once(`potential-${service}`, async () => Float32Array.from(G.varints(await G.blob(`potential-${service}`))));

// Whole adopters by zone and month: [zone][month]; the last zone is the cells that lie in none.
G.byZone = (scenario, service) =>
  once(`zones-${scenario}-${service}`, async () => {
    const steps = G.varints(await G.blob(`zones-${scenario}-${service}`));
    const months = G.config.months + 1;
    return Array.from({ length: steps.length / months }, (_, zone) => G.cumulated(steps.subarray(zone * months, (zone + 1) * months)));
  });
