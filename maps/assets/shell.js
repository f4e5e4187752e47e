// The frame both pages share: heading, language, banner, attribution, zoom and scale, legend, and the panel of sources.
"use strict";

G.drawShell = () => {
  const map = G.map;
  const small = parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--small"));
  L.control.scale({ imperial: false, position: "bottomright", maxWidth: 12 * small }).addTo(map);
  const north = L.control({ position: "bottomright" });
  north.onAdd = () => G.h("div", { class: "north", "aria-hidden": "true" }, G.h("svg", { viewBox: "0 0 20 26", width: 18, height: 24 },
    G.h("path", { d: "M10 1 L16 17 L10 13.5 L4 17 Z", fill: "#3d4650" }),
    G.h("text", { x: 10, y: 25.5, "text-anchor": "middle", "font-size": 9, "font-weight": 700, fill: "#3d4650" }, "N")));
  north.addTo(map);
  const stage = document.getElementById("stage");
  const zoom = G.h("div", { class: "zoom" });
  const legend = G.h("section", { class: "legend", id: "legend" });
  const credit = G.h("div", { class: "credit" });
  stage.append(zoom, legend, credit);
  // Sources are never cut short: legend, scale and north stand above as many lines as they take.
  new ResizeObserver(() => {
    document.documentElement.style.setProperty("--credit", `${credit.offsetHeight}px`);
    G.settle();
  }).observe(credit);
  if (G.config.tiles) G.layTiles(map, stage);
  G.onRender(() => {
    drawHead();
    const button = (label, sign, act) => G.h("button", { type: "button", title: label, "aria-label": label, onclick: act }, sign);
    G.replace(zoom, button(G.t("zoom.in"), "+", () => map.zoomIn()), button(G.t("zoom.out"), "−", () => map.zoomOut()),
      button(G.t("zoom.home"), "⌂", G.home));
    const holders = [G.credits(), G.tilesOn ? G.config.tiles.attribution : null, "Leaflet"].filter(Boolean);
    G.replace(credit, G.h("span", {}, `${G.t("credit")}: ${holders.join(" · ")}`));
    document.getElementById("left").setAttribute("aria-label", G.t("aria.left"));
    document.getElementById("right").setAttribute("aria-label", G.t("aria.right"));
    document.getElementById("stage").setAttribute("aria-label", G.t("aria.map"));
  });
};

const drawHead = () => {
  const { region } = G.config;
  const title = `${G.both(region.name)} · ${G.t(`title.${G.config.page}`)}`;
  document.title = title;
  const language = (code, label) =>
    G.h("button", { type: "button", lang: code, "aria-pressed": String(G.language === code), onclick: () => G.speak(code) }, label);
  G.replace(document.getElementById("head"),
    G.h("span", { class: "brand" }, G.h("b", { lang: "ko" }, "거점"), " Geojeom"),
    G.h("h1", {}, G.name(G.both(region.name)), G.h("span", {}, G.t(`title.${G.config.page}`))),
    region.synthetic && G.h("span", { class: "synthetic", role: "note" }, G.t("synthetic")),
    (G.config.sources?.warnings ?? []).length > 0 &&
      G.h("button", { type: "button", class: "synthetic", id: "warned", title: G.config.sources.warnings.map(G.both).join("\n"), onclick: G.openData }, G.t("data.warned")),
    G.h("span", { class: "gap" }),
    (G.headButtons ?? []).map(([key, act]) => G.h("button", { type: "button", class: "action", onclick: act }, G.t(key))),
    G.h("button", { type: "button", class: "action", id: "open-data", onclick: G.openData }, G.t("data.open")),
    G.h("div", { class: "language", role: "group", "aria-label": G.t("language") }, language("ko", "한국어"), language("en", "English")));
};

// A dialog that is drawn when opened and drawn again when the language changes.
G.dialog = (id, titleKey, draw) => {
  const dialog = G.h("dialog", { id, "aria-labelledby": `${id}-title` });
  document.body.append(dialog);
  const fill = () => {
    G.replace(dialog,
      G.h("header", {}, G.h("h2", { id: `${id}-title` }, G.t(titleKey)),
        G.h("button", { type: "button", class: "close", "aria-label": G.t("close"), onclick: () => dialog.close() }, "×")),
      G.h("div", { class: "body", tabindex: "0" }, draw()));
  };
  G.onRender(() => dialog.open && fill());
  return () => {
    fill();
    dialog.showModal();
  };
};

// head: texts; rows: lists of cells, a cell being a text, an element, or {text, class, head}.
G.table = (head, rows, attributes = {}) => {
  const cell = (value, tag) => {
    const plain = value === null || value === undefined || typeof value !== "object" || value instanceof Node || Array.isArray(value);
    const { text, ...rest } = plain ? { text: value } : value;
    const name = rest.head ? "th" : tag;
    return G.h(name, { class: rest.class, title: rest.title, scope: name === "th" ? (tag === "th" ? "col" : "row") : null, colspan: rest.span }, text ?? "");
  };
  return G.h("table", attributes,
    G.h("thead", {}, G.h("tr", {}, head.map((value) => cell(value, "th")))),
    G.h("tbody", {}, rows.map((row) => G.h("tr", {}, row.map((value) => cell(value, "td"))))));
};

// How a candidate stands: ranked, one of ``level`` that cannot be told apart from the first, excluded by a veto, or
// without a score as nothing that weighs is known of it.
G.standing = (rank, vetoed, level = 0) =>
  level ? { rank, sign: `1–${level}`, label: G.t("rank.level", { n: level }), tone: " level" }
    : rank ? { rank, sign: String(rank), label: G.t("rank.n", { n: rank }), tone: "" }
    : vetoed ? { rank: null, sign: "×", label: G.t("vetoed"), tone: " vetoed" }
      : { rank: null, sign: "–", label: G.t("unranked"), tone: " unranked" };

// How much is known of a candidate: how many criteria have a value, and what share of the weight they carry.
G.knownOf = (utilities, weights) => {
  const told = utilities.map((utility) => utility !== null);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const held = weights.reduce((sum, weight, j) => sum + (told[j] ? weight : 0), 0);
  const part = whole ? held / whole : 0;
  return { n: told.filter(Boolean).length, all: told.length, part, share: G.percent(part, 0) };
};
G.known = (utilities, weights) => G.t("known", G.knownOf(utilities, weights));

// entries: {colour, label, hatch}; a legend always carries a title with its unit.
G.legend = (title, entries, notes = []) => {
  const swatch = (entry) => {
    const box = G.h("svg", { width: 22, height: 14, "aria-hidden": "true" },
      entry.line
        ? G.h("line", { x1: 0, x2: 22, y1: 7, y2: 7, stroke: entry.colour, "stroke-width": 2.5, "stroke-dasharray": entry.dash })
        : G.h("rect", { x: 0.5, y: 0.5, width: 21, height: 13, fill: entry.hatch ? "url(#hatch)" : entry.colour, stroke: "#7a828a", "stroke-width": 0.6 }));
    return G.h("li", {}, box, G.h("span", {}, entry.label));
  };
  return [G.h("h2", {}, title), G.h("ul", {}, entries.map(swatch)), notes.filter(Boolean).map((note) => G.h("p", {}, note))];
};

// Classes as one strip: ``labels`` stand under the borders between the boxes, or under the boxes where as many as these.
G.strip = (title, colours, labels, entries = []) => {
  const width = 264, each = (width - 16) / colours.length;
  const shift = labels.length === colours.length ? 0.5 : 1;
  const strip = G.h("svg", { viewBox: `0 0 ${width} 30`, class: "strip", role: "img", "aria-label": `${title}: ${labels.join(", ")}` },
    colours.map((fill, k) => G.h("rect", { x: 8 + k * each, y: 0.5, width: each, height: 13, fill, stroke: colours.length > 24 ? null : "#7a828a", "stroke-width": 0.5 })),
    labels.map((label, k) => G.h("text", { x: 8 + (k + shift) * each, y: 26, "text-anchor": "middle" }, label)));
  return [...G.legend(title, []).slice(0, 1), strip, ...G.legend("", entries).slice(1, 2)];
};

// A labelled picker. choices: [value, label] pairs or {group, choices}.
G.picker = (id, label, choices, value, act) => {
  const option = ([key, text]) => G.h("option", { value: key, selected: key === value }, text);
  return G.h("label", { class: "picker", for: id }, G.h("span", {}, label),
    G.h("select", { id, onchange: (event) => act(event.target.value) },
      choices.map((entry) => (Array.isArray(entry) ? option(entry) : G.h("optgroup", { label: entry.group }, entry.choices.map(option))))));
};
