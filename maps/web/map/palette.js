// Colours of maps and charts, and how the backdrop is drawn; the same on every page.

export const STYLE = {
  water: { fill: "#c9dde8" },
  green: { fill: "#dfe9d8" },
  industrial: { fill: "#e6e3ea" },
  boundary: { line: "#5b6670", width: 1.6 },
  rail: { line: "#8a8f98", width: 1.1, dash: [5, 3] },
  street_minor: { line: "#c3c7cb", width: 0.7, fromZoom: 12.5 },
  street_major: { line: "#a9afb5", width: 1.5 },
};

// Light to dark in even steps of lightness, so that it reads in print and for colour-blind eyes; the diverging set is
// blue to orange about a near-white middle.
export const SEQUENTIAL = [
  "#eef3d2",
  "#cfe4b8",
  "#a3d1b0",
  "#72b9b1",
  "#479db0",
  "#2c7fa8",
  "#255f98",
  "#253f7d",
  "#201f55",
];

export const DIVERGING = [
  "#1f4e8c",
  "#4f7fb8",
  "#8fb0d6",
  "#cbdaea",
  "#f1f0ec",
  "#f6d7b4",
  "#eaa968",
  "#cc7526",
  "#8f4708",
];

export const SERIES = ["#1b4f8f", "#c2620c", "#4a7f3a", "#8b3d7c"];

// ``count`` colours spread over the sequential set.
export const ramp = (count, set = SEQUENTIAL) =>
  Array.from({ length: count }, (_, i) => set[Math.round((i * (set.length - 1)) / Math.max(1, count - 1))]);

export const rgba = (hex, alpha = 215) => {
  const value = parseInt(hex.slice(1), 16);
  return ((alpha << 24) | ((value & 255) << 16) | (((value >> 8) & 255) << 8) | (value >> 16)) >>> 0;
};

// Index of the class a value falls in: the number of breaks at or below it.
export const classOf = (value, breaks) => {
  let at = 0;
  while (at < breaks.length && value >= breaks[at]) at++;
  return at;
};
