// A chart of values over the months: median as a line, P10 to P90 as a band, one colour per line.

import { nice, ticks } from "d3-array";
import { h } from "../lib/dom.js";
import { formatNumber } from "../lib/format.js";
import { page } from "../lib/page.js";
import { t } from "../lib/texts.js";
import { SERIES } from "../map/palette.js";

export const CHART = { width: 344, height: 118, left: 46, right: 8, top: 8, bottom: 18 };

// The end of an axis from 0 that holds ``most``, and its marks: about three, at round numbers.
export const axisFor = (most) => {
  const end = nice(0, Math.max(most, 2), 2)[1];
  return { end, marks: ticks(0, end, 2) };
};

const compact = (value) => {
  if (page.language === "ko" && value >= 10000) return `${formatNumber(value / 10000, 1)}만`;
  return value >= 1000 && page.language !== "ko" ? `${formatNumber(value / 1000, 1)}k` : formatNumber(value);
};

// P10 to P90 over the worlds, in the figures that ``say`` makes of them; a dash where the worlds are too few for a range.
// No number above (null) is one beyond the horizon.
export const rangeText = (low, high, say = formatNumber) =>
  page.config.ranged ? `${say(low)}–${high === null ? "…" : say(high)}` : "–";

// What a chart's line and band are.
export const bandNote = () =>
  t(page.config.ranged ? "chart.band" : "chart.few", { n: page.config.worlds, least: page.config.worldsOfARange });

// lines: {low, mid, high} by month; low and high null where the worlds are too few for a range.
export const bandChart = (lines, label, attributes = {}) => {
  const { width, height, left, right, top, bottom } = CHART;
  const { months } = page.config;
  const { end, marks } = axisFor(Math.max(...lines.map((line) => Math.max(...(line.high ?? line.mid)))));
  const x = (month) => left + (month / months) * (width - left - right);
  const y = (value) => height - bottom - (value / end) * (height - top - bottom);
  const path = (values) =>
    values.map((value, month) => `${month ? "L" : "M"}${x(month).toFixed(1)} ${y(value).toFixed(1)}`).join("");
  const [year] = page.config.start.split("-").map(Number);
  const every = months / 12 > 12 ? 5 : 2;
  return h(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, class: "chart", role: "img", "aria-label": label, ...attributes },
    marks.map((value) => [
      h("line", { x1: left, x2: width - right, y1: y(value), y2: y(value), class: "grid" }),
      h("text", { x: left - 5, y: y(value) + 3.5, "text-anchor": "end" }, compact(value)),
    ]),
    Array.from({ length: Math.floor(months / 12 / every) + 1 }, (_, k) => k * every).map((k) =>
      h("text", { x: x(k * 12), y: height - 5, "text-anchor": k * 12 >= months ? "end" : "middle" }, String(year + k)),
    ),
    lines.map((line, which) => [
      line.high &&
        h("path", {
          d: `${path(line.high)}L${[...line.low]
            .map((v, m) => [v, m])
            .reverse()
            .map(([v, m]) => `${x(m).toFixed(1)} ${y(v).toFixed(1)}`)
            .join("L")}Z`,
          fill: SERIES[which],
          "fill-opacity": 0.18,
        }),
      h("path", { d: path(line.mid), fill: "none", stroke: SERIES[which], "stroke-width": 1.8 }),
    ]),
    h("line", { class: "cursor", y1: top, y2: height - bottom }),
  );
};
