(() => {
  // lib/codec.js
  var varints = (bytes) => {
    let count = 0;
    for (const byte of bytes) count += byte < 128 ? 1 : 0;
    const out = new Float64Array(count);
    for (let at2 = 0, number2 = 0; number2 < count; number2++) {
      let value = 0, scale = 1, byte;
      do {
        byte = bytes[at2++];
        value += (byte & 127) * scale;
        scale *= 128;
      } while (byte > 127);
      out[number2] = value % 2 ? -(value + 1) / 2 : value / 2;
    }
    return out;
  };
  var cumulated = (steps) => {
    const out = new Int32Array(steps.length);
    let sum = 0;
    for (let i = 0; i < steps.length; i++) out[i] = sum += steps[i];
    return out;
  };
  var SHARE_OF_CODE = Float32Array.from({ length: 256 }, (_, code) => (code / 255) ** 2);
  var decodeFrames = (bytes, times) => {
    const cells = bytes.length / times;
    const all = new Uint8Array(bytes.length);
    for (let cell = 0, at2 = 0; cell < cells; cell++) {
      let code = 0;
      for (let time = 0; time < times; time++) {
        code = code + bytes[at2++] & 255;
        all[time * cells + cell] = code;
      }
    }
    return Array.from({ length: times }, (_, time) => all.subarray(time * cells, (time + 1) * cells));
  };

  // lib/isolated.js
  var TURNS = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]/;
  var isolated = (text) => TURNS.test(text) ? `⁨${text.replace(/[\u2066-\u2069]/g, "")}⁩` : text;

  // lib/page.js
  var page = {
    config: (
      /** @type {any} */
      null
    ),
    texts: {},
    messages: {},
    terms: {},
    language: "ko",
    state: {},
    renderers: [],
    headButtons: []
  };
  var readState = () => {
    page.state = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
    if (page.state.lang === "en" || page.state.lang === "ko") page.language = page.state.lang;
  };
  var keepState = (changes) => {
    Object.assign(page.state, changes);
    const known = Object.entries(page.state).filter(([, value]) => value !== null && value !== void 0 && value !== "");
    history.replaceState(null, "", `#${new URLSearchParams(known)}`);
  };
  var setLanguage = (language) => {
    page.language = language;
    document.documentElement.lang = language;
    keepState({ lang: language });
    render();
  };
  var onRender = (draw) => page.renderers.push(draw);
  var render = () => page.renderers.forEach((draw) => draw());
  var listeners = /* @__PURE__ */ new Map();
  var on = (topic2, act) => listeners.set(topic2, act);
  var emit = (topic2, ...values) => listeners.get(topic2)?.(...values);

  // lib/remarks.js
  var LISTED = 10;
  var DIGITS_MAX = 9;
  var NOISE = 1e-9;
  var numbers = /* @__PURE__ */ new Map();
  var fixed = (value, digits) => {
    if (!numbers.has(digits)) {
      const exactly = { minimumFractionDigits: digits, maximumFractionDigits: digits };
      numbers.set(digits, new Intl.NumberFormat("en", exactly));
    }
    return numbers.get(digits).format(value);
  };
  var enough = (value, digits, limit) => {
    let places = digits;
    while (limit !== null && value !== limit && places < DIGITS_MAX && fixed(value, places) === fixed(limit, places))
      places++;
    return places;
  };
  var figure = (value, digits, limit = null) => fixed(value, enough(value, digits, limit));
  var percent = (share, digits, limit) => {
    const places = enough(share * 100, digits, limit === null ? null : limit * 100);
    const shown = fixed(share * 100, places);
    const step = 10 ** -places;
    if (share > NOISE && Number(shown) === 0) return `< ${fixed(step, places)}%`;
    if (share < 1 - NOISE && shown === fixed(100, places)) return `> ${fixed(100 - step, places)}%`;
    return `${shown}%`;
  };
  var written = (value, digits = 10) => Number(value.toPrecision(digits)).toLocaleString("en", { useGrouping: false, maximumFractionDigits: 20 });
  var stated = (value) => Number(value.toPrecision(10)).toLocaleString("en", { maximumFractionDigits: 20 });
  var signed = (value, digits) => {
    const size = fixed(Math.abs(value), digits);
    return Number(size) === 0 ? size : `${value > 0 ? "+" : "−"}${size}`;
  };
  var money = (krw, limit, say) => {
    const ko = page.language === "ko";
    const part = ko ? 1e8 : 1e9;
    return `${say(krw / part, ko ? 1 : 2, limit === null ? null : limit / part)}${ko ? "억원" : " billion KRW"}`;
  };
  var FORMATS = {
    "": (value) => Number.isInteger(value) ? String(value) : written(value),
    ",": (value) => fixed(value, 0),
    ",.1f": (value) => fixed(value, 1),
    ",.2f": (value) => fixed(value, 2),
    ",.3f": (value) => fixed(value, 3),
    g: (value) => written(value, 6),
    figure: (value, limit) => figure(value, 2, limit),
    signed: (value) => signed(value, 3),
    percent: (share, limit) => percent(share, 1, limit),
    percent0: (share, limit) => percent(share, 0, limit),
    percent2: (share, limit) => percent(share, 2, limit),
    stated_percent: (share) => `${written(share * 100)}%`,
    money: (krw, limit) => money(krw, limit, figure),
    stated_money: (krw) => money(krw, null, stated),
    area: (m2, limit) => `${figure(m2 / 1e6, 3, limit === null ? null : limit / 1e6)} km²`,
    stated_area: (m2) => `${stated(m2 / 1e6)} km²`
  };
  var topic = (name) => {
    const last = [...name].filter((letter) => !` )"'`.includes(letter)).pop() ?? "";
    if (last >= "가" && last <= "힣") return (last.charCodeAt(0) - "가".charCodeAt(0)) % 28 ? "은" : "는";
    if (last >= "0" && last <= "9") return "013678".includes(last) ? "은" : "는";
    return "은(는)";
  };
  var term = (code) => page.terms[code]?.[page.language] ?? code;
  var said = (value, how, limit) => {
    if (Array.isArray(value)) {
      const shown = how === "all" ? value : value.slice(0, LISTED);
      const parts2 = shown.map((one) => said(one, how === "all" ? "" : how, limit));
      return [...parts2, ...value.length > shown.length ? ["…"] : []].join(", ");
    }
    if (typeof value === "number") return FORMATS[how](value, limit);
    if (value.code) return remarkText(value);
    const text = typeof value === "string" ? value : value[page.language];
    if (how === "topic" && page.language === "ko") return isolated(text) + topic(text);
    return isolated(how === "term" ? term(text) : text);
  };
  var remarkText = ({ code, values }) => page.messages[code][page.language].map(
    (part) => typeof part === "string" ? part : said(values[part[0]], part[1], part[2] ? values[part[2]] ?? null : null)
  ).join("");

  // lib/texts.js
  var t = (key, values = {}) => {
    const entry = page.texts[key];
    if (!entry) throw new Error(`no text for ${key}`);
    return entry[page.language].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  };
  var asWritten = (text) => {
    if (text === null || text === void 0) return "";
    if (typeof text === "string") return text;
    if (Array.isArray(text)) return text.map(asWritten).join("; ");
    return "code" in text ? remarkText(text) : text[page.language];
  };
  var localised = (text) => isolated(asWritten(text));

  // lib/dom.js
  var h = (tag, attributes = {}, ...children) => {
    const svg = [
      "svg",
      "g",
      "path",
      "rect",
      "line",
      "text",
      "circle",
      "pattern",
      "defs",
      "title",
      "polyline",
      "use"
    ].includes(tag);
    const element = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null || value === void 0 || value === false) continue;
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (name === "style") Object.assign(element.style, value);
      else if (name === "value" || name === "checked" || name === "disabled" || name === "selected")
        element[name] = value;
      else element.setAttribute(name, value === true ? "" : value);
    }
    element.append(
      ...children.flat(Infinity).filter((child) => child !== null && child !== void 0 && child !== false)
    );
    return element;
  };
  var replaceParts = (parent, ...children) => {
    const active = (
      /** @type {HTMLElement} */
      document.activeElement
    );
    const held = parent.contains(active) ? active : null;
    const again = !held ? null : held.id ? `#${CSS.escape(held.id)}` : held.dataset.id ? `[data-id="${CSS.escape(held.dataset.id)}"]` : null;
    parent.replaceChildren(...children.flat(Infinity).filter((child) => child));
    const found = again ? (
      /** @type {HTMLElement | null} */
      parent.querySelector(again)
    ) : null;
    found?.focus({ preventScroll: true });
  };
  var bdi = (text, title = null) => {
    const written2 = asWritten(text);
    const [begun, ended] = [/[\u2066-\u2068]/g, /\u2069/g].map((marks2) => written2.match(marks2)?.length ?? 0);
    return h(
      "bdi",
      { title },
      begun === ended ? written2.replace(/^\u2068([^\u2066-\u2069]*)\u2069$/, "$1") : written2.replace(/[\u2066-\u2069]/g, "")
    );
  };

  // lib/csv.js
  var csvText = (rows) => "\uFEFF" + rows.map(
    (row) => row.map((value) => {
      if (value === null || value === void 0) return "";
      if (typeof value === "number") return String(value);
      const text = page.config.formula.some((sign) => value.startsWith(sign)) ? `'${value}` : value;
      return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    }).join(",")
  ).join("\r\n") + "\r\n";
  var downloadText = (name, text) => {
    const link = h("a", { href: URL.createObjectURL(new Blob([text], { type: "text/csv" })), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1e3);
  };

  // lib/data.js
  var readJson = (id) => JSON.parse(document.getElementById(id)?.textContent ?? "null");
  var readBlob = async (name) => {
    const element = document.getElementById(`blob-${name}`);
    if (!element) return null;
    const packed = Uint8Array.from(atob(element.textContent), (letter) => letter.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  };

  // map/mercator.js
  var SPHERE_M = 6378137;

  // map/canvas.js
  var HALF = Math.PI * SPHERE_M;
  var CanvasLayer = L.Layer.extend({
    options: { pane: "overlayPane", margin: 0.15, sharp: true },
    initialize(draw, options) {
      this.draw = draw;
      L.setOptions(this, options);
    },
    onAdd(map) {
      this.canvas = h("canvas", { class: "leaflet-zoom-animated", "aria-hidden": "true" });
      map.getPane(this.options.pane).append(this.canvas);
      map.on("moveend zoomend resize viewreset", this.redraw, this);
      map.on("zoomanim", this.animate, this);
      this.redraw();
    },
    onRemove(map) {
      map.off("moveend zoomend resize viewreset", this.redraw, this);
      map.off("zoomanim", this.animate, this);
      this.canvas.remove();
    },
    redraw() {
      const map = this._map;
      const size = map.getSize();
      this.canvas.hidden = !size.x || !size.y;
      this.frame = null;
      if (this.canvas.hidden) return;
      const margin = size.multiplyBy(this.options.margin).round();
      const dense = this.options.sharp ? window.devicePixelRatio || 1 : 1;
      const width = size.x + 2 * margin.x, height = size.y + 2 * margin.y;
      this.canvas.width = Math.round(width * dense);
      this.canvas.height = Math.round(height * dense);
      Object.assign(this.canvas.style, { width: `${width}px`, height: `${height}px` });
      const corner = map.containerPointToLayerPoint([-margin.x, -margin.y]);
      L.DomUtil.setPosition(this.canvas, corner);
      this.bounds = L.latLngBounds(map.layerPointToLatLng(corner), map.layerPointToLatLng(corner.add([width, height])));
      const scale = 256 * 2 ** map.getZoom() / (2 * HALF);
      const pixel = map.getPixelOrigin().add(corner);
      this.frame = { width, height, dense, scale, x: pixel.x / scale - HALF, y: HALF - pixel.y / scale };
      this.paint();
    },
    paint() {
      if (!this.frame) return;
      const context = this.canvas.getContext("2d");
      context.setTransform(this.frame.dense, 0, 0, this.frame.dense, 0, 0);
      context.clearRect(0, 0, this.frame.width, this.frame.height);
      this.draw(context, this.frame);
    },
    animate(event) {
      if (!this.frame) return;
      const scale = this._map.getZoomScale(event.zoom);
      const offset = this._map._latLngToNewLayerPoint(this.bounds.getNorthWest(), event.zoom, event.center);
      L.DomUtil.setTransform(this.canvas, offset, scale);
    }
  });
  var decodePath = (bytes) => {
    const values = varints(bytes);
    const path = new Path2D();
    const parts2 = values[0];
    let at2 = 1 + parts2, x = 0, y = 0;
    for (let part = 0; part < parts2; part++) {
      for (let point = 0; point < values[1 + part]; point++) {
        x += values[at2++];
        y += values[at2++];
        if (point) path.lineTo(x, y);
        else path.moveTo(x, y);
      }
    }
    return path;
  };
  var toLatLng = (x, y) => L.Projection.SphericalMercator.unproject(L.point(x, y));

  // map/palette.js
  var STYLE = {
    water: { fill: "#c9dde8" },
    green: { fill: "#dfe9d8" },
    industrial: { fill: "#e6e3ea" },
    boundary: { line: "#5b6670", width: 1.6 },
    rail: { line: "#8a8f98", width: 1.1, dash: [5, 3] },
    street_minor: { line: "#c3c7cb", width: 0.7, fromZoom: 12.5 },
    street_major: { line: "#a9afb5", width: 1.5 }
  };
  var SEQUENTIAL = [
    "#eef3d2",
    "#cfe4b8",
    "#a3d1b0",
    "#72b9b1",
    "#479db0",
    "#2c7fa8",
    "#255f98",
    "#253f7d",
    "#201f55"
  ];
  var DIVERGING = [
    "#1f4e8c",
    "#4f7fb8",
    "#8fb0d6",
    "#cbdaea",
    "#f1f0ec",
    "#f6d7b4",
    "#eaa968",
    "#cc7526",
    "#8f4708"
  ];
  var SERIES = ["#1b4f8f", "#c2620c", "#4a7f3a", "#8b3d7c"];
  var ramp = (count, set = SEQUENTIAL) => Array.from({ length: count }, (_, i) => set[Math.round(i * (set.length - 1) / Math.max(1, count - 1))]);
  var rgba = (hex, alpha = 215) => {
    const value = parseInt(hex.slice(1), 16);
    return (alpha << 24 | (value & 255) << 16 | (value >> 8 & 255) << 8 | value >> 16) >>> 0;
  };
  var classOf = (value, breaks) => {
    let at2 = 0;
    while (at2 < breaks.length && value >= breaks[at2]) at2++;
    return at2;
  };

  // map/scene.js
  var scene = { map: null, cells: null, backdrop: [], tilesOn: false, marked: () => [] };

  // map/cells.js
  var layGrid = async () => {
    const { grid } = page.config;
    const places = cumulated(varints(await readBlob("grid")));
    const cellAt = new Int32Array(grid.rows * grid.columns).fill(-1);
    places.forEach((place, cell) => cellAt[place] = cell);
    const lattice = new Float32Array((await readBlob("lattice")).buffer);
    scene.cells = { places, cellAt, lattice, zone: cumulated(varints(await readBlob("zone-of-cell"))) };
  };
  var cellIndex = (frame) => {
    const { lattice: grid0, grid } = page.config;
    const { lattice, cellAt } = scene.cells;
    const width = Math.round(frame.width), height = Math.round(frame.height);
    const index = new Int32Array(width * height).fill(-1);
    const metre = 1 / frame.scale;
    for (let py = 0; py < height; py++) {
      const v = (grid0.north - (frame.y - (py + 0.5) * metre)) / grid0.step_y;
      if (v < 0 || v >= grid0.rows - 1) continue;
      const row = Math.floor(v), fv = v - row;
      const first = Math.max(0, Math.ceil((grid0.west - frame.x) * frame.scale - 0.5));
      for (let px = first; px < width; px++) {
        const u = (frame.x + (px + 0.5) * metre - grid0.west) / grid0.step_x;
        if (u >= grid0.columns - 1) break;
        const column = Math.floor(u), fu = u - column;
        const at2 = 2 * (row * grid0.columns + column), below = at2 + 2 * grid0.columns;
        const a = (1 - fu) * (1 - fv), b = fu * (1 - fv), c = (1 - fu) * fv, d = fu * fv;
        const x = a * lattice[at2] + b * lattice[at2 + 2] + c * lattice[below] + d * lattice[below + 2];
        const y = a * lattice[at2 + 1] + b * lattice[at2 + 3] + c * lattice[below + 1] + d * lattice[below + 3];
        const i = Math.floor(x / grid.size), j = Math.floor(y / grid.size);
        if (i >= 0 && j >= 0 && i < grid.columns && j < grid.rows) index[py * width + px] = cellAt[j * grid.columns + i];
      }
    }
    return index;
  };
  var cellUnder = (latlng) => {
    const { x, y } = L.Projection.SphericalMercator.project(latlng);
    return cellIndex({ width: 1, height: 1, scale: 1e3, x: x - 5e-4, y: y + 5e-4 })[0];
  };
  var drawBorders = (pixels, index, band2, width) => {
    const line = rgba("#1d252c", 255);
    const of = (at2) => index[at2] < 0 ? 0 : band2[index[at2]];
    for (let at2 = 0; at2 < index.length - width - 1; at2++) {
      if (of(at2) !== of(at2 + 1) || of(at2) !== of(at2 + width)) pixels[at2] = line;
    }
  };
  var cellLayer = (colours, bands = () => null) => {
    let indexed = null, index = null, image = null;
    const layer = new CanvasLayer(
      (context, frame) => {
        const width = Math.round(frame.width), height = Math.round(frame.height);
        if (indexed !== frame) {
          index = cellIndex(frame);
          image = new ImageData(width, height);
          indexed = frame;
        }
        const [left, right, split] = colours(frame);
        const pixels = new Uint32Array(image.data.buffer);
        const edge = right ? Math.max(0, Math.min(width, Math.round(split))) : width;
        for (let row = 0, at2 = 0; row < height; row++) {
          for (const end = at2 + edge; at2 < end; at2++) pixels[at2] = index[at2] < 0 ? 0 : left[index[at2]];
          for (const end = (row + 1) * width; at2 < end; at2++) pixels[at2] = index[at2] < 0 ? 0 : right[index[at2]];
        }
        const band2 = bands();
        if (band2) drawBorders(pixels, index, band2, width);
        context.putImageData(image, 0, 0);
      },
      { pane: "cells", sharp: false, margin: 0.1 }
    );
    return layer;
  };

  // map/view.js
  var besideLegend = (map, box) => {
    const stage = map.getContainer().getBoundingClientRect();
    const legend = document.getElementById("legend")?.getBoundingClientRect();
    const plain = { corner: L.point(12, 12), opposite: L.point(12, 30) };
    if (!legend?.height || legend.top >= stage.bottom - 1) return plain;
    const above = { corner: plain.corner, opposite: L.point(12, stage.bottom - legend.top + 8) };
    const right = { corner: L.point(legend.right - stage.left + 8, 12), opposite: plain.opposite };
    const fits = ({ corner, opposite }) => {
      const room = map.getSize().subtract(corner).subtract(opposite);
      return room.x > 0 && room.y > 0 ? map.getBoundsZoom(box, false, corner.add(opposite)) : -Infinity;
    };
    const best = fits(right) > fits(above) ? right : above;
    return fits(best) > -Infinity ? best : plain;
  };
  var view = { box: null, whole: false, moving: false, drawn: false };
  var printing = matchMedia("print");
  var home = () => {
    const { map } = scene;
    if (!view.box || printing.matches) return;
    view.moving = true;
    map.invalidateSize({ animate: false });
    const size = map.getSize();
    if (size.x >= 60 && size.y >= 60) {
      map.setMaxBounds(null);
      map.setMinZoom(0);
      const { corner, opposite } = besideLegend(map, view.box);
      map.fitBounds(view.box, { animate: false, paddingTopLeft: corner, paddingBottomRight: opposite });
      map.setMinZoom(Math.floor(map.getZoom()) - 1);
      map.setMaxBounds(map.getBounds().extend(view.box).pad(0.6));
      view.whole = true;
    }
    view.moving = false;
    if (document.documentElement.dataset.ready) keepState({ at: "" });
  };
  var settle = () => view.whole && home();
  var lookAt = (asked) => {
    if (asked.length !== 3 || !asked.every(Number.isFinite) || !view.box.pad(0.6).contains(asked.slice(0, 2))) return;
    scene.map.setView(asked.slice(0, 2), asked[2], { animate: false });
    view.drawn = true;
  };
  var followView = (map, box) => {
    view.box = box;
    map.on("movestart zoomstart", () => view.moving || (view.whole = false));
    map.on("moveend", () => {
      const { lat, lng } = map.getCenter();
      if (!view.moving) keepState({ at: view.whole ? "" : [lat.toFixed(5), lng.toFixed(5), map.getZoom()].join("_") });
    });
    new ResizeObserver(() => {
      if (printing.matches) return;
      if (view.drawn && !view.whole) return void map.invalidateSize({ animate: false });
      home();
      view.drawn = view.whole;
    }).observe(map.getContainer());
  };

  // ui/begin.js
  var begin = (place) => {
    page.config = readJson("config");
    page.texts = readJson("texts");
    Object.assign(page, readJson("remarks"));
    readState();
    document.documentElement.lang = page.language;
    if (typeof DecompressionStream !== "undefined") return true;
    document.getElementById(place).replaceChildren(h("p", { class: "note strong" }, t("old.browser")));
    return false;
  };
  var showParts = (store2, tools) => document.dispatchEvent(
    new CustomEvent("geojeom:parts", {
      detail: { page, store: store2, tools: { h, both: localised, ...tools } }
    })
  );

  // ui/legend.js
  var makeLegend = (title, entries, notes = []) => {
    const swatch = (entry) => {
      const box = h(
        "svg",
        { width: 22, height: 14, "aria-hidden": "true" },
        entry.line ? h("line", {
          x1: 0,
          x2: 22,
          y1: 7,
          y2: 7,
          stroke: entry.colour,
          "stroke-width": 2.5,
          "stroke-dasharray": entry.dash
        }) : h("rect", {
          x: 0.5,
          y: 0.5,
          width: 21,
          height: 13,
          fill: entry.hatch ? "url(#hatch)" : entry.colour,
          stroke: "#7a828a",
          "stroke-width": 0.6
        })
      );
      return h("li", {}, box, h("span", {}, entry.label));
    };
    return [h("h2", {}, title), h("ul", {}, entries.map(swatch)), notes.filter(Boolean).map((note) => h("p", {}, note))];
  };
  var makeStrip = (title, colours, labels2, entries = []) => {
    const width = 264, each = (width - 16) / colours.length;
    const shift = labels2.length === colours.length ? 0.5 : 1;
    const strip = h(
      "svg",
      { viewBox: `0 0 ${width} 30`, class: "strip", role: "img", "aria-label": `${title}: ${labels2.join(", ")}` },
      colours.map(
        (fill, k) => h("rect", {
          x: 8 + k * each,
          y: 0.5,
          width: each,
          height: 13,
          fill,
          stroke: colours.length > 24 ? null : "#7a828a",
          "stroke-width": 0.5
        })
      ),
      labels2.map((label, k) => h("text", { x: 8 + (k + shift) * each, y: 26, "text-anchor": "middle" }, label))
    );
    return [...makeLegend(title, []).slice(0, 1), strip, ...makeLegend("", entries).slice(1, 2)];
  };

  // ui/picker.js
  var makePicker = (id, label, choices, value, act) => {
    const option = ([key, text]) => h("option", { value: key, selected: key === value }, text);
    return h(
      "label",
      { class: "picker", for: id },
      h("span", {}, label),
      h(
        "select",
        { id, onchange: (event) => act(event.target.value) },
        choices.map(
          (entry) => Array.isArray(entry) ? option(entry) : h("optgroup", { label: entry.group }, entry.choices.map(option))
        )
      )
    );
  };

  // lib/format.js
  var formats = /* @__PURE__ */ new Map();
  var format = (digits) => {
    const key = `${page.language} ${digits}`;
    if (!formats.has(key))
      formats.set(
        key,
        new Intl.NumberFormat(page.language === "ko" ? "ko-KR" : "en-GB", {
          minimumFractionDigits: 0,
          maximumFractionDigits: digits
        })
      );
    return formats.get(key);
  };
  var formatNumber = (value, digits = 0) => {
    if (value === null || value === void 0 || Number.isNaN(value)) return "–";
    const text = format(digits).format(value);
    return text === "-0" ? "0" : text;
  };
  var formatPercent = (share, digits = 1, unlike = null) => {
    if (share === null || share === void 0 || Number.isNaN(share)) return "–";
    const shown = (value, places2) => formatNumber(value * 100, places2);
    let places = digits;
    while (unlike !== null && share !== unlike && places < DIGITS_MAX2 && shown(share, places) === shown(unlike, places))
      places++;
    const step = 10 ** -places;
    if (share > NOISE2 && shown(share, places) === "0") return `< ${formatNumber(step, places)}%`;
    if (share < 1 - NOISE2 && shown(share, places) === "100") return `> ${formatNumber(100 - step, places)}%`;
    return `${shown(share, places)}%`;
  };
  var DIGITS_MAX2 = 9;
  var NOISE2 = 1e-9;
  var formatStatedPercent = (share) => formatPercent(share, DIGITS_MAX2);
  var formatMoney = (krw) => page.language === "ko" ? `${formatNumber(krw / 1e8, krw < 1e9 ? 2 : 1)}억원` : `KRW ${formatNumber(krw / 1e9, krw < 1e9 ? 3 : 2)} bn`;
  var formatUnits = (n, unit) => formatNumber(n) + (unit === "km" ? " " : /^\d/.test(unit) || page.language !== "ko" || unit.length > 3 ? " × " : "") + unit;

  // ui/dialog.js
  var makeDialog = (id, titleKey, draw) => {
    const dialog = h("dialog", { id, "aria-labelledby": `${id}-title` });
    document.body.append(dialog);
    const fill = () => {
      replaceParts(
        dialog,
        h(
          "header",
          {},
          h("h2", { id: `${id}-title` }, t(titleKey)),
          h("button", { type: "button", class: "close", "aria-label": t("close"), onclick: () => dialog.close() }, "×")
        ),
        h("div", { class: "body", tabindex: "0" }, draw())
      );
    };
    onRender(() => dialog.open && fill());
    return () => {
      fill();
      dialog.showModal();
    };
  };

  // ui/table.js
  var makeTable = (head, rows, attributes = {}) => {
    const cell = (value, tag) => {
      const plain = value === null || value === void 0 || typeof value !== "object" || value instanceof Node || Array.isArray(value);
      const { text, ...rest } = plain ? { text: value } : value;
      const name = rest.head ? "th" : tag;
      return h(
        name,
        {
          class: rest.class,
          title: rest.title,
          scope: name === "th" ? tag === "th" ? "col" : "row" : null,
          colspan: rest.span
        },
        text ?? ""
      );
    };
    return h(
      "table",
      attributes,
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          head.map((value) => cell(value, "th"))
        )
      ),
      h(
        "tbody",
        {},
        rows.map(
          (row) => h(
            "tr",
            {},
            row.map((value) => cell(value, "td"))
          )
        )
      )
    );
  };

  // ui/sources.js
  var zoneWord = () => page.config.zones.some((zone) => zone.labelled) ? t("zones.zone") : t("zones.square", { km: formatNumber(page.config.zoneSquareM / 1e3) });
  var sourceName = (key) => {
    const [, kind, number2] = key.match(/^(\w+)(?:\[(\d+)\])?/) ?? [null, key];
    const name = page.texts[`source.${kind}`] ? t(`source.${kind}`) : kind;
    return number2 === void 0 ? name : `${name} ${Number(number2) + 1}`;
  };
  var credits = (...keys2) => {
    const vintages = /* @__PURE__ */ new Map();
    for (const { key, attribution, vintage } of page.config.sources.sources ?? []) {
      const holder = localised(attribution);
      if (!holder || keys2.length && !keys2.some((name) => key.startsWith(name))) continue;
      vintages.set(holder, (vintages.get(holder) ?? /* @__PURE__ */ new Set()).add(vintage));
    }
    const dated = ([holder, all]) => {
      const when = [...all].filter(Boolean).sort().join(", ");
      return when ? `${holder} (${when})` : holder;
    };
    return [...vintages].map(dated).join(" · ") || "–";
  };
  var sourceTables = () => {
    const { sources = [], missing = [], estimates = [], warnings = [] } = page.config.sources;
    return [
      warnings.length > 0 && [
        h("h3", {}, t("data.warnings")),
        h(
          "ul",
          { class: "warnings" },
          warnings.map((item) => h("li", {}, bdi(localised(item))))
        )
      ],
      h("h3", {}, t("data.missing")),
      columnsNoted(missing.map(({ name, consequence }) => [name, consequence])),
      h("h3", {}, t("data.estimates")),
      columnsNoted(estimates.map(({ name, note }) => [name, note])),
      h("h3", {}, t("data.sources")),
      makeTable(
        [t("data.key"), t("data.attribution"), t("data.vintage"), t("data.licence"), t("data.kept"), t("data.dropped")],
        sources.map(sourceRow),
        { class: "wide" }
      ),
      page.config.run && h("p", { class: "note" }, bdi(page.config.run))
    ];
  };
  var columnsNoted = (items) => {
    if (!items.length) return h("p", {}, t("data.none"));
    return h(
      "ul",
      {},
      items.map(([name, text]) => h("li", {}, h("b", {}, bdi(name)), " — ", bdi(text)))
    );
  };
  var sourceRow = (source) => {
    const { sha256, vintage } = source;
    const hash = sha256 && h("small", { class: "hash", title: `SHA-256 ${sha256}` }, `SHA-256 ${sha256.slice(0, 12)}…`);
    const tally = (counts = []) => counts.map((reason) => `${localised(reason)}: ${formatNumber(reason.number)}`).join(" · ");
    const notes = (source.notes ?? []).map(localised);
    const said2 = [tally(source.dropped), tally(source.repaired), ...notes].filter(Boolean).join(" · ");
    const file = h("small", {}, bdi((source.path ?? "").split("/").pop()));
    const covers = Number.isFinite(source.covers) && h("small", {}, t("data.covers", { share: formatPercent(source.covers) }));
    return [
      { text: [bdi(source.name ?? sourceName(source.key)), file, hash].filter(Boolean), head: true },
      bdi(source.attribution || "–"),
      { text: bdi(vintage || "–"), class: (vintage ?? "").length <= 10 ? "vintage" : null },
      bdi(source.licence || "–"),
      { text: [`${formatNumber(source.kept)} / ${formatNumber(source.read)}`, covers].filter(Boolean), class: "number" },
      [bdi(said2 || "–")]
    ];
  };
  var opener = null;
  var openData = () => {
    opener ??= makeDialog("data", "data.title", () => [
      page.config.region.synthetic && h("p", { class: "note strong" }, t("synthetic.long")),
      (page.config.notSimulated ?? []).length > 0 && [
        h("h3", {}, t("data.notSimulated")),
        h(
          "ul",
          {},
          page.config.notSimulated.map((item) => h("li", {}, h("b", {}, bdi(item.name)), " — ", bdi(item.reason)))
        )
      ],
      sourceTables()
    ]);
    opener();
  };

  // map/ground.js
  var PANES = { land: 210, cells: 310, lines: 330, labels: 450 };
  var labels = null;
  var relabel = () => labels?.paint();
  var layGround = async (map) => {
    const { bounds, zones } = page.config;
    map.options.maxZoom = 18;
    for (const [pane, z] of Object.entries(PANES)) {
      map.createPane(pane).style.zIndex = z;
      map.getPane(pane).style.pointerEvents = "none";
    }
    followView(map, L.latLngBounds(toLatLng(bounds[0], bounds[1]), toLatLng(bounds[2], bounds[3])));
    const paths = { zones: decodePath(await readBlob("zones")) };
    for (const layer2 of Object.keys(STYLE)) {
      const bytes = await readBlob(`backdrop-${layer2}`);
      if (bytes) paths[layer2] = decodePath(bytes);
    }
    const layer = (names, pane) => new CanvasLayer(drawBackdrop(map, paths, names), { pane });
    scene.backdrop = [
      layer(["green", "industrial", "water"], "land"),
      layer(["street_minor", "street_major", "rail", "zones", "boundary"], "lines")
    ];
    scene.backdrop.forEach((each) => each.addTo(map));
    const named = zones.filter((zone) => zone.labelled).sort((a, b) => b.weight - a.weight);
    if (named.length) labels = new CanvasLayer(drawLabels(map, named), { pane: "labels" }).addTo(map);
    await layGrid();
  };
  var zoneStyle = () => ({
    line: page.config.zones.some((zone) => zone.labelled) ? "#6b7580" : "#b4bbc1",
    width: 0.9,
    dash: [4, 3]
  });
  var drawBackdrop = (map, paths, layers) => (context, frame) => {
    const { origin } = page.config;
    const { scale } = frame;
    const zoom = map.getZoom();
    const thick = Math.min(2.2, Math.max(0.55, 2 ** ((zoom - 12.5) / 2.5)));
    context.save();
    context.transform(scale, 0, 0, -scale, (origin[0] - frame.x) * scale, (frame.y - origin[1]) * scale);
    context.lineJoin = "round";
    for (const layer of layers) {
      const path = paths[layer];
      const style = layer === "zones" ? zoneStyle() : STYLE[layer];
      const covered = scene.tilesOn && layer !== "zones" && layer !== "boundary";
      if (!path || covered || zoom < (style.fromZoom ?? 0)) continue;
      if (style.fill) {
        context.fillStyle = style.fill;
        context.fill(path);
      } else {
        context.strokeStyle = style.line;
        context.lineWidth = style.width * (layer === "zones" ? 1 : thick) / scale;
        context.setLineDash((style.dash ?? []).map((length) => length / scale));
        context.stroke(path);
      }
    }
    context.restore();
  };
  var drawLabels = (map, zones) => (context, frame) => {
    const size = map.getSize();
    const left = (frame.width - size.x) / 2, top = (frame.height - size.y) / 2;
    const stage = map.getContainer().getBoundingClientRect();
    const covers = [
      ...document.querySelectorAll(
        "#stage .legend, #stage .zoom, #stage .tiles, #stage .credit, .leaflet-control, .swipe-names span"
      )
    ];
    const taken = covers.map((element) => element.getBoundingClientRect()).filter((box) => box.width).map((box) => ({
      x: left + (box.left + box.right) / 2 - stage.left,
      y: top + (box.top + box.bottom) / 2 - stage.top,
      wide: box.width / 2,
      high: box.height / 2
    }));
    const on2 = ([x, y]) => ({ x: (x - frame.x) * frame.scale, y: (frame.y - y) * frame.scale });
    for (const district of page.config.districts ?? []) taken.push({ ...on2(district.at), wide: 16, high: 16 });
    for (const place of scene.marked()) taken.push({ ...on2(place), wide: 7, high: 7 });
    const px = parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--small")) || 12;
    context.font = `500 ${px + 0.5}px ${getComputedStyle(document.body).fontFamily}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    const high = px * 0.7;
    for (const zone of zones) {
      const text = zone.label.length > 24 ? `${zone.label.slice(0, 23)}…` : zone.label;
      const at2 = on2(zone.at);
      const wide = context.measureText(text).width / 2 + 3;
      const free = ({ x, y }) => x - wide > left && x + wide < left + size.x && y - high > top && y + high < top + size.y && taken.every((box) => Math.abs(box.x - x) > box.wide + wide || Math.abs(box.y - y) > box.high + high);
      const place = [0, 1.2, -1.2, 2.2, -2.2].map((lines) => ({ x: at2.x, y: at2.y + lines * px })).find(free);
      if (!place) continue;
      taken.push({ ...place, wide, high });
      context.strokeStyle = "rgba(255,255,255,0.9)";
      context.lineWidth = 3;
      context.strokeText(text, place.x, place.y);
      context.fillStyle = "#3d4650";
      context.fillText(text, place.x, place.y);
    }
  };

  // map/tiles.js
  var layTiles = (map, stage) => {
    const { url, max_zoom: maxNativeZoom } = page.config.tiles;
    const place = h("div", { class: "tiles" });
    stage.append(place);
    let layer = null, failed = false;
    const tell = () => place.querySelector("small")?.replaceChildren(t(failed ? "tiles.failed" : "tiles.note"));
    const change = (on2) => {
      scene.tilesOn = on2;
      failed = false;
      layer ??= L.tileLayer(url, { maxNativeZoom, maxZoom: map.options.maxZoom }).on("tileerror", () => {
        failed = true;
        tell();
      }).on("tileload", () => {
        failed = false;
        tell();
      });
      if (on2) layer.addTo(map);
      else layer.remove();
      scene.backdrop.forEach((drawn) => drawn.paint());
      render();
    };
    onRender(() => {
      replaceParts(
        place,
        h(
          "label",
          {},
          h("input", {
            id: "tiles",
            type: "checkbox",
            checked: scene.tilesOn,
            onchange: (event) => change(event.target.checked)
          }),
          ` ${t("tiles")}`
        ),
        h("small", { role: "status" })
      );
      tell();
    });
  };

  // ui/shell.js
  var drawShell = () => {
    const map = scene.map;
    const small = parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--small"));
    L.control.scale({ imperial: false, position: "bottomright", maxWidth: 12 * small }).addTo(map);
    const north = new L.Control({ position: "bottomright" });
    north.onAdd = () => h(
      "div",
      { class: "north", "aria-hidden": "true" },
      h(
        "svg",
        { viewBox: "0 0 20 26", width: 18, height: 24 },
        h("path", { d: "M10 1 L16 17 L10 13.5 L4 17 Z", fill: "#3d4650" }),
        h(
          "text",
          { x: 10, y: 25.5, "text-anchor": "middle", "font-size": 9, "font-weight": 700, fill: "#3d4650" },
          "N"
        )
      )
    );
    north.addTo(map);
    const stage = document.getElementById("stage");
    const zoom = h("div", { class: "zoom" });
    const legend = h("section", { class: "legend", id: "legend" });
    const credit = h("div", { class: "credit" });
    stage.append(zoom, legend, credit);
    new ResizeObserver(() => {
      document.documentElement.style.setProperty("--credit", `${credit.offsetHeight}px`);
      settle();
    }).observe(credit);
    if (page.config.tiles) layTiles(map, stage);
    onRender(() => {
      drawHead();
      const button = (label, sign, act) => h("button", { type: "button", title: label, "aria-label": label, onclick: act }, sign);
      replaceParts(
        zoom,
        button(t("zoom.in"), "+", () => map.zoomIn()),
        button(t("zoom.out"), "−", () => map.zoomOut()),
        button(t("zoom.home"), "⌂", home)
      );
      const holders = [credits(), scene.tilesOn ? page.config.tiles.attribution : null, "Leaflet"].filter(Boolean);
      replaceParts(credit, h("span", {}, `${t("credit")}: ${holders.join(" · ")}`));
      document.getElementById("left").setAttribute("aria-label", t("aria.left"));
      document.getElementById("right").setAttribute("aria-label", t("aria.right"));
      document.getElementById("stage").setAttribute("aria-label", t("aria.map"));
    });
  };
  var drawHead = () => {
    const { region } = page.config;
    const title = `${localised(region.name)} · ${t(`title.${page.config.page}`)}`;
    document.title = title;
    const language = (code, label) => h(
      "button",
      { type: "button", lang: code, "aria-pressed": String(page.language === code), onclick: () => setLanguage(code) },
      label
    );
    replaceParts(
      document.getElementById("head"),
      h("span", { class: "brand" }, h("b", { lang: "ko" }, "거점"), " Geojeom"),
      h("h1", {}, bdi(localised(region.name)), h("span", {}, t(`title.${page.config.page}`))),
      region.synthetic && h("span", { class: "synthetic", role: "note" }, t("synthetic")),
      (page.config.sources?.warnings ?? []).length > 0 && h(
        "button",
        {
          type: "button",
          class: "synthetic",
          id: "warned",
          title: page.config.sources.warnings.map(localised).join("\n"),
          onclick: openData
        },
        t("data.warned")
      ),
      h("span", { class: "gap" }),
      (page.headButtons ?? []).map(
        ([key, act]) => h("button", { type: "button", class: "action", onclick: act }, t(key))
      ),
      h("button", { type: "button", class: "action", id: "open-data", onclick: openData }, t("data.open")),
      h(
        "div",
        { class: "language", role: "group", "aria-label": t("language") },
        language("ko", "한국어"),
        language("en", "English")
      )
    );
  };

  // ui/start.js
  var startMap = async (map, open) => {
    if (!begin("stage")) return;
    scene.map = map;
    const asked = (page.state.at ?? "").split("_").map(Number);
    await layGround(map);
    drawShell();
    await open(map);
    onRender(relabel);
    render();
    home();
    lookAt(asked);
    document.documentElement.dataset.ready = "true";
  };
  var whenMapStands = (open) => document.addEventListener("geojeom:map", (event) => startMap(event.detail, open), {
    once: true
  });

  // node_modules/d3-array/dist/d3-array.mjs
  function ascending(a, b) {
    return a == null || b == null ? NaN : a < b ? -1 : a > b ? 1 : a >= b ? 0 : NaN;
  }
  function descending(a, b) {
    return a == null || b == null ? NaN : b < a ? -1 : b > a ? 1 : b >= a ? 0 : NaN;
  }
  function bisector(f) {
    let compare1, compare2, delta;
    if (f.length !== 2) {
      compare1 = ascending;
      compare2 = (d, x) => ascending(f(d), x);
      delta = (d, x) => f(d) - x;
    } else {
      compare1 = f === ascending || f === descending ? f : zero;
      compare2 = f;
      delta = f;
    }
    function left(a, x, lo = 0, hi = a.length) {
      if (lo < hi) {
        if (compare1(x, x) !== 0) return hi;
        do {
          const mid = lo + hi >>> 1;
          if (compare2(a[mid], x) < 0) lo = mid + 1;
          else hi = mid;
        } while (lo < hi);
      }
      return lo;
    }
    function right(a, x, lo = 0, hi = a.length) {
      if (lo < hi) {
        if (compare1(x, x) !== 0) return hi;
        do {
          const mid = lo + hi >>> 1;
          if (compare2(a[mid], x) <= 0) lo = mid + 1;
          else hi = mid;
        } while (lo < hi);
      }
      return lo;
    }
    function center(a, x, lo = 0, hi = a.length) {
      const i = left(a, x, lo, hi - 1);
      return i > lo && delta(a[i - 1], x) > -delta(a[i], x) ? i - 1 : i;
    }
    return { left, center, right };
  }
  function zero() {
    return 0;
  }
  function number(x) {
    return x === null ? NaN : +x;
  }
  var ascendingBisect = bisector(ascending);
  var bisectRight = ascendingBisect.right;
  var bisectLeft = ascendingBisect.left;
  var bisectCenter = bisector(number).center;
  var blur2 = Blur2(blurf);
  var blurImage = Blur2(blurfImage);
  function Blur2(blur) {
    return function(data, rx, ry = rx) {
      if (!((rx = +rx) >= 0)) throw new RangeError("invalid rx");
      if (!((ry = +ry) >= 0)) throw new RangeError("invalid ry");
      let { data: values, width, height } = data;
      if (!((width = Math.floor(width)) >= 0)) throw new RangeError("invalid width");
      if (!((height = Math.floor(height !== void 0 ? height : values.length / width)) >= 0)) throw new RangeError("invalid height");
      if (!width || !height || !rx && !ry) return data;
      const blurx = rx && blur(rx);
      const blury = ry && blur(ry);
      const temp = values.slice();
      if (blurx && blury) {
        blurh(blurx, temp, values, width, height);
        blurh(blurx, values, temp, width, height);
        blurh(blurx, temp, values, width, height);
        blurv(blury, values, temp, width, height);
        blurv(blury, temp, values, width, height);
        blurv(blury, values, temp, width, height);
      } else if (blurx) {
        blurh(blurx, values, temp, width, height);
        blurh(blurx, temp, values, width, height);
        blurh(blurx, values, temp, width, height);
      } else if (blury) {
        blurv(blury, values, temp, width, height);
        blurv(blury, temp, values, width, height);
        blurv(blury, values, temp, width, height);
      }
      return data;
    };
  }
  function blurh(blur, T, S, w, h2) {
    for (let y = 0, n = w * h2; y < n; ) {
      blur(T, S, y, y += w, 1);
    }
  }
  function blurv(blur, T, S, w, h2) {
    for (let x = 0, n = w * h2; x < w; ++x) {
      blur(T, S, x, x + n, w);
    }
  }
  function blurfImage(radius) {
    const blur = blurf(radius);
    return (T, S, start, stop, step) => {
      start <<= 2, stop <<= 2, step <<= 2;
      blur(T, S, start + 0, stop + 0, step);
      blur(T, S, start + 1, stop + 1, step);
      blur(T, S, start + 2, stop + 2, step);
      blur(T, S, start + 3, stop + 3, step);
    };
  }
  function blurf(radius) {
    const radius0 = Math.floor(radius);
    if (radius0 === radius) return bluri(radius);
    const t2 = radius - radius0;
    const w = 2 * radius + 1;
    return (T, S, start, stop, step) => {
      if (!((stop -= step) >= start)) return;
      let sum = radius0 * S[start];
      const s0 = step * radius0;
      const s1 = s0 + step;
      for (let i = start, j = start + s0; i < j; i += step) {
        sum += S[Math.min(stop, i)];
      }
      for (let i = start, j = stop; i <= j; i += step) {
        sum += S[Math.min(stop, i + s0)];
        T[i] = (sum + t2 * (S[Math.max(start, i - s1)] + S[Math.min(stop, i + s1)])) / w;
        sum -= S[Math.max(start, i - s0)];
      }
    };
  }
  function bluri(radius) {
    const w = 2 * radius + 1;
    return (T, S, start, stop, step) => {
      if (!((stop -= step) >= start)) return;
      let sum = radius * S[start];
      const s = step * radius;
      for (let i = start, j = start + s; i < j; i += step) {
        sum += S[Math.min(stop, i)];
      }
      for (let i = start, j = stop; i <= j; i += step) {
        sum += S[Math.min(stop, i + s)];
        T[i] = sum / w;
        sum -= S[Math.max(start, i - s)];
      }
    };
  }
  var array = Array.prototype;
  var slice = array.slice;
  var e10 = Math.sqrt(50);
  var e5 = Math.sqrt(10);
  var e2 = Math.sqrt(2);
  function tickSpec(start, stop, count) {
    const step = (stop - start) / Math.max(0, count), power = Math.floor(Math.log10(step)), error = step / Math.pow(10, power), factor = error >= e10 ? 10 : error >= e5 ? 5 : error >= e2 ? 2 : 1;
    let i1, i2, inc;
    if (power < 0) {
      inc = Math.pow(10, -power) / factor;
      i1 = Math.round(start * inc);
      i2 = Math.round(stop * inc);
      if (i1 / inc < start) ++i1;
      if (i2 / inc > stop) --i2;
      inc = -inc;
    } else {
      inc = Math.pow(10, power) * factor;
      i1 = Math.round(start / inc);
      i2 = Math.round(stop / inc);
      if (i1 * inc < start) ++i1;
      if (i2 * inc > stop) --i2;
    }
    if (i2 < i1 && 0.5 <= count && count < 2) return tickSpec(start, stop, count * 2);
    return [i1, i2, inc];
  }
  function ticks(start, stop, count) {
    stop = +stop, start = +start, count = +count;
    if (!(count > 0)) return [];
    if (start === stop) return [start];
    const reverse = stop < start, [i1, i2, inc] = reverse ? tickSpec(stop, start, count) : tickSpec(start, stop, count);
    if (!(i2 >= i1)) return [];
    const n = i2 - i1 + 1, ticks2 = new Array(n);
    if (reverse) {
      if (inc < 0) for (let i = 0; i < n; ++i) ticks2[i] = (i2 - i) / -inc;
      else for (let i = 0; i < n; ++i) ticks2[i] = (i2 - i) * inc;
    } else {
      if (inc < 0) for (let i = 0; i < n; ++i) ticks2[i] = (i1 + i) / -inc;
      else for (let i = 0; i < n; ++i) ticks2[i] = (i1 + i) * inc;
    }
    return ticks2;
  }
  function tickIncrement(start, stop, count) {
    stop = +stop, start = +start, count = +count;
    return tickSpec(start, stop, count)[2];
  }
  function nice(start, stop, count) {
    let prestep;
    while (true) {
      const step = tickIncrement(start, stop, count);
      if (step === prestep || step === 0 || !isFinite(step)) {
        return [start, stop];
      } else if (step > 0) {
        const i = Math.ceil(start / step);
        const j = Math.floor(stop / step);
        start = (i - (i * step > start)) * step;
        stop = (j + (j * step < stop)) * step;
      } else if (step < 0) {
        const s = -step;
        const i = Math.ceil(start * s);
        const j = Math.floor(stop * s);
        start = (i - (i / s > start)) / s;
        stop = (j + (j / s < stop)) / s;
      }
      prestep = step;
    }
  }
  var shuffle = shuffler(Math.random);
  function shuffler(random) {
    return function shuffle2(array2, i0 = 0, i1 = array2.length) {
      let m = i1 - (i0 = +i0);
      while (m) {
        const i = random() * m-- | 0, t2 = array2[m + i0];
        array2[m + i0] = array2[i + i0];
        array2[i + i0] = t2;
      }
      return array2;
    };
  }

  // ui/bands.js
  var CHART = { width: 344, height: 118, left: 46, right: 8, top: 8, bottom: 18 };
  var axisFor = (most) => {
    const end = nice(0, Math.max(most, 2), 2)[1];
    return { end, marks: ticks(0, end, 2) };
  };
  var compact = (value) => {
    if (page.language === "ko" && value >= 1e4) return `${formatNumber(value / 1e4, 1)}만`;
    return value >= 1e3 && page.language !== "ko" ? `${formatNumber(value / 1e3, 1)}k` : formatNumber(value);
  };
  var rangeText = (low, high, say = formatNumber) => page.config.ranged ? `${say(low)}–${high === null ? "…" : say(high)}` : "–";
  var bandNote = () => t(page.config.ranged ? "chart.band" : "chart.few", { n: page.config.worlds, least: page.config.worldsOfARange });
  var bandChart = (lines, label, attributes = {}) => {
    const { width, height, left, right, top, bottom } = CHART;
    const { months: months2 } = page.config;
    const { end, marks: marks2 } = axisFor(Math.max(...lines.map((line) => Math.max(...line.high ?? line.mid))));
    const x = (month) => left + month / months2 * (width - left - right);
    const y = (value) => height - bottom - value / end * (height - top - bottom);
    const path = (values) => values.map((value, month) => `${month ? "L" : "M"}${x(month).toFixed(1)} ${y(value).toFixed(1)}`).join("");
    const [year] = page.config.start.split("-").map(Number);
    const every = months2 / 12 > 12 ? 5 : 2;
    return h(
      "svg",
      { viewBox: `0 0 ${width} ${height}`, class: "chart", role: "img", "aria-label": label, ...attributes },
      marks2.map((value) => [
        h("line", { x1: left, x2: width - right, y1: y(value), y2: y(value), class: "grid" }),
        h("text", { x: left - 5, y: y(value) + 3.5, "text-anchor": "end" }, compact(value))
      ]),
      Array.from({ length: Math.floor(months2 / 12 / every) + 1 }, (_, k) => k * every).map(
        (k) => h("text", { x: x(k * 12), y: height - 5, "text-anchor": k * 12 >= months2 ? "end" : "middle" }, String(year + k))
      ),
      lines.map((line, which) => [
        line.high && h("path", {
          d: `${path(line.high)}L${[...line.low].map((v, m) => [v, m]).reverse().map(([v, m]) => `${x(m).toFixed(1)} ${y(v).toFixed(1)}`).join("L")}Z`,
          fill: SERIES[which],
          "fill-opacity": 0.18
        }),
        h("path", { d: path(line.mid), fill: "none", stroke: SERIES[which], "stroke-width": 1.8 })
      ]),
      h("line", { class: "cursor", y1: top, y2: height - bottom })
    );
  };

  // diffusion/store.js
  var store = { month: 0, playing: null, frame: {}, split: 0.5, hubs: [] };
  var monthName = (month) => {
    const [year, first] = page.config.start.split("-").map(Number);
    const at2 = new Date(Date.UTC(year, first - 1 + month, 1));
    const name = page.language === "ko" ? at2.getUTCMonth() + 1 : new Intl.DateTimeFormat("en-GB", { month: "short", timeZone: "UTC" }).format(at2);
    return t("month.text", { year: at2.getUTCFullYear(), month: name });
  };
  var asOf = (month) => monthName(Math.max(month - 1, 0));
  var frameOf = (which) => {
    if (store.statistic === "mean") return store.monthly[which][store.month];
    return store.yearly[which][page.config.quantiles.map(String).indexOf(store.statistic)][Math.floor(store.month / 12)];
  };
  var clipped = (name, most = 36) => {
    const letters = [...asWritten(name)];
    let room = most;
    const end = letters.findIndex((letter) => (room -= /[\u1100-\uffff]/.test(letter) ? 2 : 1) < 0);
    return isolated(end < 0 ? letters.join("") : `${letters.slice(0, end - 1).join("")}…`);
  };
  var HUB = ["#c2185b", "#6d4c9f"];
  var person = () => page.language === "ko" ? "명" : "";
  var planOf = (scenario = store.scenario) => page.config.openings[scenario].filter((opening) => opening.service === page.config.services[store.service].id);
  var heading = (k) => store.scenarios.length > 1 && h("h3", {}, bdi(clipped(page.config.scenarios[k].name, 40)));

  // diffusion/chart.js
  var drawChart = () => {
    const parts2 = ["inside", "outside"].map((where) => [
      h("h3", {}, `${t(`chart.${where}`)} (${t("person")})`),
      panel(where)
    ]);
    const key = store.scenarios.length > 1 ? h(
      "p",
      { class: "keys" },
      store.scenarios.map(
        (k, which) => h(
          "span",
          {},
          h("i", { style: { background: SERIES[which] } }),
          bdi(clipped(page.config.scenarios[k].name))
        )
      )
    ) : null;
    const service = page.config.services[store.service];
    replaceParts(
      document.getElementById("chart"),
      h("h2", {}, `${t("chart.title")} · ${localised(service.name)}`),
      key,
      parts2,
      h("p", { class: "note" }, bandNote())
    );
    moveCursor();
  };
  var panel = (where) => {
    const lines = store.scenarios.map((k) => page.config.series[k][store.service][where]);
    const svg = bandChart(lines, `${t("chart.title")}, ${t(`chart.${where}`)}`, { "data-where": where });
    const { width, left, right } = CHART;
    const pick = (event) => {
      const box = svg.getBoundingClientRect();
      const place = (event.clientX - box.left) / box.width * width;
      emit("month", Math.round((place - left) / (width - left - right) * page.config.months));
    };
    svg.addEventListener("pointerdown", pick);
    svg.addEventListener("pointermove", (event) => event.buttons && pick(event));
    return svg;
  };
  var moveCursor = () => {
    const { width, left, right } = CHART;
    const place = left + store.month / page.config.months * (width - left - right);
    for (const line of document.querySelectorAll("#chart .cursor")) {
      line.setAttribute("x1", String(place));
      line.setAttribute("x2", String(place));
    }
    const rows = store.scenarios.flatMap(
      (k) => ["inside", "outside"].map((where) => {
        const line = page.config.series[k][store.service][where];
        const mid = line.mid[store.month];
        const name = t(`chart.${where}`);
        return [
          {
            text: store.scenarios.length > 1 ? [name, h("small", {}, bdi(clipped(page.config.scenarios[k].name)))] : name,
            head: true
          },
          { text: formatNumber(mid), class: "number" },
          { text: rangeText(line.low?.[store.month], line.high?.[store.month]), class: "number" },
          { text: line.potential ? formatPercent(mid / line.potential) : "–", class: "number" }
        ];
      })
    );
    replaceParts(
      document.getElementById("now"),
      h("h2", {}, t("chart.at", { date: asOf(store.month) })),
      makeTable(
        [
          t("now.place"),
          { text: `${t("now.median")} (${t("person")})`, class: "number" },
          { text: t("now.band"), class: "number" },
          { text: t("now.reach"), class: "number" }
        ],
        rows,
        { id: "totals" }
      )
    );
  };
  var openZones = () => {
    store.openZones ??= makeDialog("zones", "zones.title", () => {
      const { zones, services, scenarios } = page.config;
      const names = [...zones.map((zone) => zone.name), t("zones.none")];
      const years = Array.from({ length: Math.floor(page.config.months / 12) + 1 }, (_, k) => k * 12).filter(
        (month) => month % 24 === 0 || month === page.config.months
      );
      const dates = [.../* @__PURE__ */ new Set([...years, store.month])].sort((a, b) => a - b);
      const shade = (month) => month === store.month ? "number now" : "number";
      return store.scenarios.map((k, which) => {
        const table = store.zones[which];
        const shown = table.map((series, zone) => ({ series, zone })).filter(({ series }) => series.at(-1) > 0).sort((a, b) => b.series[store.month] - a.series[store.month] || a.zone - b.zone);
        return [
          h(
            "h3",
            {},
            bdi(scenarios[k].name),
            ` · ${localised(services[store.service].name)} · ${t("statistic.mean")} · ${t("person")}`
          ),
          makeTable(
            [zoneWord(), ...dates.map((month) => ({ text: asOf(month), class: shade(month) }))],
            shown.map(({ series, zone }) => [
              { text: bdi(names[zone]), head: true },
              ...dates.map((month) => ({ text: formatNumber(series[month]), class: shade(month) }))
            ]),
            { class: "wide" }
          )
        ];
      });
    });
    store.openZones();
  };

  // diffusion/frames.js
  var DECODED = /* @__PURE__ */ new Map();
  var once = (key, make) => {
    if (!DECODED.has(key)) DECODED.set(key, make());
    return DECODED.get(key);
  };
  var monthlyFrames = (scenario, service) => once(
    `frames-${scenario}-${service}`,
    async () => decodeFrames(await readBlob(`frames-${scenario}-${service}`), page.config.months + 1)
  );
  var yearlyFrames = (scenario, service) => once(`bands-${scenario}-${service}`, async () => {
    const years = page.config.months / 12 + 1;
    const frames = decodeFrames(await readBlob(`bands-${scenario}-${service}`), years * page.config.quantiles.length);
    return page.config.quantiles.map((_, q) => frames.slice(q * years, (q + 1) * years));
  });
  var potentialOf = (service) => once(`potential-${service}`, async () => Float32Array.from(varints(await readBlob(`potential-${service}`))));
  var zoneSeries = (scenario, service) => once(`zones-${scenario}-${service}`, async () => {
    const steps = varints(await readBlob(`zones-${scenario}-${service}`));
    const months2 = page.config.months + 1;
    return Array.from(
      { length: steps.length / months2 },
      (_, zone) => cumulated(steps.subarray(zone * months2, (zone + 1) * months2))
    );
  });

  // diffusion/hover.js
  var hover = (latlng) => {
    const box = document.getElementById("hover");
    box.classList.toggle("two", store.scenarios.length > 1);
    const row = latlng ? cellUnder(latlng) : -1;
    const cell = row >= 0 ? store.ofGrid[row] : -1;
    if (row < 0) return replaceParts(box, h("span", { class: "note" }, t("hover.none")));
    const zone = page.config.zones[scene.cells.zone[row]];
    const facts = [
      [t("hover.cell"), store.codes[row]],
      [zoneWord(), zone ? bdi(clipped(zone.name)) : t("zones.none")]
    ];
    if (cell < 0 || !store.potential[cell]) facts.push(["", t("hover.outside")]);
    else {
      const people = store.potential[cell];
      facts.push([t("hover.potential"), `${formatNumber(people)}${person()}`]);
      store.scenarios.forEach((k, which) => {
        const share = SHARE_OF_CODE[frameOf(which)[cell]];
        const prefix = store.scenarios.length > 1 ? `${clipped(page.config.scenarios[k].name, 16)} · ` : "";
        const bands = store.yearly[which].map(
          (years) => SHARE_OF_CODE[years[Math.floor(store.month / 12)][cell]] * people
        );
        facts.push([
          `${prefix}${t("hover.adopters")}`,
          `${formatNumber(share * people, 1)}${person()} (${formatPercent(share)})`
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
        facts.map(([name, value]) => h("div", {}, name ? h("dt", {}, name) : null, h("dd", {}, value)))
      )
    );
  };

  // diffusion/paint.js
  var NOBODY_COLOUR = 0;
  var POINTS = { share: [0.01, 0.05, 0.15, 0.3], adopters: [1, 5, 20, 60] };
  var coloursOf = (frame) => {
    if (store.mode === "difference") {
      const [a, b] = [frameOf(0), frameOf(1)];
      const breaks = POINTS[store.measure];
      const palette = DIVERGING.map((hex) => rgba(hex));
      store.cell.forEach((row, cell) => {
        const size = store.measure === "share" ? 1 : store.potential[cell];
        const gap = (SHARE_OF_CODE[a[cell]] - SHARE_OF_CODE[b[cell]]) * size;
        const step = classOf(Math.abs(gap), breaks);
        store.colours[0][row] = store.potential[cell] && (a[cell] || b[cell]) ? palette[4 + Math.sign(gap) * step] : NOBODY_COLOUR;
      });
      return [store.colours[0]];
    }
    store.scenarios.forEach((_, which) => paintCells(store.colours[which], frameOf(which)));
    return store.mode === "swipe" ? [store.colours[0], store.colours[1], swipeEdge(frame)] : [store.colours[0]];
  };
  var paintCells = (colours, frame) => {
    const breaks = page.config.breaks[store.measure];
    const palette = ramp(breaks.length + 1).map((hex) => rgba(hex));
    if (store.measure === "share") {
      const ofCode = Uint32Array.from(
        SHARE_OF_CODE,
        (share, code) => code ? palette[classOf(share, breaks)] : NOBODY_COLOUR
      );
      for (let cell = 0; cell < frame.length; cell++) colours[store.cell[cell]] = ofCode[frame[cell]];
      return;
    }
    for (let cell = 0; cell < frame.length; cell++) {
      colours[store.cell[cell]] = frame[cell] ? palette[classOf(SHARE_OF_CODE[frame[cell]] * store.potential[cell], breaks)] : NOBODY_COLOUR;
    }
  };
  var swipeEdge = (frame) => {
    const size = scene.map.getSize();
    return store.split * size.x + (frame.width - size.x) / 2;
  };

  // diffusion/plan.js
  var PLAN = { marks: /* @__PURE__ */ new Map() };
  var drawOpenings = () => {
    const all = store.scenarios.flatMap((k) => planOf(k));
    const open = all.filter((opening) => opening.month <= store.month);
    drawSites();
    const line = (opening) => {
      const waits = opening.works === null ? t("openings.never") : opening.works > opening.month ? t("openings.works", { date: monthName(opening.works) }) : null;
      const zone = page.config.zones[opening.zone];
      return h(
        "li",
        { class: opening.month <= store.month ? "done" : "" },
        h("span", { class: "when" }, monthName(opening.month)),
        h(
          "span",
          {},
          h("i", { class: `site ${siteClass(opening, opening.month <= store.month)}`, "aria-hidden": "true" }),
          zone ? bdi(clipped(zone.label), zone.name) : "",
          ` · ${units(opening)}`,
          waits ? h("small", {}, waits) : null
        )
      );
    };
    const key = `${store.scenarios.join("+")}/${store.service}/${page.language}/${open.length}/${all.filter((o) => o.works !== null && o.works <= store.month).length}`;
    if (PLAN.drawn === key) return;
    PLAN.drawn = key;
    const lists = store.scenarios.map((k) => [
      heading(k),
      planOf(k).length ? h("ol", { class: "openings" }, gathered(planOf(k)).map(line)) : h("p", { class: "note" }, t("openings.none"))
    ]);
    replaceParts(
      document.getElementById("openings"),
      h(
        "h2",
        {},
        t("openings.title"),
        h("span", { class: "count" }, t("openings.count", { done: open.length, all: all.length }))
      ),
      lists,
      [...new Set(store.scenarios.map((k) => localised(page.config.plans[k])))].map(
        (label) => h("p", { class: "note" }, bdi(label))
      ),
      store.scenarios.filter((k) => page.config.scaledDown[k]).map(
        (k) => h("p", { class: "note" }, bdi(clipped(page.config.scenarios[k].name)), ": ", bdi(page.config.scaledDown[k]))
      )
    );
  };
  var gathered = (openings) => {
    const groups = /* @__PURE__ */ new Map();
    for (const opening of openings) {
      const key = `${opening.month}/${opening.part}/${opening.zone}/${opening.works}`;
      const group = groups.get(key);
      if (group) group.units += opening.units;
      else groups.set(key, { ...opening });
    }
    return [...groups.values()];
  };
  var units = (opening) => formatUnits(opening.units, localised(page.config.built[opening.service].unit));
  var siteClass = (opening, open) => !open ? "later" : opening.works === null || opening.works > store.month ? "waiting" : opening.part === "in_district" ? "inside" : "outside";
  var drawSites = () => {
    const wanted = new Map(
      store.scenarios.flatMap(
        (k, which) => planOf(k).filter((opening) => opening.month <= store.month).map((opening) => [
          opening,
          { which, kind: `${siteClass(opening, true)}${which && store.mode !== "swipe" ? " second" : ""}` }
        ])
      )
    );
    for (const [opening, { mark, kind, which }] of PLAN.marks) {
      const now = wanted.get(opening);
      if (now?.kind === kind && now.which === which) wanted.delete(opening);
      else {
        mark.remove();
        PLAN.marks.delete(opening);
      }
    }
    for (const [opening, { kind, which }] of wanted) {
      const icon = L.divIcon({ className: "mark", html: h("i", { class: `site ${kind}` }), iconSize: [18, 18] });
      const mark = L.marker(toLatLng(...opening.at), { icon, keyboard: false, pane: `sites-${which}` }).addTo(scene.map);
      mark.bindTooltip(() => siteTip(opening), { direction: "top", offset: [0, -6] });
      PLAN.marks.set(opening, { mark, kind, which });
    }
  };
  var layMarks = (map) => {
    for (const which of [0, 1]) map.createPane(`sites-${which}`).style.zIndex = 600 - which;
    const size = () => {
      const small = parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--small"));
      PLAN.px = Math.min(12, Math.max(7, 10 + 1.5 * (map.getZoom() - 12.5))) * small / 11.5;
      map.getContainer().style.setProperty("--site", `${PLAN.px}px`);
    };
    size();
    map.on("zoomend", size);
    map.on("move zoomend resize", cutMarks);
  };
  var cutMarks = () => {
    const size = scene.map.getSize();
    const from = scene.map.containerPointToLayerPoint([0, 0]), to = from.add(size);
    const edge = from.x + store.split * size.x;
    [
      [from.x, edge],
      [edge, to.x]
    ].forEach(([left, right], which) => {
      scene.map.getPane(`sites-${which}`).style.clipPath = store.mode !== "swipe" ? "" : `polygon(${[
        [left, from.y],
        [right, from.y],
        [right, to.y],
        [left, to.y]
      ].map(([x, y]) => `${x}px ${y}px`).join(", ")})`;
    });
  };
  var marks = () => (page.config.services.length ? store.scenarios ?? [] : []).flatMap((k) => planOf(k).map((opening) => opening.at));
  var markKey = () => {
    const all = store.scenarios.flatMap((k) => planOf(k));
    const kinds = [
      ["inside", all.some((o) => o.part === "in_district")],
      ["outside", all.some((o) => o.part !== "in_district")],
      ["waiting", all.some((o) => o.works === null || o.works > o.month)]
    ].filter(([, is]) => is).map(([kind]) => [kind, t(`legend.${kind}`)]);
    if (store.mode === "difference")
      kinds.push(["outside second", t("legend.second", { name: clipped(page.config.scenarios[store.second].name) })]);
    return kinds.length > 0 && h(
      "ul",
      { class: "marks" },
      kinds.map(
        ([kind, label]) => h("li", {}, h("i", { class: `site ${kind}`, "aria-hidden": "true" }), h("span", {}, bdi(label)))
      )
    );
  };
  var siteTip = (opening) => {
    const payers = page.config.payers.filter((payer) => opening[`${payer}_krw`] > 0).map((payer) => `${t(`money.${payer}`)} ${formatMoney(opening[`${payer}_krw`])}`);
    const zone = page.config.zones[opening.zone];
    return h(
      "div",
      {},
      h("b", {}, bdi(localised(page.config.built[opening.service].name))),
      h("div", {}, `${monthName(opening.month)} · ${units(opening)}`),
      zone ? h("div", {}, bdi(clipped(zone.name))) : null,
      h("div", {}, `${formatMoney(opening.capex_krw)}${payers.length ? ` (${payers.join(", ")})` : ""}`),
      opening.works === null ? h("small", {}, t("openings.never")) : opening.works > opening.month ? h("small", {}, t("openings.works", { date: monthName(opening.works) })) : null
    );
  };

  // diffusion/legend.js
  var drawLegend = () => {
    const figure3 = (value) => formatNumber(store.measure === "share" ? value * 100 : value);
    const hubs = store.scenarios.map((k, which) => ({
      line: true,
      colour: HUB[which],
      dash: which ? "6 4" : null,
      label: store.scenarios.length > 1 ? bdi(clipped(page.config.scenarios[k].name)) : t("legend.hub")
    }));
    const differs = store.mode === "difference";
    const steps = POINTS[store.measure].map(figure3);
    const strip = differs ? makeStrip(
      t(`legend.difference.${store.measure}`),
      DIVERGING,
      [...steps.map((step) => `−${step}`).reverse(), ...steps.map((step) => `+${step}`)],
      hubs
    ) : makeStrip(
      t(`legend.${store.measure}`),
      ramp(page.config.breaks[store.measure].length + 1),
      page.config.breaks[store.measure].map(figure3),
      hubs
    );
    replaceParts(document.getElementById("legend"), strip, markKey());
    settle();
    const notes = differs ? [t("legend.sign", { a: clipped(page.config.scenarios[store.scenario].name) })] : [t("legend.zero"), t("legend.fixed")];
    replaceParts(
      document.getElementById("reading"),
      notes.map((note) => h("p", { class: "note" }, note))
    );
  };
  var drawHubs = (map) => {
    store.hubs.forEach((layer) => layer.remove());
    store.hubs = store.scenarios.map(
      (k, which) => L.geoJSON(page.config.scenarios[k].geometry, {
        interactive: false,
        style: { color: HUB[which], weight: 2.5, dashArray: which ? "6 4" : null, fill: false }
      }).addTo(map)
    );
  };

  // ui/money.js
  var payersShown = () => page.config.payers;
  var sumCell = (krw) => ({
    text: krw ? formatNumber(krw / (page.language === "ko" ? 1e8 : 1e9), page.language === "ko" ? 1 : 2) : "–",
    class: "number"
  });
  var addedUp = (rows) => rows.reduce((total, row) => {
    for (const payer of [...payersShown().map((name) => `${name}_krw`), "opex_krw"])
      total[payer] = (total[payer] ?? 0) + (row[payer] ?? 0);
    return total;
  }, {});
  var builtSum = (row) => payersShown().reduce((total, payer) => total + (row[`${payer}_krw`] ?? 0), 0);
  var moneyHead = () => [
    t("money.year"),
    ...[...payersShown(), "total", "opex"].map((key) => ({ text: t(`money.${key}`), class: "number" }))
  ];
  var moneyCells = (sum) => [
    ...payersShown().map((payer) => sumCell(sum[`${payer}_krw`])),
    { ...sumCell(builtSum(sum)), class: "number strong" },
    sumCell(sum.opex_krw)
  ];
  var totalRow = (rows) => [
    { text: t("money.total"), head: true, class: "strong" },
    ...moneyCells(addedUp(rows)).map((cell) => ({ ...cell, class: "number strong" }))
  ];

  // diffusion/money.js
  var drawMoney = () => {
    replaceParts(
      document.getElementById("money"),
      h("h2", {}, t("money.title")),
      store.scenarios.map((k) => [heading(k), moneyOf(k)]),
      h("p", { class: "note" }, `${t("money.unit", { unit: t("unit.money") })} · ${t("money.note")}`)
    );
  };
  var moneyOf = (k) => {
    const { money: money2, programme } = page.config;
    const rowsOf = (part) => money2[k].filter((row) => row.part === part);
    const group = (part, title) => {
      const rows = rowsOf(part);
      if (!rows.length) return [];
      return [
        [{ text: title, head: true, class: "pillar", span: page.config.payers.length + 3 }],
        ...rows.map((row) => [{ text: String(row.year), head: true }, ...moneyCells(row)]),
        totalRow(rows)
      ];
    };
    return [
      h("p", { class: "note" }, programme ? ceilingText(addedUp(rowsOf("in_district"))) : t("programme.none")),
      makeTable(moneyHead(), [...group("in_district", t("money.in")), ...group("diffusion", t("money.out"))], {
        class: "money"
      })
    ];
  };
  var ceilingText = (sum) => {
    const { ceiling_krw: ceiling, national_share_max: most } = page.config.programme;
    const national = sum.national_krw ?? 0;
    const publicMoney = page.config.publicPayers.reduce((total, payer) => total + (sum[`${payer}_krw`] ?? 0), 0);
    return t("money.ceiling", {
      spent: formatMoney(publicMoney),
      ceiling: formatMoney(ceiling),
      share: publicMoney ? formatPercent(national / publicMoney, 0, most) : "–",
      max: formatStatedPercent(most)
    });
  };

  // diffusion/own.js
  var YEARS = [1, 2, 3, 4, 5, 10];
  var none = () => h("p", { class: "note" }, t("own.none"));
  var word = (list, id) => id ? localised(page.config.planWords[list][id]) : "";
  var months = (text) => {
    const [year, month] = text.split("-").map(Number);
    return 12 * year + month - 1;
  };
  var span = (plan, openings) => {
    const start = months(page.config.start);
    const dated = plan.schedule.flatMap((row) => [row.planned, row.actual].filter(Boolean).map(months));
    const all = [...dated, ...openings.map((opening) => start + opening.month)];
    return all.length ? [12 * Math.floor(Math.min(...all) / 12), 12 * (Math.floor(Math.max(...all) / 12) + 1)] : null;
  };
  var gantt = (plan, k) => {
    const openings = page.config.openings[k];
    const whole = span(plan, openings);
    if (!whole) return none();
    const [first, last] = whole;
    const start = months(page.config.start);
    const steps = plan.schedule.filter((row) => row.planned).map((row) => ({ label: word("step", row.step) || row.name, at: months(row.planned), done: row.actual }));
    const services = [...new Set(openings.map((opening) => opening.service))].map((id) => {
      const dates = openings.filter((opening) => opening.service === id).map((opening) => start + opening.month);
      return { label: localised(page.config.built[id].name), from: Math.min(...dates), to: Math.max(...dates) };
    });
    const rows = [...steps, ...services];
    const [left, width, line, top] = [190, 760, 22, 24];
    const x = (month) => left + (month - first) / (last - first) * (width - left - 10);
    const height = top + rows.length * line + 6;
    const years = [];
    for (let month = first; month < last; month += 12) years.push(month);
    return h(
      "svg",
      { class: "gantt", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": t("own.schedule") },
      years.map((month) => [
        h("line", { x1: x(month), x2: x(month), y1: top - 6, y2: height, class: "rule" }),
        h("text", { x: x(month) + 3, y: top - 10, class: "year" }, String(month / 12))
      ]),
      rows.map((row, number2) => {
        const y = top + number2 * line + line / 2;
        const label = h("text", { x: left - 8, y: y + 4, class: "label" }, row.label);
        if ("at" in row) {
          const size = 6;
          const d = `M${x(row.at) - size} ${y}l${size} ${-size}l${size} ${size}l${-size} ${size}z`;
          return [label, h("path", { d, class: row.done ? "step done" : "step" })];
        }
        return [
          label,
          h("rect", { x: x(row.from), y: y - 5, width: Math.max(x(row.to) - x(row.from), 3), height: 10, class: "bar" })
        ];
      })
    );
  };
  var roles = (plan) => plan.roles.length ? makeTable(
    [t("own.party"), t("own.name"), t("own.role"), t("own.service"), t("own.responsible")],
    plan.roles.map((row) => [
      word("party", row.party),
      bdi(row.name),
      bdi(row.role),
      row.service ? bdi(localised(row.service)) : t("own.all"),
      row.responsible ? "✓" : ""
    ])
  ) : none();
  var figure2 = (value) => value === null || value === void 0 ? "–" : formatNumber(value, Math.abs(value) < 100 ? 1 : 0);
  var band = ([low, middle, high]) => low === high ? figure2(middle) : `${figure2(middle)} (${figure2(low)}–${figure2(high)})`;
  var indicators = (plan) => plan.indicators.length ? makeTable(
    [t("own.indicator"), t("own.unit"), t("own.baseline"), ...YEARS.map((year) => t("own.year", { n: year }))],
    plan.indicators.flatMap((row) => {
      const named = row.service ? [bdi(row.name), h("small", {}, bdi(localised(row.service)))] : bdi(row.name);
      const targets = [
        { text: named, head: true },
        bdi(row.unit),
        figure2(row.baseline),
        ...row.targets.map((value) => ({ text: figure2(value), class: "number" }))
      ];
      const said2 = row.modelled ? [
        { text: t("own.modelled", { what: word("modelled", row.measure) }), class: "quiet" },
        "",
        "",
        ...YEARS.map((_, number2) => ({
          text: row.modelled[number2] ? band(row.modelled[number2]) : "",
          class: "number quiet"
        }))
      ] : [{ text: t("own.unmodelled"), class: "quiet", span: 3 + YEARS.length }];
      return [targets, said2];
    })
  ) : none();
  var problems = (plan) => plan.problems.length ? makeTable(
    [t("own.problem"), t("own.zone"), t("own.value"), t("own.answer"), t("own.indicator")],
    plan.problems.map((row) => [
      bdi(row.problem),
      bdi(row.zone ?? ""),
      row.value === null ? "" : `${figure2(row.value)} ${row.unit ?? ""}`,
      row.services.length ? bdi(row.services.map(localised).join(", ")) : t("own.unanswered"),
      bdi(row.indicator ?? "")
    ])
  ) : none();
  var parts = (plan, k) => [
    [t("own.schedule"), gantt(plan, k)],
    [t("own.indicators"), indicators(plan)],
    [t("own.problems"), problems(plan)],
    [t("own.roles"), roles(plan)]
  ];
  var hasOwn = () => page.config.ownPlans.some(Boolean);
  var openOwn = () => {
    store.openOwn ??= makeDialog("own", "own.title", () => {
      const shown = store.scenarios.filter((k) => page.config.ownPlans[k]);
      if (!shown.length) return h("p", { class: "note" }, t("own.template"));
      return shown.map((k) => [
        heading(k),
        parts(page.config.ownPlans[k], k).map(([title, part]) => h("section", {}, h("h3", {}, title), part))
      ]);
    });
    store.openOwn();
  };

  // diffusion/timeline.js
  var drawFoot = () => {
    const foot = document.getElementById("foot");
    store.play = h("button", { type: "button", class: "play", onclick: () => store.playing ? pause() : play() });
    store.slider = h("input", {
      type: "range",
      id: "month",
      min: 0,
      max: page.config.months,
      step: 1,
      value: store.month,
      oninput: (event) => at(Number(event.target.value))
    });
    store.label = h("output", { for: "month", class: "month" });
    store.ticks = h("div", { class: "ticks", "aria-hidden": "true" });
    store.hint = h("span", { class: "note" });
    foot.append(
      h("div", { id: "hover", class: "hover", "aria-live": "off" }),
      h(
        "div",
        { class: "time" },
        store.play,
        store.label,
        h("div", { class: "track-of-time" }, store.slider, store.ticks)
      )
    );
  };
  var labelFoot = () => {
    const { months: months2 } = page.config;
    const [year] = page.config.start.split("-").map(Number);
    store.slider.setAttribute("aria-label", t("month"));
    store.slider.title = t("month.hint");
    const marks2 = /* @__PURE__ */ new Set();
    const lines = planOf().map((opening) => opening.month).filter((month) => !marks2.has(month) && marks2.add(month)).map((month) => h("i", { style: { left: `${month / months2 * 100}%` } }));
    const years = Array.from(
      { length: Math.floor(months2 / 12) + 1 },
      (_, k) => h("span", { style: { left: `${k * 12 / months2 * 100}%` } }, String(year + k))
    );
    replaceParts(store.ticks, lines, years);
    labelPlay();
    hover(null);
  };
  var labelPlay = () => {
    store.play.textContent = store.playing ? "❚❚" : "▶";
    const label = t(store.playing ? "pause" : "play");
    store.play.setAttribute("aria-label", label);
    store.play.title = `${label} (${t("month.hint")})`;
  };
  var at = (month) => {
    store.month = Math.min(page.config.months, Math.max(0, month));
    show();
  };
  var show = () => {
    store.slider.value = store.month;
    store.slider.setAttribute("aria-valuetext", asOf(store.month));
    store.label.textContent = asOf(store.month);
    store.layer.paint();
    drawOpenings();
    moveCursor();
    clearTimeout(store.keeping);
    store.keeping = setTimeout(() => keepState({ month: store.month }), 300);
  };
  var play = () => {
    if (store.month >= page.config.months) store.month = 0;
    let before = performance.now();
    const step = (now) => {
      if (!store.playing) return;
      if (now - before >= 100) {
        before = now;
        at(store.month + 1);
        if (store.month >= page.config.months) return pause();
      }
      store.playing = requestAnimationFrame(step);
    };
    store.playing = requestAnimationFrame(step);
    labelPlay();
  };
  var pause = () => {
    cancelAnimationFrame(store.playing);
    store.playing = null;
    labelPlay();
  };
  var keys = (event) => {
    const busy = event.target.closest("select, button, dialog, summary, input:not(#month)");
    if (event.key === " " && !busy) store.playing ? pause() : play();
    else if (["ArrowLeft", "ArrowRight"].includes(event.key) && !event.target.closest("select, dialog, input:not(#month), .leaflet-container")) {
      at(store.month + (event.key === "ArrowRight" ? 1 : -1) * (event.shiftKey ? 12 : 1));
    } else return;
    event.preventDefault();
  };

  // diffusion/settings.js
  var decoded = async ({ scenario, second, service, mode }) => {
    const scenarios = mode === "single" ? [scenario] : [scenario, second];
    const ofEach = (make) => Promise.all(scenarios.map((k) => make(k, service)));
    return {
      scenarios,
      potential: await potentialOf(service),
      monthly: await ofEach(monthlyFrames),
      yearly: await ofEach(yearlyFrames),
      zones: await ofEach(zoneSeries)
    };
  };
  var chosen = { changes: {}, times: 0 };
  var choose = async (changes, kept) => {
    Object.assign(chosen.changes, changes);
    keepState(kept);
    const turn = ++chosen.times;
    const data = await decoded({ ...store, ...chosen.changes });
    if (turn < chosen.times) return;
    Object.assign(store, chosen.changes, data);
    chosen.changes = {};
    drawHubs(scene.map);
    cutMarks();
    drawSettings();
    relabel();
    drawMoney();
    drawChart();
    labelFoot();
    show();
  };
  var hubChoices = () => page.config.scenarios.map((scenario, k) => [String(k), `${k + 1} · ${clipped(scenario.name)}`]);
  var drawSettings = () => {
    replaceParts(
      document.getElementById("settings"),
      h("h2", {}, t("view")),
      viewPickers(),
      page.config.scenarios.length > 1 ? comparePickers() : null,
      h("div", { id: "reading" }),
      h("p", { class: "note" }, t("assumptions")),
      leftOutNote()
    );
    nameSwipe();
    drawLegend();
  };
  var viewPickers = () => {
    const { scenarios, services, quantiles } = page.config;
    return [
      makePicker("scenario", t("scenario"), hubChoices(), String(store.scenario), (value) => {
        const scenario = Number(value);
        const second = store.second === scenario ? (scenario + 1) % scenarios.length : store.second;
        choose({ scenario, second }, { hub: scenarios[scenario].id, second: scenarios[second].id });
      }),
      makePicker(
        "service",
        t("service"),
        services.map((service, s) => [String(s), localised(service.name)]),
        String(store.service),
        (value) => choose({ service: Number(value) }, { service: services[Number(value)].id })
      ),
      makePicker(
        "measure",
        t("measure"),
        ["share", "adopters"].map((measure) => [measure, t(`measure.${measure}`)]),
        store.measure,
        (value) => choose({ measure: value }, { measure: value })
      ),
      makePicker(
        "statistic",
        t("statistic"),
        ["mean", ...quantiles.map(String)].map((name) => [name, t(`statistic.${name}`)]),
        store.statistic,
        (value) => choose({ statistic: value }, { stat: value })
      )
    ];
  };
  var comparePickers = () => {
    const { scenarios } = page.config;
    const modes = makePicker(
      "mode",
      t("mode"),
      ["single", "swipe", "difference"].map((mode) => [mode, t(`mode.${mode}`)]),
      store.mode,
      (value) => choose({ mode: value }, { mode: value })
    );
    if (store.mode === "single") return [modes];
    const others = hubChoices().filter(([k]) => k !== String(store.scenario));
    const second = makePicker(
      "second",
      t("second"),
      others,
      String(store.second),
      (value) => choose({ second: Number(value) }, { second: scenarios[Number(value)].id })
    );
    return [modes, second];
  };
  var leftOutNote = () => {
    const left = page.config.notSimulated.map(({ name, reason }) => [localised(name), localised(reason)]);
    if (!left.length) return null;
    return h(
      "p",
      { class: "note warn", title: left.map(([name, reason]) => `${name}: ${reason}`).join("\n") },
      bdi(t("notSimulated", { names: left.map(([name, reason]) => `${name} (${reason})`).join(", ") }))
    );
  };
  var nameSwipe = () => {
    const { scenarios } = page.config;
    const swiping = store.mode === "swipe";
    for (const part of Object.values(store.swipe)) part.hidden = !swiping;
    store.swipe.slider.setAttribute("aria-label", t("swipe"));
    if (!swiping) return;
    replaceParts(
      store.swipe.names,
      [store.scenario, store.second].map((k) => h("span", {}, bdi(clipped(scenarios[k].name))))
    );
  };

  // diffusion/swipe.js
  var drawSwipe = () => {
    const bar = h("div", { class: "swipe", hidden: true });
    const place = (percent2) => {
      store.split = percent2 / 100;
      bar.style.left = `${percent2}%`;
    };
    const kept = Number(page.state.bar);
    place(page.state.bar && kept >= 0 && kept <= 100 ? kept : 50);
    const slider = h("input", {
      type: "range",
      min: 0,
      max: 100,
      step: 0.5,
      value: store.split * 100,
      class: "swipe-input",
      hidden: true,
      oninput: (event) => {
        place(Number(event.target.value));
        store.layer.paint();
        cutMarks();
      },
      // Once the hand rests, as with the month.
      onchange: (event) => keepState({ bar: event.target.value })
    });
    const names = h("div", { class: "swipe-names", hidden: true });
    document.getElementById("stage").append(bar, slider, names);
    store.swipe = { bar, slider, names };
  };

  // ui/print.js
  var SHEET = { width: 1040, height: 560 };
  addEventListener("beforeprint", () => {
    const { width, height } = document.getElementById("stage").getBoundingClientRect();
    const { style } = document.documentElement;
    style.setProperty("--stage-width", `${width}px`);
    style.setProperty("--stage-height", `${height}px`);
    style.setProperty("--stage-zoom", String(Math.min(SHEET.width / width, SHEET.height / height)));
  });

  // diffusion/index.js
  var openDiffusion = async (map) => {
    const { scenarios, services, months: months2 } = page.config;
    const position = (list, id, otherwise) => {
      const at2 = list.findIndex((entry) => entry.id === id);
      return at2 >= 0 ? at2 : otherwise;
    };
    store.scenario = position(scenarios, page.state.hub, 0);
    if (!services.length) return void openEmpty(map);
    store.second = position(scenarios, page.state.second, scenarios.length > 1 ? store.scenario === 0 ? 1 : 0 : 0);
    store.service = position(services, page.state.service, 0);
    store.measure = page.state.measure === "adopters" ? "adopters" : "share";
    store.mode = ["swipe", "difference"].includes(page.state.mode) && scenarios.length > 1 ? page.state.mode : "single";
    store.statistic = page.config.quantiles.map(String).includes(page.state.stat) ? page.state.stat : "mean";
    store.month = Math.min(months2, Math.max(0, parseInt(page.state.month ?? `${Math.min(60, months2)}`, 10) || 0));
    store.cell = cumulated(varints(await readBlob("cell")));
    store.ofGrid = new Int32Array(page.config.grid.cells).fill(-1);
    store.cell.forEach((row, cell) => store.ofGrid[row] = cell);
    store.codes = new TextDecoder().decode(await readBlob("codes")).split("\n");
    store.inside = await Promise.all(scenarios.map((_, k) => readBlob(`inside-${k}`)));
    store.colours = [new Uint32Array(page.config.grid.cells), new Uint32Array(page.config.grid.cells)];
    store.layer = cellLayer(coloursOf);
    document.getElementById("left").append(...["settings", "openings"].map((id) => h("section", { class: "panel", id })));
    document.getElementById("right").append(...["chart", "now", "money"].map((id) => h("section", { class: "panel", id })));
    page.headButtons = [
      ["zones.open", openZones],
      ["diffusion.csv", exportSeries]
    ];
    if (hasOwn()) page.headButtons.unshift(["own.open", openOwn]);
    drawSwipe();
    layMarks(map);
    Object.assign(store, await decoded(store));
    store.layer.addTo(map);
    scene.marked = marks;
    on("month", at);
    drawHubs(map);
    drawFoot();
    map.on("mousemove", (event) => hover(event.latlng));
    map.on("mouseout", () => hover(null));
    document.addEventListener("keydown", keys);
    onRender(() => {
      cutMarks();
      drawSettings();
      drawMoney();
      drawChart();
      labelFoot();
      show();
    });
  };
  var openEmpty = (map) => {
    const { scenarios, notSimulated } = page.config;
    const [settings, money2] = ["settings", "money"].map((id) => h("section", { class: "panel", id }));
    document.getElementById("left").append(settings);
    document.getElementById("right").append(money2);
    const draw = () => {
      store.scenarios = [store.scenario];
      drawHubs(map);
      replaceParts(
        document.getElementById("legend"),
        makeLegend(t("scenario"), [{ line: true, colour: HUB[0], label: bdi(clipped(scenarios[store.scenario].name)) }])
      );
      replaceParts(
        settings,
        h("h2", {}, t("view")),
        makePicker("scenario", t("scenario"), hubChoices(), String(store.scenario), (value) => {
          store.scenario = Number(value);
          keepState({ hub: scenarios[store.scenario].id });
          draw();
        }),
        h("p", { class: "note strong" }, t("report.unsimulated")),
        h("h3", {}, t("data.notSimulated")),
        h(
          "ul",
          {},
          notSimulated.map((item) => h("li", {}, h("b", {}, bdi(item.name)), " — ", bdi(item.reason)))
        )
      );
      drawMoney();
    };
    onRender(draw);
  };
  var exportSeries = () => {
    const { series, services, scenarios } = page.config;
    const rows = [
      [
        "scenario",
        "district_id",
        "district",
        "service",
        "date",
        "month",
        "place",
        "adopters_p10",
        "adopters_p50",
        "adopters_p90",
        "potential"
      ]
    ];
    series.forEach(
      (each, k) => each.forEach(
        (entry, s) => ["inside", "outside"].forEach(
          (where) => entry[where].mid.forEach(
            (mid, month) => rows.push([
              scenarios[k].id,
              scenarios[k].hub,
              asWritten(scenarios[k].name),
              services[s].id,
              asOf(month),
              month,
              where,
              entry[where].low?.[month],
              mid,
              entry[where].high?.[month],
              entry[where].potential
            ])
          )
        )
      )
    );
    downloadText(`${page.config.region.id}-diffusion.csv`, csvText(rows));
  };
  showParts(store, {
    at,
    home,
    scene,
    marked: marks,
    SHARE: SHARE_OF_CODE,
    cellUnder,
    monthly: monthlyFrames,
    openData,
    potential: potentialOf,
    render,
    toLatLng
  });
  whenMapStands(openDiffusion);
})();
