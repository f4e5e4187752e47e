// The diffusion: a month of one service over the cells, played or scrubbed, for one scenario or two.
"use strict";

const D = { month: 0, playing: null, frame: {}, split: 0.5, hubs: [] };
const NOBODY_COLOUR = 0;
const POINTS = { share: [0.01, 0.05, 0.15, 0.3], adopters: [1, 5, 20, 60] }; // classes of a difference, either sign

G.open = async (map) => {
  const { scenarios, services, months } = G.config;
  const position = (list, id, otherwise) => {
    const at = list.findIndex((entry) => entry.id === id);
    return at >= 0 ? at : otherwise;
  };
  D.scenario = position(scenarios, G.state.hub, 0);
  if (!services.length) return void openEmpty(map);
  D.second = position(scenarios, G.state.second, scenarios.length > 1 ? (D.scenario === 0 ? 1 : 0) : 0);
  D.service = position(services, G.state.service, 0);
  D.measure = G.state.measure === "adopters" ? "adopters" : "share";
  D.mode = ["swipe", "difference"].includes(G.state.mode) && scenarios.length > 1 ? G.state.mode : "single";
  D.statistic = G.config.quantiles.map(String).includes(G.state.stat) ? G.state.stat : "mean";
  D.month = Math.min(months, Math.max(0, parseInt(G.state.month ?? `${Math.min(60, months)}`, 10) || 0));
  D.cell = G.cumulated(G.varints(await G.blob("cell")));
  D.ofGrid = new Int32Array(G.config.grid.cells).fill(-1);
  D.cell.forEach((row, cell) => (D.ofGrid[row] = cell));
  D.codes = new TextDecoder().decode(await G.blob("codes")).split("\n");
  D.inside = await Promise.all(scenarios.map((_, k) => G.blob(`inside-${k}`)));
  D.colours = [new Uint32Array(G.config.grid.cells), new Uint32Array(G.config.grid.cells)];
  D.layer = G.cellLayer(coloursOf);
  document.getElementById("left").append(...["settings", "openings"].map((id) => G.h("section", { class: "panel", id })));
  document.getElementById("right").append(...["chart", "now", "money"].map((id) => G.h("section", { class: "panel", id })));
  G.headButtons = [["zones.open", G.openZones], ["diffusion.csv", exportSeries]];
  drawSwipe();
  G.layMarks(map);
  await load();
  D.layer.addTo(map);
  drawHubs(map);
  drawFoot();
  map.on("mousemove", (event) => hover(event.latlng));
  map.on("mouseout", () => hover(null));
  document.addEventListener("keydown", keys);
  G.onRender(() => {
    G.cutMarks();
    drawSettings();
    G.drawMoney();
    G.drawChart();
    labelFoot();
    show();
  });
};

G.date = (month) => {
  const [year, first] = G.config.start.split("-").map(Number);
  const at = new Date(Date.UTC(year, first - 1 + month, 1));
  const name = G.language === "ko" ? at.getUTCMonth() + 1 : new Intl.DateTimeFormat("en-GB", { month: "short", timeZone: "UTC" }).format(at);
  return G.t("month.text", { year: at.getUTCFullYear(), month: name });
};

// What is reached in month t, counted from 0 at the start, bears the month that ends then; month 0 is the start itself.
G.asOf = (month) => G.date(Math.max(month - 1, 0));

// Fetches what the choice needs; each scenario and service is decoded once.
const load = async () => {
  D.potential = await G.potential(D.service);
  D.scenarios = D.mode === "single" ? [D.scenario] : [D.scenario, D.second];
  D.monthly = await Promise.all(D.scenarios.map((k) => G.monthly(k, D.service)));
  D.yearly = await Promise.all(D.scenarios.map((k) => G.yearly(k, D.service)));
  D.zones = await Promise.all(D.scenarios.map((k) => G.byZone(k, D.service)));
};

const frameOf = (which) => {
  if (D.statistic === "mean") return D.monthly[which][D.month];
  return D.yearly[which][G.config.quantiles.map(String).indexOf(D.statistic)][Math.floor(D.month / 12)];
};

// ---- colours ------------------------------------------------------------------------------------------------------------

const coloursOf = (frame) => {
  if (D.mode === "difference") {
    const [a, b] = [frameOf(0), frameOf(1)];
    const breaks = POINTS[D.measure];
    const palette = G.DIVERGING.map((hex) => G.rgba(hex));
    D.cell.forEach((row, cell) => {
      const size = D.measure === "share" ? 1 : D.potential[cell];
      const gap = (G.SHARE[a[cell]] - G.SHARE[b[cell]]) * size;
      const step = G.classOf(Math.abs(gap), breaks);
      // Blue where the first is behind, orange where it is ahead; no class where neither has a user.
      D.colours[0][row] = D.potential[cell] && (a[cell] || b[cell]) ? palette[4 + Math.sign(gap) * step] : NOBODY_COLOUR;
    });
    return [D.colours[0]];
  }
  D.scenarios.forEach((_, which) => paintCells(D.colours[which], frameOf(which)));
  return D.mode === "swipe" ? [D.colours[0], D.colours[1], swipeEdge(frame)] : [D.colours[0]];
};

const paintCells = (colours, frame) => {
  const breaks = G.config.breaks[D.measure];
  const palette = G.ramp(breaks.length + 1).map((hex) => G.rgba(hex));
  if (D.measure === "share") {
    const ofCode = Uint32Array.from(G.SHARE, (share, code) => (code ? palette[G.classOf(share, breaks)] : NOBODY_COLOUR));
    for (let cell = 0; cell < frame.length; cell++) colours[D.cell[cell]] = ofCode[frame[cell]];
    return;
  }
  for (let cell = 0; cell < frame.length; cell++) {
    colours[D.cell[cell]] = frame[cell] ? palette[G.classOf(G.SHARE[frame[cell]] * D.potential[cell], breaks)] : NOBODY_COLOUR;
  }
};

const drawLegend = () => {
  const figure = (value) => G.number(D.measure === "share" ? value * 100 : value);
  const hubs = D.scenarios.map((k, which) => ({ line: true, colour: HUB[which], dash: which ? "6 4" : null, label: D.scenarios.length > 1 ? G.name(clipped(G.config.scenarios[k].name)) : G.t("legend.hub") }));
  const differs = D.mode === "difference";
  const steps = POINTS[D.measure].map(figure);
  const strip = differs
    ? G.strip(G.t(`legend.difference.${D.measure}`), G.DIVERGING, [...steps.toReversed().map((step) => `−${step}`), ...steps.map((step) => `+${step}`)], hubs)
    : G.strip(G.t(`legend.${D.measure}`), G.ramp(G.config.breaks[D.measure].length + 1), G.config.breaks[D.measure].map(figure), hubs);
  G.replace(document.getElementById("legend"), strip, G.markKey());
  G.settle();
  const notes = differs ? [G.t("legend.sign", { a: clipped(G.config.scenarios[D.scenario].name) })] : [G.t("legend.zero"), G.t("legend.fixed")];
  G.replace(document.getElementById("reading"), notes.map((note) => G.h("p", { class: "note" }, note)));
};

// A name cut to so many columns; Korean letters are about twice as wide as others.
const clipped = (name, most = 36) => {
  const letters = [...G.asWritten(name)];
  let room = most;
  const end = letters.findIndex((letter) => (room -= /[\u1100-\uffff]/.test(letter) ? 2 : 1) < 0);
  return G.isolated(end < 0 ? letters.join("") : `${letters.slice(0, end - 1).join("")}…`);
};

const HUB = ["#c2185b", "#6d4c9f"];

// ---- the map ------------------------------------------------------------------------------------------------------------

const drawHubs = (map) => {
  D.hubs.forEach((layer) => layer.remove());
  D.hubs = D.scenarios.map((k, which) =>
    L.geoJSON(G.config.scenarios[k].geometry, {
      interactive: false,
      style: { color: HUB[which], weight: 2.5, dashArray: which ? "6 4" : null, fill: false },
    }).addTo(map));
};

const swipeEdge = (frame) => {
  const size = G.map.getSize();
  return D.split * size.x + (frame.width - size.x) / 2;
};

const drawSwipe = () => {
  const bar = G.h("div", { class: "swipe", hidden: true });
  const place = (percent) => {
    D.split = percent / 100;
    bar.style.left = `${percent}%`;
  };
  const kept = Number(G.state.bar);
  place(G.state.bar && kept >= 0 && kept <= 100 ? kept : 50);
  const slider = G.h("input", { type: "range", min: 0, max: 100, step: 0.5, value: D.split * 100, class: "swipe-input", hidden: true,
    oninput: (event) => {
      place(Number(event.target.value));
      D.layer.paint();
      G.cutMarks();
    },
    // Once the hand rests, as with the month.
    onchange: (event) => G.keep({ bar: event.target.value }) });
  const names = G.h("div", { class: "swipe-names", hidden: true });
  document.getElementById("stage").append(bar, slider, names);
  D.swipe = { bar, slider, names };
};

const hover = (latlng) => {
  const box = document.getElementById("hover");
  box.classList.toggle("two", D.scenarios.length > 1);
  const row = latlng ? G.cellUnder(latlng) : -1;
  const cell = row >= 0 ? D.ofGrid[row] : -1;
  if (row < 0) return G.replace(box, G.h("span", { class: "note" }, G.t("hover.none")));
  const zone = G.config.zones[G.cells.zone[row]];
  const facts = [[G.t("hover.cell"), D.codes[row]], [G.zoneWord(), zone ? G.name(clipped(zone.name)) : G.t("zones.none")]];
  if (cell < 0 || !D.potential[cell]) facts.push(["", G.t("hover.outside")]);
  else {
    const people = D.potential[cell];
    facts.push([G.t("hover.potential"), `${G.number(people)}${person()}`]);
    D.scenarios.forEach((k, which) => {
      const share = G.SHARE[frameOf(which)[cell]];
      const prefix = D.scenarios.length > 1 ? `${clipped(G.config.scenarios[k].name, 16)} · ` : "";
      const bands = D.yearly[which].map((years) => G.SHARE[years[Math.floor(D.month / 12)][cell]] * people);
      facts.push([`${prefix}${G.t("hover.adopters")}`, `${G.number(share * people, 1)}${person()} (${G.percent(share)})`]);
      facts.push([`${G.t("hover.band")}`, `${G.number(bands[0], 1)}–${G.number(bands.at(-1), 1)}${person()}`]);
    });
    if (D.inside[D.scenario][cell]) facts.push(["", G.t("hover.inside")]);
  }
  G.replace(box, G.h("dl", {}, facts.map(([name, value]) => G.h("div", {}, name ? G.h("dt", {}, name) : null, G.h("dd", {}, value)))));
};

const person = () => (G.language === "ko" ? "명" : "");

// ---- settings -----------------------------------------------------------------------------------------------------------

const choose = async (changes, kept) => {
  Object.assign(D, changes);
  G.keep(kept);
  await load();
  drawHubs(G.map);
  G.cutMarks();
  drawSettings();
  G.relabel();
  G.drawMoney();
  G.drawChart();
  labelFoot();
  show();
};

// A region without a known user of any service has no frames; the page says so, and why, and shows the hub and its money.
const openEmpty = (map) => {
  const { scenarios, notSimulated } = G.config;
  const [settings, money] = ["settings", "money"].map((id) => G.h("section", { class: "panel", id }));
  document.getElementById("left").append(settings);
  document.getElementById("right").append(money);
  const draw = () => {
    D.scenarios = [D.scenario];
    drawHubs(map);
    G.replace(document.getElementById("legend"), G.legend(G.t("scenario"), [{ line: true, colour: HUB[0], label: G.name(clipped(scenarios[D.scenario].name)) }]));
    G.replace(settings, G.h("h2", {}, G.t("view")),
      G.picker("scenario", G.t("scenario"), hubChoices(), String(D.scenario), (value) => {
        D.scenario = Number(value);
        G.keep({ hub: scenarios[D.scenario].id });
        draw();
      }),
      G.h("p", { class: "note strong" }, G.t("report.unsimulated")),
      G.h("h3", {}, G.t("data.notSimulated")),
      G.h("ul", {}, notSimulated.map((item) => G.h("li", {}, G.h("b", {}, G.name(item.name)), " — ", G.name(G.remark(item.reason))))));
    G.drawMoney();
  };
  G.onRender(draw);
};

const hubChoices = () => G.config.scenarios.map((scenario, k) => [String(k), `${k + 1} · ${clipped(scenario.name)}`]);

const drawSettings = () => {
  const { scenarios, services, quantiles, notSimulated } = G.config;
  const hubs = hubChoices();
  const parts = [
    G.picker("scenario", G.t("scenario"), hubs, String(D.scenario), (value) => {
      const scenario = Number(value);
      const second = D.second === scenario ? (scenario + 1) % scenarios.length : D.second;
      choose({ scenario, second }, { hub: scenarios[scenario].id, second: scenarios[second].id });
    }),
    G.picker("service", G.t("service"), services.map((service, s) => [String(s), G.both(service.name)]), String(D.service), (value) =>
      choose({ service: Number(value) }, { service: services[Number(value)].id })),
    G.picker("measure", G.t("measure"), [["share", G.t("measure.share")], ["adopters", G.t("measure.adopters")]], D.measure, (value) => choose({ measure: value }, { measure: value })),
    G.picker("statistic", G.t("statistic"), [["mean", G.t("statistic.mean")], ...quantiles.map((q) => [String(q), G.texts[`statistic.${q}`] ? G.t(`statistic.${q}`) : `P${q * 100}`])], D.statistic, (value) =>
      choose({ statistic: value }, { stat: value })),
  ];
  if (scenarios.length > 1) {
    parts.push(G.picker("mode", G.t("mode"), ["single", "swipe", "difference"].map((mode) => [mode, G.t(`mode.${mode}`)]), D.mode, (value) => choose({ mode: value }, { mode: value })));
    if (D.mode !== "single") {
      parts.push(G.picker("second", G.t("second"), hubs.filter(([k]) => k !== String(D.scenario)), String(D.second), (value) =>
        choose({ second: Number(value) }, { second: scenarios[Number(value)].id })));
    }
  }
  G.replace(document.getElementById("settings"), G.h("h2", {}, G.t("view")), parts,
    G.h("div", { id: "reading" }),
    G.h("p", { class: "note" }, G.t("assumptions")),
    notSimulated.length ? G.h("p", { class: "note warn", title: notSimulated.map((s) => `${G.both(s.name)}: ${G.remark(s.reason)}`).join("\n") },
      G.name(G.t("notSimulated", { names: notSimulated.map((s) => `${G.both(s.name)} (${G.remark(s.reason)})`).join(", ") }))) : null);
  const swiping = D.mode === "swipe";
  for (const part of Object.values(D.swipe)) part.hidden = !swiping;
  D.swipe.slider.setAttribute("aria-label", G.t("swipe"));
  if (swiping) G.replace(D.swipe.names, G.h("span", {}, G.name(clipped(scenarios[D.scenario].name))), G.h("span", {}, G.name(clipped(scenarios[D.second].name))));
  drawLegend();
};

// ---- time ---------------------------------------------------------------------------------------------------------------

const drawFoot = () => {
  const foot = document.getElementById("foot");
  D.play = G.h("button", { type: "button", class: "play", onclick: () => (D.playing ? pause() : play()) });
  D.slider = G.h("input", { type: "range", id: "month", min: 0, max: G.config.months, step: 1, value: D.month, oninput: (event) => at(Number(event.target.value)) });
  D.label = G.h("output", { for: "month", class: "month" });
  D.ticks = G.h("div", { class: "ticks", "aria-hidden": "true" });
  D.hint = G.h("span", { class: "note" });
  foot.append(G.h("div", { id: "hover", class: "hover", "aria-live": "off" }), G.h("div", { class: "time" }, D.play, D.label, G.h("div", { class: "track-of-time" }, D.slider, D.ticks)));
};

const labelFoot = () => {
  const { months } = G.config;
  const [year] = G.config.start.split("-").map(Number);
  D.slider.setAttribute("aria-label", G.t("month"));
  D.slider.title = G.t("month.hint");
  const marks = new Set();
  const lines = G.plan().map((opening) => opening.month).filter((month) => !marks.has(month) && marks.add(month))
    .map((month) => G.h("i", { style: { left: `${(month / months) * 100}%` } }));
  const years = Array.from({ length: Math.floor(months / 12) + 1 }, (_, k) => G.h("span", { style: { left: `${((k * 12) / months) * 100}%` } }, String(year + k)));
  G.replace(D.ticks, lines, years);
  labelPlay();
  hover(null);
};

const labelPlay = () => {
  D.play.textContent = D.playing ? "❚❚" : "▶";
  const label = G.t(D.playing ? "pause" : "play");
  D.play.setAttribute("aria-label", label);
  D.play.title = `${label} (${G.t("month.hint")})`;
};

const at = (month) => {
  D.month = Math.min(G.config.months, Math.max(0, month));
  show();
};

const show = () => {
  D.slider.value = D.month;
  D.slider.setAttribute("aria-valuetext", G.asOf(D.month));
  D.label.textContent = G.asOf(D.month);
  D.layer.paint();
  G.drawOpenings();
  G.moveCursor();
  clearTimeout(D.keeping);
  // The address follows once the hand rests: browsers refuse to be told every frame.
  D.keeping = setTimeout(() => G.keep({ month: D.month }), 300);
};

const play = () => {
  if (D.month >= G.config.months) D.month = 0;
  let before = performance.now();
  const step = (now) => {
    if (!D.playing) return;
    // Ten months a second, whatever the screen's rate.
    if (now - before >= 100) {
      before = now;
      at(D.month + 1);
      if (D.month >= G.config.months) return pause();
    }
    D.playing = requestAnimationFrame(step);
  };
  D.playing = requestAnimationFrame(step);
  labelPlay();
};

const pause = () => {
  cancelAnimationFrame(D.playing);
  D.playing = null;
  labelPlay();
};

const keys = (event) => {
  const busy = event.target.closest("select, button, dialog, summary, input:not(#month)");
  if (event.key === " " && !busy) D.playing ? pause() : play();
  else if (["ArrowLeft", "ArrowRight"].includes(event.key) && !event.target.closest("select, dialog, input:not(#month), .leaflet-container")) {
    at(D.month + (event.key === "ArrowRight" ? 1 : -1) * (event.shiftKey ? 12 : 1));
  } else return;
  event.preventDefault();
};

const exportSeries = () => {
  const { series, services, scenarios } = G.config;
  const rows = [["district_id", "district", "service", "date", "month", "place", "adopters_p10", "adopters_p50", "adopters_p90", "potential"]];
  series.forEach((each, k) => each.forEach((entry, s) => ["inside", "outside"].forEach((where) => entry[where].mid.forEach((mid, month) =>
    rows.push([scenarios[k].id, G.asWritten(scenarios[k].name), services[s].id, G.asOf(month), month, where, entry[where].low[month], mid, entry[where].high[month], entry[where].potential])))));
  G.download(`${G.config.region.id}-diffusion.csv`, G.csv(rows));
};
