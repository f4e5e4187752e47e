(() => {
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
    const known2 = Object.entries(page.state).filter(([, value]) => value !== null && value !== void 0 && value !== "");
    history.replaceState(null, "", `#${new URLSearchParams(known2)}`);
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
  var trimmed = (text) => text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  var written = (value, digits = 10) => Number(value.toPrecision(digits)).toLocaleString("en", { useGrouping: false, maximumFractionDigits: 20 });
  var stated = (value) => Number(value.toPrecision(10)).toLocaleString("en", { maximumFractionDigits: 20 });
  var signed = (value, digits) => {
    const size = fixed(Math.abs(value), digits);
    return Number(size) === 0 ? size : `${value > 0 ? "+" : "−"}${size}`;
  };
  var money = (krw, limit, say) => {
    const ko = page.language === "ko";
    const part = ko ? 1e8 : 1e9;
    const amount = say(krw / part, ko ? 2 : 3, limit === null ? null : limit / part);
    return ko ? `${amount}억원` : `KRW ${amount} bn`;
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
    share: (share, limit) => percent(share, Math.abs(share) >= 0.01 || share === 0 ? 1 : 2, limit),
    stated_percent: (share) => `${written(share * 100)}%`,
    money: (krw, limit) => money(krw, limit, (value, digits, most) => trimmed(figure(value, digits, most))),
    stated_money: (krw) => money(krw, null, stated),
    area: (m2, limit) => `${trimmed(figure(m2 / 1e6, 2, limit === null ? null : limit / 1e6))} km²`,
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
      const parts = shown.map((one) => said(one, how === "all" ? "" : how, limit));
      return [...parts, ...value.length > shown.length ? ["…"] : []].join(", ");
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
  var cutName = (name, most) => {
    const text = asWritten(name);
    return isolated(text.length > most ? `${text.slice(0, most - 1)}…` : text);
  };

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
    const [begun, ended] = [/[\u2066-\u2068]/g, /\u2069/g].map((marks) => written2.match(marks)?.length ?? 0);
    return h(
      "bdi",
      { title },
      begun === ended ? written2.replace(/^\u2068([^\u2066-\u2069]*)\u2069$/, "$1") : written2.replace(/[\u2066-\u2069]/g, "")
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
  var formatFixed = (value, digits) => value === null || value === void 0 ? "–" : value.toFixed(digits);
  var formatSigned = (value, digits = 3) => {
    const size = Math.abs(value).toFixed(digits);
    return `${Number(size) === 0 ? "" : value > 0 ? "+" : "−"}${size}`;
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
  var formatMeasure = (value) => {
    if (value === null || value === void 0 || Number.isNaN(value)) return "–";
    const size = Math.abs(value);
    return formatNumber(value, size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);
  };
  var formatMoney = (krw) => page.language === "ko" ? `${formatNumber(krw / 1e8, 2)}억원` : `KRW ${formatNumber(krw / 1e9, 3)} bn`;
  var unitLabel = (unit) => {
    const entry = page.texts[`unit.${unit}`];
    return entry ? entry[page.language] : unit === "1" || !unit ? "" : unit;
  };
  var YES_NO = "yes (1) / no (0)";
  var formatQuantity = (value, unit) => {
    if (value === null || value === void 0) return "–";
    if (unit === YES_NO) return t(value ? "yes" : "no");
    if (unit === "share") return formatPercent(value, Math.abs(value) >= 0.01 || value === 0 ? 1 : 2);
    if (unit === "KRW") return formatMoney(value);
    if (unit === "m2") return value >= 1e5 ? `${formatNumber(value / 1e6, 2)} km²` : `${formatNumber(value)} m²`;
    if (unit === "km2") return `${formatNumber(value, 2)} km²`;
    return withUnit(formatMeasure(value), unitLabel(unit));
  };
  var withUnit = (figure2, label) => `${figure2}${!label || page.language === "ko" && /^[가-힣]/.test(label) ? "" : " "}${label}`;

  // lib/codec.js
  var varints = (bytes) => {
    let count = 0;
    for (const byte of bytes) count += byte < 128 ? 1 : 0;
    const out = new Float64Array(count);
    for (let at = 0, number2 = 0; number2 < count; number2++) {
      let value = 0, scale = 1, byte;
      do {
        byte = bytes[at++];
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
    const parts = values[0];
    let at = 1 + parts, x = 0, y = 0;
    for (let part = 0; part < parts; part++) {
      for (let point = 0; point < values[1 + part]; point++) {
        x += values[at++];
        y += values[at++];
        if (point) path.lineTo(x, y);
        else path.moveTo(x, y);
      }
    }
    return path;
  };
  var toLatLng = (x, y) => L.Projection.SphericalMercator.unproject(L.point(x, y));

  // lib/data.js
  var readJson = (id) => JSON.parse(document.getElementById(id)?.textContent ?? "null");
  var readBlob = async (name) => {
    const element = document.getElementById(`blob-${name}`);
    if (!element) return null;
    const packed = Uint8Array.from(atob(element.textContent), (letter) => letter.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  };

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
  var ramp = (count, set = SEQUENTIAL) => Array.from({ length: count }, (_, i) => set[Math.round(i * (set.length - 1) / Math.max(1, count - 1))]);
  var rgba = (hex, alpha = 215) => {
    const value = parseInt(hex.slice(1), 16);
    return (alpha << 24 | (value & 255) << 16 | (value >> 8 & 255) << 8 | value >> 16) >>> 0;
  };
  var classOf = (value, breaks) => {
    let at = 0;
    while (at < breaks.length && value >= breaks[at]) at++;
    return at;
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
        const at = 2 * (row * grid0.columns + column), below = at + 2 * grid0.columns;
        const a = (1 - fu) * (1 - fv), b = fu * (1 - fv), c = (1 - fu) * fv, d = fu * fv;
        const x = a * lattice[at] + b * lattice[at + 2] + c * lattice[below] + d * lattice[below + 2];
        const y = a * lattice[at + 1] + b * lattice[at + 3] + c * lattice[below + 1] + d * lattice[below + 3];
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
  var drawBorders = (pixels, index, band, width) => {
    const line = rgba("#1d252c", 255);
    const of = (at) => index[at] < 0 ? 0 : band[index[at]];
    for (let at = 0; at < index.length - width - 1; at++) {
      if (of(at) !== of(at + 1) || of(at) !== of(at + width)) pixels[at] = line;
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
        for (let row = 0, at = 0; row < height; row++) {
          for (const end = at + edge; at < end; at++) pixels[at] = index[at] < 0 ? 0 : left[index[at]];
          for (const end = (row + 1) * width; at < end; at++) pixels[at] = index[at] < 0 ? 0 : right[index[at]];
        }
        const band = bands();
        if (band) drawBorders(pixels, index, band, width);
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

  // rank/level.js
  var levelWithFirst = (results, utilities, weights2) => {
    const ranks = results.map(({ rank }) => rank ?? 0);
    const ranked = results.map((_, i) => i).filter((i) => ranks[i]).sort((i, k) => ranks[i] - ranks[k]);
    const floor = Math.min(...ranked.filter((i) => ranks[i] === 1).map((i) => results[i].low));
    const last = Math.max(
      ...ranked.filter((i) => results[i].high >= floor - page.config.ranking.tie).map((i) => ranks[i])
    );
    const group = ranked.filter((i) => ranks[i] <= last);
    const known2 = Math.min(...group.map((i) => knownOf(utilities[i], weights2).part));
    return group.length < 2 || known2 >= page.config.ranking.knownEnough ? [] : group;
  };
  var levelOthers = (group, i) => group.filter((k) => k !== i);
  var knownOf = (utilities, weights2) => {
    const told = utilities.map((utility) => utility !== null);
    const whole = weights2.reduce((sum, weight) => sum + weight, 0);
    const held = weights2.reduce((sum, weight, j) => sum + (told[j] ? weight : 0), 0);
    const part = whole ? held / whole : 0;
    return { n: told.filter(Boolean).length, all: told.length, part, share: formatPercent(part, 0) };
  };

  // rank/score.js
  var sumOf = (values) => values.reduce((sum, value) => sum + value, 0);
  var columnsOf = (utilities, reference) => utilities[0].map((_, j) => {
    const column = { least: Infinity, best: -Infinity, squares: 0 };
    utilities.forEach((row, i) => {
      const utility = row[j];
      if (reference[i] && utility !== null) widen(column, utility);
    });
    return column;
  });
  var widen = (column, utility) => {
    column.least = Math.min(column.least, utility);
    column.best = Math.max(column.best, utility);
    column.squares += utility * utility;
  };
  var columnsWith = (columns, blank, filled) => columns.map((column, j) => {
    const utility = filled[j];
    if (blank[j] !== null || utility === null) return column;
    const wider = { ...column };
    widen(wider, utility);
    return wider;
  });
  var regrets = (row, weights2, columns) => {
    let known2 = 0;
    for (let j = 0; j < row.length; j++) if (row[j] !== null) known2 += weights2[j];
    if (!(known2 > 0)) return [NaN, NaN];
    let sum = 0, most = 0;
    for (let j = 0; j < row.length; j++) {
      const { least, best } = columns[j];
      const utility = row[j];
      if (utility === null || !(best > least)) continue;
      const lost = weights2[j] / known2 * clip((best - utility) / (best - least));
      sum += lost;
      if (lost > most) most = lost;
    }
    return [sum, most];
  };
  var compromise = (pairs, reference) => {
    const share = page.config.ranking.compromise;
    const terms = [0, 1].map((which) => {
      let least = Infinity, most = -Infinity;
      pairs.forEach((pair, i) => {
        if (!reference[i] || Number.isNaN(pair[0])) return;
        least = Math.min(least, pair[which]);
        most = Math.max(most, pair[which]);
      });
      return {
        share: which ? 1 - share : share,
        of: (pair) => clip((pair[which] - least) / (most - least)),
        told: most > least
      };
    }).filter(({ told }) => told);
    const whole = sumOf(terms.map(({ share: share2 }) => share2));
    return (pair) => Number.isNaN(pair[0]) ? NaN : terms.length ? 1 - sumOf(terms.map(({ share: share2, of }) => share2 * of(pair))) / whole : 0.5;
  };
  var SCORE = {
    weighted_sum: (utilities, weights2) => {
      const of = (row) => {
        const known2 = row.map((utility, j) => utility === null ? 0 : weights2[j]);
        const total = sumOf(known2);
        let score = 0;
        row.forEach((utility, j) => score += known2[j] / total * (utility ?? 0));
        return total > 0 ? score : NaN;
      };
      return { scores: utilities.map(of), filled: (i, row) => of(row) };
    },
    topsis: (utilities, weights2, reference) => {
      const columns = columnsOf(utilities, reference);
      const of = (row, columns2) => {
        let toBest = 0, toWorst = 0, known2 = false;
        row.forEach((utility, j) => {
          if (utility === null) return;
          known2 ||= weights2[j] > 0;
          const norm = Math.sqrt(columns2[j].squares);
          if (!(norm > 0)) return;
          const best = columns2[j].best / norm, worst = columns2[j].least / norm;
          const held = Math.min(best, Math.max(worst, utility / norm));
          toBest += (weights2[j] * (best - held)) ** 2;
          toWorst += (weights2[j] * (held - worst)) ** 2;
        });
        const total = Math.sqrt(toBest) + Math.sqrt(toWorst);
        return known2 ? total > 0 ? Math.sqrt(toWorst) / total : 0.5 : NaN;
      };
      return {
        scores: utilities.map((row) => of(row, columns)),
        filled: (i, row) => of(row, reference[i] ? columnsWith(columns, utilities[i], row) : columns)
      };
    },
    vikor: (utilities, weights2, reference) => {
      const columns = columnsOf(utilities, reference);
      const pairs = utilities.map((row) => regrets(row, weights2, columns));
      return {
        scores: pairs.map(compromise(pairs, reference)),
        filled: (i, row) => {
          const wider = reference[i] ? columnsWith(columns, utilities[i], row) : columns;
          const moved = wider.some(({ least, best }, j) => least < columns[j].least || best > columns[j].best);
          const all = moved ? utilities.map((other) => regrets(other, weights2, wider)) : [...pairs];
          all[i] = regrets(row, weights2, wider);
          return compromise(all, reference)(all[i]);
        }
      };
    },
    promethee: (utilities, weights2, reference) => {
      const { indifference, strict } = page.config.ranking;
      const against = utilities.filter((_, i) => reference[i]);
      const of = (row, i) => {
        if (!row.some((utility, j) => utility !== null && weights2[j] > 0)) return NaN;
        const rivals = against.length - (reference[i] ? 1 : 0);
        let flow = 0;
        for (const other of against) {
          for (let j = 0; j < row.length; j++) {
            const own = row[j], its = other[j];
            if (own === null || its === null) continue;
            const lead = own - its;
            if (lead > indifference)
              flow += lead < strict ? weights2[j] * (lead - indifference) / (strict - indifference) : weights2[j];
            else if (lead < -indifference)
              flow -= lead > -strict ? weights2[j] * (-lead - indifference) / (strict - indifference) : weights2[j];
          }
        }
        return (1 + (rivals ? flow / rivals : 0)) / 2;
      };
      return { scores: utilities.map(of), filled: (i, row) => of(row, i) };
    }
  };
  var METHODS = Object.keys(SCORE);
  var clip = (value) => Math.min(1, Math.max(0, value));
  var scoreAll = (method2, utilities, weights2, reference) => {
    const judged = reference.some(Boolean) ? reference : reference.map(() => true);
    const { scores: score, filled } = SCORE[method2](utilities, weights2, judged);
    const spans = utilities.map((row, i) => {
      if (!row.includes(null)) return [score[i], score[i]];
      const all = [
        filled(
          i,
          row.map((utility) => utility ?? 0)
        ),
        filled(
          i,
          row.map((utility) => utility ?? 1)
        ),
        score[i]
      ].filter((value) => !Number.isNaN(value));
      return [Math.min(...all), Math.max(...all)];
    });
    return score.map((value, i) => {
      const ranked = reference[i] && !Number.isNaN(value);
      const ahead = score.filter((other, k) => reference[k] && other > value + page.config.ranking.tie).length;
      return {
        score: Number.isNaN(value) ? null : clip(value),
        // Known even of a row of which nothing is: what its blanks leave open.
        low: clip(spans[i][0]),
        high: clip(spans[i][1]),
        rank: ranked ? 1 + ahead : null
      };
    });
  };
  var raisedWeights = (row, weights2) => {
    const total = sumOf(row.map((utility, j) => utility === null ? 0 : weights2[j]));
    return row.map((utility, j) => utility === null || total === 0 ? 0 : weights2[j] / total);
  };

  // node_modules/d3-random/dist/d3-random.mjs
  var defaultSource = Math.random;
  var uniform = (function sourceRandomUniform(source) {
    function randomUniform(min, max) {
      min = min == null ? 0 : +min;
      max = max == null ? 1 : +max;
      if (arguments.length === 1) max = min, min = 0;
      else max -= min;
      return function() {
        return source() * max + min;
      };
    }
    randomUniform.source = sourceRandomUniform;
    return randomUniform;
  })(defaultSource);
  var int = (function sourceRandomInt(source) {
    function randomInt(min, max) {
      if (arguments.length < 2) max = min, min = 0;
      min = Math.floor(min);
      max = Math.floor(max) - min;
      return function() {
        return Math.floor(source() * max + min);
      };
    }
    randomInt.source = sourceRandomInt;
    return randomInt;
  })(defaultSource);
  var normal = (function sourceRandomNormal(source) {
    function randomNormal(mu, sigma) {
      var x, r;
      mu = mu == null ? 0 : +mu;
      sigma = sigma == null ? 1 : +sigma;
      return function() {
        var y;
        if (x != null) y = x, x = null;
        else do {
          x = source() * 2 - 1;
          y = source() * 2 - 1;
          r = x * x + y * y;
        } while (!r || r > 1);
        return mu + sigma * y * Math.sqrt(-2 * Math.log(r) / r);
      };
    }
    randomNormal.source = sourceRandomNormal;
    return randomNormal;
  })(defaultSource);
  var logNormal = (function sourceRandomLogNormal(source) {
    var N = normal.source(source);
    function randomLogNormal() {
      var randomNormal = N.apply(this, arguments);
      return function() {
        return Math.exp(randomNormal());
      };
    }
    randomLogNormal.source = sourceRandomLogNormal;
    return randomLogNormal;
  })(defaultSource);
  var irwinHall = (function sourceRandomIrwinHall(source) {
    function randomIrwinHall(n) {
      if ((n = +n) <= 0) return () => 0;
      return function() {
        for (var sum = 0, i = n; i > 1; --i) sum += source();
        return sum + i * source();
      };
    }
    randomIrwinHall.source = sourceRandomIrwinHall;
    return randomIrwinHall;
  })(defaultSource);
  var bates = (function sourceRandomBates(source) {
    var I = irwinHall.source(source);
    function randomBates(n) {
      if ((n = +n) === 0) return source;
      var randomIrwinHall = I(n);
      return function() {
        return randomIrwinHall() / n;
      };
    }
    randomBates.source = sourceRandomBates;
    return randomBates;
  })(defaultSource);
  var exponential = (function sourceRandomExponential(source) {
    function randomExponential(lambda) {
      return function() {
        return -Math.log1p(-source()) / lambda;
      };
    }
    randomExponential.source = sourceRandomExponential;
    return randomExponential;
  })(defaultSource);
  var pareto = (function sourceRandomPareto(source) {
    function randomPareto(alpha) {
      if ((alpha = +alpha) < 0) throw new RangeError("invalid alpha");
      alpha = 1 / -alpha;
      return function() {
        return Math.pow(1 - source(), alpha);
      };
    }
    randomPareto.source = sourceRandomPareto;
    return randomPareto;
  })(defaultSource);
  var bernoulli = (function sourceRandomBernoulli(source) {
    function randomBernoulli(p) {
      if ((p = +p) < 0 || p > 1) throw new RangeError("invalid p");
      return function() {
        return Math.floor(source() + p);
      };
    }
    randomBernoulli.source = sourceRandomBernoulli;
    return randomBernoulli;
  })(defaultSource);
  var geometric = (function sourceRandomGeometric(source) {
    function randomGeometric(p) {
      if ((p = +p) < 0 || p > 1) throw new RangeError("invalid p");
      if (p === 0) return () => Infinity;
      if (p === 1) return () => 1;
      p = Math.log1p(-p);
      return function() {
        return 1 + Math.floor(Math.log1p(-source()) / p);
      };
    }
    randomGeometric.source = sourceRandomGeometric;
    return randomGeometric;
  })(defaultSource);
  var gamma = (function sourceRandomGamma(source) {
    var randomNormal = normal.source(source)();
    function randomGamma(k, theta) {
      if ((k = +k) < 0) throw new RangeError("invalid k");
      if (k === 0) return () => 0;
      theta = theta == null ? 1 : +theta;
      if (k === 1) return () => -Math.log1p(-source()) * theta;
      var d = (k < 1 ? k + 1 : k) - 1 / 3, c = 1 / (3 * Math.sqrt(d)), multiplier = k < 1 ? () => Math.pow(source(), 1 / k) : () => 1;
      return function() {
        do {
          do {
            var x = randomNormal(), v = 1 + c * x;
          } while (v <= 0);
          v *= v * v;
          var u = 1 - source();
        } while (u >= 1 - 0.0331 * x * x * x * x && Math.log(u) >= 0.5 * x * x + d * (1 - v + Math.log(v)));
        return d * v * multiplier() * theta;
      };
    }
    randomGamma.source = sourceRandomGamma;
    return randomGamma;
  })(defaultSource);
  var beta = (function sourceRandomBeta(source) {
    var G = gamma.source(source);
    function randomBeta(alpha, beta2) {
      var X = G(alpha), Y = G(beta2);
      return function() {
        var x = X();
        return x === 0 ? 0 : x / (x + Y());
      };
    }
    randomBeta.source = sourceRandomBeta;
    return randomBeta;
  })(defaultSource);
  var binomial = (function sourceRandomBinomial(source) {
    var G = geometric.source(source), B = beta.source(source);
    function randomBinomial(n, p) {
      n = +n;
      if ((p = +p) >= 1) return () => n;
      if (p <= 0) return () => 0;
      return function() {
        var acc = 0, nn = n, pp = p;
        while (nn * pp > 16 && nn * (1 - pp) > 16) {
          var i = Math.floor((nn + 1) * pp), y = B(i, nn - i + 1)();
          if (y <= pp) {
            acc += i;
            nn -= i;
            pp = (pp - y) / (1 - y);
          } else {
            nn = i - 1;
            pp /= y;
          }
        }
        var sign = pp < 0.5, pFinal = sign ? pp : 1 - pp, g = G(pFinal);
        for (var s = g(), k = 0; s <= nn; ++k) s += g();
        return acc + (sign ? k : nn - k);
      };
    }
    randomBinomial.source = sourceRandomBinomial;
    return randomBinomial;
  })(defaultSource);
  var weibull = (function sourceRandomWeibull(source) {
    function randomWeibull(k, a, b) {
      var outerFunc;
      if ((k = +k) === 0) {
        outerFunc = (x) => -Math.log(x);
      } else {
        k = 1 / k;
        outerFunc = (x) => Math.pow(x, k);
      }
      a = a == null ? 0 : +a;
      b = b == null ? 1 : +b;
      return function() {
        return a + b * outerFunc(-Math.log1p(-source()));
      };
    }
    randomWeibull.source = sourceRandomWeibull;
    return randomWeibull;
  })(defaultSource);
  var cauchy = (function sourceRandomCauchy(source) {
    function randomCauchy(a, b) {
      a = a == null ? 0 : +a;
      b = b == null ? 1 : +b;
      return function() {
        return a + b * Math.tan(Math.PI * source());
      };
    }
    randomCauchy.source = sourceRandomCauchy;
    return randomCauchy;
  })(defaultSource);
  var logistic = (function sourceRandomLogistic(source) {
    function randomLogistic(a, b) {
      a = a == null ? 0 : +a;
      b = b == null ? 1 : +b;
      return function() {
        var u = source();
        return a + b * Math.log(u / (1 - u));
      };
    }
    randomLogistic.source = sourceRandomLogistic;
    return randomLogistic;
  })(defaultSource);
  var poisson = (function sourceRandomPoisson(source) {
    var G = gamma.source(source), B = binomial.source(source);
    function randomPoisson(lambda) {
      return function() {
        var acc = 0, l = lambda;
        while (l > 16) {
          var n = Math.floor(0.875 * l), t2 = G(n)();
          if (t2 > l) return acc + B(n - 1, l / t2)();
          acc += n;
          l -= t2;
        }
        for (var s = -Math.log1p(-source()), k = 0; s <= l; ++k) s -= Math.log1p(-source());
        return acc + k;
      };
    }
    randomPoisson.source = sourceRandomPoisson;
    return randomPoisson;
  })(defaultSource);
  var eps = 1 / 4294967296;

  // rank/smaa.js
  var DRAWS = 4e3;
  var uniformStream = (seed) => {
    let a = 2654435769, b = 608135816, c = 3084996962, counter = seed >>> 0;
    const next = () => {
      const sum = (a + b | 0) + counter | 0;
      counter = counter + 1 | 0;
      a = b ^ b >>> 9;
      b = c + (c << 3) | 0;
      c = (c << 21 | c >>> 11) + sum | 0;
      return ((sum >>> 0) + 0.5) / 2 ** 32;
    };
    for (let k = 0; k < 16; k++) next();
    return next;
  };
  var scaled = (values) => {
    const sum = sumOf(values);
    return values.map((value) => value / sum);
  };
  var DRAWN = {
    uniform: (uniform2, weights2) => {
      const exponential2 = exponential.source(uniform2)(1);
      return () => scaled(weights2.map((weight) => weight > 0 ? exponential2() : 0));
    },
    profile: (uniform2, weights2) => {
      const gamma2 = gamma.source(uniform2);
      const parts = weights2.map((weight) => weight > 0 ? gamma2(page.config.ranking.concentration * weight) : () => 0);
      return () => scaled(parts.map((draw) => draw()));
    },
    // Any that keep the order: sizes from the largest on, equal ones in any order.
    ordinal: (uniform2, weights2) => {
      const exponential2 = exponential.source(uniform2)(1);
      return () => {
        const used = weights2.map((weight, j) => ({ weight, j, lot: uniform2() })).filter(({ weight }) => weight > 0);
        used.sort((one, other) => other.weight - one.weight || one.lot - other.lot);
        const sizes = scaled(used.map(() => exponential2())).sort((one, other) => other - one);
        const drawn = weights2.map(() => 0);
        used.forEach(({ j }, place) => drawn[j] = sizes[place]);
        return drawn;
      };
    }
  };
  var smaa = (utilities, weights2, weighting2, draws = DRAWS, seed = 1) => {
    const uniform2 = uniformStream(seed);
    const draw = DRAWN[weighting2](uniform2, weights2);
    const size = utilities.length;
    const counts = utilities.map(() => new Float64Array(size));
    const levels = new Float64Array(size);
    const rows = utilities.map((_, i) => i);
    let done = 0;
    const one = () => {
      const drawn = draw();
      utilities.forEach((row, i) => {
        let score = 0;
        for (let j = 0; j < row.length; j++) score += drawn[j] * (row[j] ?? uniform2());
        levels[i] = Math.round(Math.min(score, 1) * page.config.ranking.levels);
      });
      rows.sort((i, k) => levels[k] - levels[i]);
      let rank = 0;
      rows.forEach((i, place) => {
        if (place && levels[i] !== levels[rows[place - 1]]) rank = place;
        counts[i][rank] += 1;
      });
      done += 1;
    };
    return {
      run: (ms) => {
        for (const end = performance.now() + ms; done < draws && performance.now() < end; ) one();
        return done >= draws;
      },
      shares: () => counts.map((row) => Array.from(row, (count) => count / done))
    };
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
  var sourceName = (key) => {
    const [, kind, number2] = key.match(/^(\w+)(?:\[(\d+)\])?/) ?? [null, key];
    const name = page.texts[`source.${kind}`] ? t(`source.${kind}`) : kind;
    return number2 === void 0 ? name : `${name} ${Number(number2) + 1}`;
  };
  var credits = (...keys) => {
    const vintages = /* @__PURE__ */ new Map();
    for (const { key, attribution, vintage } of page.config.sources.sources ?? []) {
      const holder = localised(attribution);
      if (!holder || keys.length && !keys.some((name) => key.startsWith(name))) continue;
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
      const at = on2(zone.at);
      const wide = context.measureText(text).width / 2 + 3;
      const free = ({ x, y }) => x - wide > left && x + wide < left + size.x && y - high > top && y + high < top + size.y && taken.every((box) => Math.abs(box.x - x) > box.wide + wide || Math.abs(box.y - y) > box.high + high);
      const place = [0, 1.2, -1.2, 2.2, -2.2].map((lines) => ({ x: at.x, y: at.y + lines * px })).find(free);
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

  // lib/facts.js
  var known = (id) => {
    const fact2 = page.config.facts[id];
    if (!fact2) throw new Error(`no fact ${id}`);
    return fact2;
  };
  var hasFact = (id) => id in page.config.facts;
  var factUnit = (id) => unitOf(known(id));
  var powerOf = (unit, digits) => unit === "KRW" ? page.language === "ko" ? 8 : 9 : unit === "m2" && digits < 0 ? 6 : 0;
  var figureOf = ([value, unit, digits, fixed2]) => {
    if (unit === YES_NO) return t(value ? "yes" : "no");
    if (unit === "share") return formatPercent(value, Math.max(digits - 2, 0)).slice(0, -1);
    const power = powerOf(unit, digits);
    const places = Math.max(digits + power, 0);
    return fixed2 ? formatFixed(value / 10 ** power, places) : formatNumber(value / 10 ** power, places);
  };
  var unitOf = ([, unit, digits]) => unit === "m2" && digits < 0 ? unitLabel("km2") : unitLabel(unit);
  var textOf = (fact2) => {
    const [, unit] = fact2;
    const figure2 = figureOf(fact2);
    if (unit === "KRW") return page.language === "ko" ? `${figure2}억원` : `KRW ${figure2} bn`;
    if (unit === "share") return `${figure2}%`;
    return unit === YES_NO ? figure2 : withUnit(figure2, unitOf(fact2));
  };
  var fact = (id) => h("span", { "data-fact": id }, textOf(known(id)));
  var factFigure = (id) => h("span", { "data-fact": id, "data-figure": "" }, figureOf(known(id)));

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

  // ui/standing.js
  var LEVEL_COLOUR = "#e4ecd0";
  var levelNames = (group, most = 6) => {
    const names = group.slice(0, most).map((i) => `‘${cutName(page.config.districts[i].name, 40)}’`);
    return [...names, ...group.length > most ? [t("level.more", { n: group.length - most })] : []].join(", ");
  };
  var levelNote = (group, weights2) => {
    if (!group.length) return null;
    const known2 = group.map((i) => knownOf(page.config.districts[i].utilities, weights2)).sort((one, other) => one.part - other.part);
    const [least, most] = [known2[0].share, known2.at(-1).share];
    return h(
      "p",
      { class: "note strong level" },
      h("b", {}, t("level.known", { share: least === most ? least : `${least}–${most}` })),
      " ",
      t("level.note", { n: group.length, names: levelNames(group) })
    );
  };
  var standingOf = (rank, vetoed, level = 0) => level ? { rank, sign: `1–${level}`, label: t("rank.level", { n: level }), tone: " level" } : rank ? { rank, sign: String(rank), label: t("rank.n", { n: rank }), tone: "" } : vetoed ? { rank: null, sign: "×", label: t("vetoed"), tone: " vetoed" } : { rank: null, sign: "–", label: t("unranked"), tone: " unranked" };
  var nearTie = (results, i) => {
    const read = ({ score }) => formatFixed(score, 3);
    const own = results[i];
    return Boolean(own.rank) && results.some((other) => other.rank && other.rank !== own.rank && read(other) === read(own));
  };
  var knownText = (utilities, weights2) => t("known", knownOf(utilities, weights2));
  var reasonOf = (key) => {
    const reason = page.config.reasons[key];
    return reason ? { text: localised(reason.text), unknown: localised(reason.unknown) } : null;
  };

  // compare/store.js
  var store = { raw: null, marks: /* @__PURE__ */ new Map(), shapes: /* @__PURE__ */ new Map() };
  var method = () => METHODS.includes(page.state.method) ? page.state.method : "weighted_sum";
  var profile = () => page.config.profiles.find(({ id }) => id === page.state.profile) ?? page.config.profiles[0];
  var weights = () => {
    const sum = store.raw.reduce((a, b) => a + b, 0);
    return store.raw.map((weight) => weight / sum);
  };
  var changed = () => store.raw.some((weight, j) => Math.abs(weight - store.initial[j]) > 1e-9);
  var reweighed = () => weights().some((weight, j) => Math.abs(weight - page.config.criteria[j].weight) > 1e-9);
  var order = () => {
    const key = (i) => [store.results[i].rank ?? Infinity, -(store.results[i].score ?? -1)];
    return store.results.map((_, i) => i).sort((a, b) => key(a)[0] - key(b)[0] || key(a)[1] - key(b)[1] || a - b);
  };
  var rankedCount = () => store.results.filter(({ rank }) => rank).length;
  var standing = (i) => standingOf(store.results[i].rank, page.config.districts[i].vetoed, store.level.includes(i) ? store.level.length : 0);
  var rankColour = (rank) => rank <= store.level.length ? LEVEL_COLOUR : store.ramp[Math.min(rank, store.ramp.length) - 1];
  var colourOf = (i) => store.results[i].rank ? rankColour(store.results[i].rank) : null;
  var inkOn = (hex) => hex && luminance(hex) < 0.36 ? "#fff" : "#1d252c";
  var luminance = (hex) => [1, 3, 5].reduce(
    (sum, at, k) => sum + [0.2126, 0.7152, 0.0722][k] * (parseInt(hex.slice(at, at + 2), 16) / 255) ** 2.2,
    0
  );
  var short = (name, most = 60) => cutName(name, most);
  var secondOf = (i) => page.config.districts.findIndex((candidate, k) => candidate.id === page.state.with && k !== i);
  var weighting = () => page.config.weightings.includes(page.state.draw) ? page.state.draw : "profile";
  var criterionName = (id) => localised(page.config.criteria.find((criterion) => criterion.id === id)?.label ?? id);

  // compare/candidate.js
  var cardHead = (i) => {
    const district = page.config.districts[i];
    const { score, low, high } = store.results[i];
    const wide = high - low > 5e-4;
    return [
      h("h2", { title: localised(district.name) }, bdi(district.name)),
      h(
        "p",
        { class: "note" },
        `${t(`kind.${district.kind}`)} · `,
        fact(`candidate/${district.id}/area`),
        " · ",
        bdi(district.id)
      ),
      store.level.includes(i) && [
        h("p", { class: "note strong known" }, knownText(district.utilities, weights())),
        h("p", { class: "note strong level" }, t("level.with", { names: levelNames(levelOthers(store.level, i)) }))
      ],
      h(
        "dl",
        { class: "headline" },
        h(
          "div",
          {},
          h("dt", {}, t("rank")),
          h("dd", {}, standing(i).label, nearTie(store.results, i) && h("small", {}, t("rank.near")))
        ),
        h("div", {}, h("dt", {}, `${t("score")} (${t(`method.${method()}`)})`), h("dd", {}, formatFixed(score, 3))),
        h(
          "div",
          {},
          h("dt", {}, t("interval")),
          h(
            "dd",
            {},
            wide ? `${formatFixed(low, 3)}–${formatFixed(high, 3)}` : score === null ? "–" : t("interval.none")
          )
        )
      ),
      !store.level.includes(i) && h("p", { class: "note known" }, knownText(district.utilities, weights())),
      vetoFindings(district)
    ];
  };
  var vetoFindings = (district) => [
    { verdict: true, kind: "vetoes", title: "vetoes" },
    { verdict: null, kind: "vetoes open", title: "vetoes.open" }
  ].map(({ verdict: verdict2, kind, title }) => {
    const found = district.vetoes.filter((veto) => veto.vetoed === verdict2);
    if (!found.length) return null;
    return h(
      "div",
      { class: kind },
      h("h3", {}, t(title)),
      h(
        "ul",
        {},
        found.map((veto) => {
          const rule = page.config.vetoes.find((known2) => known2.id === veto.id);
          const area = veto.excluded_m2 ? ` · ${t("excluded")} ${formatQuantity(veto.excluded_m2, "m2")}` : "";
          return h(
            "li",
            {},
            h("b", {}, bdi(localised(rule?.label ?? veto.id))),
            h("small", {}, bdi(`${localised(veto.found)}${area}`)),
            rule && verdict2 ? h("small", {}, `${t("source")}: `, bdi(rule.source)) : null
          );
        })
      )
    );
  });
  var proposalOf = (district) => {
    const {
      land_price_krw_m2: price,
      public_land_share: open,
      private_share: funds,
      operator_secured: operator,
      control_centre: centre
    } = district.fields;
    const said2 = (value, text) => value === null ? h("em", {}, t("unsaid")) : text();
    const yes = (value) => said2(value, () => t(value ? "yes" : "no"));
    return [
      [t("field.land_price"), said2(price, () => `${formatNumber(price)} ${unitLabel("KRW/m2")}`)],
      [t("field.public_land"), said2(open, () => formatPercent(open))],
      [t("field.private"), said2(funds, () => formatPercent(funds))],
      [t("field.operator"), yes(operator)],
      [t("field.centre"), yes(centre)]
    ];
  };

  // compare/shares.js
  var TURN_MS = 8;
  var PAUSE_MS = 90;
  var toldRanks = (shares) => {
    const { shownRanks } = page.config.ranking;
    return shares.length > shownRanks ? [...shares.slice(0, shownRanks), sumOf(shares.slice(shownRanks))] : shares;
  };
  var drawnFor = () => `${weighting()}|${weights().join()}`;
  var waiting = null;
  var redrawShares = () => {
    clearTimeout(waiting);
    if (!reweighed()) return void (store.live = null);
    const asked = drawnFor();
    if (store.live?.asked === asked) return;
    const rows = store.sum.map((_, i) => i).filter((i) => store.sum[i].rank);
    const work = smaa(
      rows.map((i) => store.utilities[i]),
      weights(),
      weighting()
    );
    const turn = () => {
      if (!work.run(TURN_MS)) return void (waiting = setTimeout(turn));
      const shares = work.shares();
      store.live = {
        asked,
        draws: DRAWS,
        acceptability: Object.fromEntries(rows.map((i, at) => [page.config.districts[i].id, toldRanks(shares[at])]))
      };
      emit("shares");
    };
    waiting = setTimeout(turn, PAUSE_MS);
  };
  var drawing = () => reweighed() && store.live?.asked !== drawnFor();

  // compare/robustness.js
  var heat = (share) => share ? `color-mix(in srgb, #1b4f8f ${Math.round(12 + 88 * Math.sqrt(share))}%, #fff)` : "#f2f4f5";
  var weightingName = (name) => t(name === "profile" && reweighed() ? "weighting.current" : `weighting.${name}`);
  var sharesOf = (id) => store.live ? store.live.acceptability[id] : page.config.robust[id]?.acceptability[weighting()];
  var drawnAs = () => t(store.live ? "robust.live" : "robust.pipeline", { n: formatNumber(store.live?.draws ?? page.config.draws) });
  var acceptStrip = (id) => {
    const shares = sharesOf(id);
    if (!shares) return null;
    const often = shares.map((share, k) => `${t("rank.n", { n: k + 1 })} ${formatPercent(share, 0)}`).filter((_, k) => shares[k] >= 5e-3).join(", ");
    return h(
      "span",
      {
        class: `accept${drawing() ? " pending" : ""}`,
        title: `${t("robust.title")} (${weightingName(weighting())}): ${often}. ${drawnAs()}`
      },
      shares.map((share) => h("i", { style: { background: heat(share) } }))
    );
  };
  var leftOpen = (i) => {
    const rivals = store.sum.filter(({ rank }, k) => rank && k !== i);
    const open = weights().map((weight, j) => store.utilities[i][j] === null ? weight : 0);
    const most = Math.max(...open);
    return {
      best: 1 + rivals.filter(({ low }) => low > store.sum[i].high + page.config.ranking.tie).length,
      worst: 1 + rivals.filter(({ high }) => high > store.sum[i].low + page.config.ranking.tie).length,
      settling: most > 0 ? page.config.criteria[open.indexOf(most)].id : null
    };
  };
  var drawPicker = () => makePicker(
    "draw",
    t("robust.weights"),
    page.config.weightings.map((name) => [name, weightingName(name)]),
    weighting(),
    (value) => {
      keepState({ draw: value });
      emit("weighting");
    }
  );
  var rankBars = (i) => {
    const { id } = page.config.districts[i];
    if (store.sum.filter(({ rank }) => rank).length === 1) return h("p", { class: "note" }, t("robust.alone"));
    const shares = sharesOf(id) ?? [];
    const most = Math.max(...shares);
    const { best, worst, settling } = reweighed() ? leftOpen(i) : page.config.robust[id];
    return [
      h(
        "div",
        {
          class: `ranks${drawing() ? " pending" : ""}`,
          role: "img",
          "aria-label": `${t("robust.title")}: ${shares.map((share, k) => `${k + 1} ${formatPercent(share, 0)}`).join(", ")}`
        },
        shares.map(
          (share, k) => h(
            "span",
            {},
            h("small", {}, share >= 5e-3 ? formatPercent(share, 0) : ""),
            h("i", { style: { height: `calc(${share / most * 34 + (share ? 1 : 0)} * var(--u))` } }),
            h("b", {}, k + 1 > page.config.ranking.shownRanks ? "…" : String(k + 1))
          )
        )
      ),
      h(
        "p",
        { class: "note drawn" },
        drawing() ? t("robust.drawing") : drawnAs(),
        method() === "weighted_sum" ? null : ` ${t("robust.sum")}`
      ),
      h(
        "ul",
        { class: "sure" },
        h("li", {}, best === worst ? t("robust.fixed") : t("robust.interval", { best, worst })),
        settling ? h("li", {}, t("robust.settling", { criterion: criterionName(settling) })) : null,
        reweighed() ? null : h("li", {}, leastChange(page.config.robust[id].least))
      )
    ];
  };
  var robustnessSection = (i) => store.sum[i].rank ? [
    h("h3", {}, t("robust.title")),
    store.sum.filter(({ rank }) => rank).length > 1 ? drawPicker() : null,
    rankBars(i)
  ] : null;
  var leastChange = ({ criterion, from, to, rival }) => {
    if (!criterion) return t("robust.never");
    const name = page.config.districts.find((candidate) => candidate.id === rival)?.name ?? rival;
    return t("robust.least", {
      criterion: criterionName(criterion),
      from: formatPercent(from),
      to: formatPercent(to),
      rival: short(name)
    });
  };
  var sentenceOf = ({ text, unknown }) => h(
    "div",
    { class: "sentence" },
    bdi(text),
    unknown ? h("details", {}, h("summary", {}, t("reason.unknown")), bdi(unknown)) : null
  );
  var pairSentence = (a, b) => {
    const sentence = reasonOf(`${a.id}>${b.id}`) ?? reasonOf(`${b.id}>${a.id}`);
    const winning = page.config.winning[`${a.id}>${b.id}`];
    return [
      sentence && sentenceOf(sentence),
      winning ? h(
        "p",
        { class: "note" },
        t("robust.winning", {
          a: short(a.name),
          b: short(b.name),
          shares: page.config.weightings.map((name, k) => `${t(`weighting.${name}`)} ${formatPercent(winning[k], 0)}`).join(", ")
        })
      ) : null
    ];
  };

  // compare/pair.js
  var STEPS = 12;
  var gapsOf = (i, k) => {
    const [a, b] = [i, k].map((at) => {
      const raised = raisedWeights(store.utilities[at], weights());
      return store.utilities[at].map((utility, j) => raised[j] * (utility ?? 0));
    });
    const told = a.map((value, j) => ({ j, gap: value - b[j] })).filter(({ j }) => store.utilities[i][j] !== null || store.utilities[k][j] !== null);
    return {
      gaps: told.sort((x, y) => Math.abs(y.gap) - Math.abs(x.gap)),
      blank: a.length - told.length,
      from: sumOf(b),
      to: sumOf(a)
    };
  };
  var pairCard = (i, k) => {
    const { districts } = page.config;
    const { gaps, blank, from, to } = gapsOf(i, k);
    return [
      h(
        "div",
        { class: "faces" },
        [i, k].map((at) => h("article", { class: at === i ? "first" : "second" }, face(at)))
      ),
      reweighed() ? null : pairSentence(districts[i], districts[k]),
      h("h3", {}, t("waterfall.title")),
      [i, k].every((at) => store.sum[at].score !== null) ? [
        h("p", { class: "note" }, `${t("difference.sum", { gap: formatSigned(to - from) })} ${t("waterfall.axis")}`),
        waterfall(i, k, gaps, from, to)
      ] : h("p", { class: "note" }, t("waterfall.none")),
      h("h3", {}, t("pair.values")),
      valuesOf(i, k, gaps),
      blank ? h("p", { class: "note" }, t("difference.neither", { n: blank })) : null,
      h("h3", {}, t("proposal")),
      proposals(i, k)
    ];
  };
  var face = (i) => [cardHead(i), store.sum[i].rank ? [h("h3", {}, t("robust.title")), rankBars(i)] : null];
  var waterfall = (i, k, gaps, from, to) => {
    const steps = stepsOf(i, k, gaps);
    let at = from;
    const spans = steps.map(({ gap }) => [at, at += gap]);
    const ends = [from, to, ...spans.flat()];
    const least = Math.min(...ends), wide = Math.max(Math.max(...ends) - least, 1e-6);
    const x = (value) => 3 + (value - least) / wide * 94;
    return h(
      "ol",
      { class: "waterfall" },
      stepRow(nameOf(k), formatFixed(from, 3), "whole", [0, x(from)], { next: true }),
      steps.map(
        ({ gap, label, lacking }, n) => stepRow([bdi(label), lackingNote(lacking)], formatSigned(gap), gap < 0 ? "behind" : "ahead", spans[n].map(x), {
          before: true,
          next: true
        })
      ),
      stepRow(nameOf(i), formatFixed(to, 3), "whole", [x(to), 0], { before: true })
    );
  };
  var stepsOf = (i, k, gaps) => {
    const drawn = gaps.slice(0, gaps.length > STEPS + 1 ? STEPS : gaps.length);
    const rest = gaps.slice(drawn.length);
    const steps = drawn.map(({ j, gap }) => ({
      gap,
      label: localised(page.config.criteria[j].label),
      lacking: [i, k].filter((at) => store.utilities[at][j] === null)
    }));
    if (rest.length)
      steps.push({ gap: sumOf(rest.map(({ gap }) => gap)), label: t("waterfall.rest", { n: rest.length }), lacking: [] });
    return steps;
  };
  var lackingNote = (lacking) => {
    const who = lacking.map((at) => short(page.config.districts[at].name, 24)).join(", ");
    return lacking.length ? h("small", {}, t("waterfall.lacking", { who })) : null;
  };
  var stepRow = (label, figure2, kind, [a, b], { before = false, next = false }) => h(
    "li",
    { class: kind },
    h("span", { class: "label" }, label),
    h(
      "span",
      { class: "steps" },
      h(
        "svg",
        { "aria-hidden": "true" },
        before && h("line", { x1: `${a}%`, x2: `${a}%`, y1: "0", y2: "50%" }),
        next && h("line", { x1: `${b}%`, x2: `${b}%`, y1: "50%", y2: "100%" }),
        h("rect", { x: `${Math.min(a, b)}%`, width: `${Math.max(Math.abs(b - a), 0.6)}%` })
      )
    ),
    h("span", { class: "figure" }, figure2)
  );
  var nameOf = (i) => bdi(short(page.config.districts[i].name));
  var nameHead = (i) => ({ text: nameOf(i), class: "number" });
  var valuesOf = (i, k, gaps) => {
    const { criteria, districts } = page.config;
    const figure2 = (at, j) => ({
      class: "number",
      text: store.utilities[at][j] === null ? h("em", {}, t("missing")) : fact(`candidate/${districts[at].id}/value/${criteria[j].id}`)
    });
    return makeTable(
      [t("criterion"), nameHead(i), nameHead(k), { text: t("difference"), class: "number" }],
      gaps.map(({ j, gap }) => [
        { text: bdi(localised(criteria[j].label)), head: true },
        figure2(i, j),
        figure2(k, j),
        { text: formatSigned(gap), class: "number" }
      ]),
      { class: "differences" }
    );
  };
  var proposals = (i, k) => {
    const [own, others] = [i, k].map((at) => proposalOf(page.config.districts[at]));
    return makeTable(
      [t("field"), nameHead(i), nameHead(k)],
      own.map(([label, value], n) => [
        { text: label, head: true },
        { text: value, class: "number" },
        { text: others[n][1], class: "number" }
      ]),
      { class: "said" }
    );
  };

  // compare/card.js
  var drawCard = () => {
    const i = store.selected;
    const district = page.config.districts[i];
    const other = secondOf(i);
    const others = order().filter((k) => k !== i);
    const picker = makePicker(
      "with",
      t("with"),
      [
        ["", t("with.none")],
        ...others.map((k) => [
          page.config.districts[k].id,
          `${standing(k).sign} · ${short(page.config.districts[k].name)}`
        ])
      ],
      other >= 0 ? page.config.districts[other].id : "",
      (value) => {
        keepState({ with: value });
        drawCard();
        emit("pair");
      }
    );
    document.body.classList.toggle("paired", other >= 0);
    replaceParts(
      document.getElementById("card"),
      other >= 0 ? [picker, store.sum[i].rank || store.sum[other].rank ? drawPicker() : null, pairCard(i, other)] : [
        cardHead(i),
        planNote(district),
        h("div", { id: "sure" }, robustnessSection(i)),
        picker,
        contributions(district, raisedWeights(district.utilities, weights())),
        h("h3", {}, t("proposal")),
        proposal(district)
      ]
    );
  };
  var planNote = (district) => district.plan && h("p", { class: "note plan" }, `${t("scored.plan")}: `, bdi(localised(district.plan)));
  var contributions = (district, raised) => {
    const { criteria, pillars } = page.config;
    const base = weights();
    const longest = Math.max(...raised, ...base);
    return [
      h("p", { class: "note" }, t("contribution.note")),
      pillars.map((pillar) => {
        const mine = criteria.map((c, j) => j).filter((j) => criteria[j].pillar === pillar);
        const sum = mine.reduce((total, j) => total + raised[j] * (district.utilities[j] ?? 0), 0);
        return h(
          "div",
          { class: "pillar" },
          h("h3", {}, t(`pillar.${pillar}`), h("span", { class: "figure" }, `+${formatFixed(sum, 3)}`)),
          mine.map(
            (j) => criterionRow(
              criteria[j],
              district.values[j],
              district.values[j].value === null ? null : fact(`candidate/${district.id}/value/${criteria[j].id}`),
              district.utilities[j],
              raised[j],
              base[j],
              longest
            )
          )
        );
      })
    ];
  };
  var criterionRow = (criterion, datum, value, utility, raised, weight, longest) => {
    const lacking = utility === null;
    const papers = (datum.note ?? []).filter(({ code }) => code.startsWith("evidence."));
    const notes = (datum.note ?? []).filter((note) => !papers.includes(note));
    const track = h(
      "span",
      {
        class: `track${lacking ? " lacking" : ""}`,
        "aria-hidden": "true",
        style: { width: `${(lacking ? weight : raised) / longest * 100}%` }
      },
      lacking ? null : h("span", { style: { width: `${utility * 100}%` } })
    );
    const facts = [
      lacking ? null : [t("utility"), formatFixed(utility, 3)],
      [t("weight"), weightText(lacking, weight, raised)],
      lacking ? [t("missing.effect"), localised(criterion.missing)] : [t("direction"), t(`direction.${criterion.direction}`)],
      [t("source"), [localised(datum.source), datum.vintage].filter(Boolean).join(" · ") || "–"],
      notes.length ? [t("estimate"), localised(notes)] : null,
      papers.length ? [t("evidence"), localised(papers)] : null,
      [t("basis"), `${localised(criterion.source)} [${t(`evidence.${criterion.evidence}`)}]`]
    ].filter(Boolean);
    return h(
      "details",
      { class: "criterion" },
      h(
        "summary",
        {},
        h("span", { class: "label" }, bdi(localised(criterion.label))),
        h("span", { class: "value" }, lacking ? h("em", {}, t("missing")) : value),
        h("span", { class: "lane" }, track),
        h("span", { class: "figure" }, lacking ? "–" : `+${formatFixed(raised * utility, 3)}`),
        lacking && datum.missing ? h("small", { class: "reason" }, bdi(datum.missing)) : null,
        papers.length ? h("small", { class: "reason" }, bdi(localised(papers))) : null
      ),
      h(
        "dl",
        {},
        facts.map(([name, text]) => [h("dt", {}, name), h("dd", {}, bdi(text))])
      )
    );
  };
  var weightText = (lacking, weight, raised) => {
    const set = formatPercent(weight);
    if (lacking) return `${set} (${t("weight.shared")})`;
    return formatPercent(raised) === set ? set : `${set} (${t("weight.raised", { share: formatPercent(raised) })})`;
  };
  var proposal = (district) => h(
    "dl",
    { class: "facts" },
    proposalOf(district).map(([label, value]) => [h("dt", {}, label), h("dd", {}, value)])
  );
  var drawRobustness = () => document.getElementById("sure") ? replaceParts(document.getElementById("sure"), robustnessSection(store.selected)) : drawCard();

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

  // compare/search.js
  var FOUND_LINE = { color: "#d81b72", weight: 3, dashArray: "7 4", fill: false };
  var [OPEN_ALPHA, CLOSED_ALPHA] = [215, 70];
  var fitLayers = () => page.config.found.map(({ kind, breaks }) => ({
    key: `fit-${kind}`,
    unit: "index",
    breaks,
    zero: false,
    known: true
  }));
  var foundBy = (key) => page.config.found.find(({ kind }) => `fit-${kind}` === key);
  var loadFound = async () => {
    store.closed = {};
    store.areas = {};
    for (const { kind, areas } of page.config.found) {
      store.values[`fit-${kind}`] = new Float32Array((await readBlob(`fit-${kind}`)).buffer);
      store.closed[`fit-${kind}`] = new Uint16Array((await readBlob(`closed-${kind}`)).buffer);
      store.areas[`fit-${kind}`] = L.layerGroup(
        areas.map(
          (area) => L.geoJSON(area.geometry, { style: { ...FOUND_LINE, fill: true, fillOpacity: 0 } }).bindTooltip(
            () => areaTip(area),
            { sticky: true, direction: "top" }
          )
        )
      );
    }
  };
  var areaTip = (area) => h(
    "div",
    {},
    h("b", {}, bdi(area.name)),
    h("small", {}, formatQuantity(area.area_m2, "m2")),
    h(
      "div",
      {},
      t("found.rated", {
        suitability: formatFixed(area.suitability, 2),
        compactness: formatFixed(area.compactness, 2),
        rating: formatFixed(area.rating, 2)
      })
    )
  );
  var showFound = () => {
    for (const [key, group] of Object.entries(store.areas)) {
      if (key === store.layerKey) group.addTo(scene.map);
      else group.remove();
    }
  };
  var alphaOf = (cell) => store.closed[store.layerKey]?.[cell] ? CLOSED_ALPHA : OPEN_ALPHA;
  var whyClosed = (cell) => {
    const found = foundBy(store.layerKey);
    const why = found?.closed[store.closed[store.layerKey][cell]] ?? [];
    return !found ? "" : why.length ? `${t("found.closed")}: ${why.map(localised).join(", ")}` : t("found.open");
  };
  var foundLegend = () => foundBy(store.layerKey) ? [
    { colour: `${SEQUENTIAL[6]}46`, label: t("found.pale") },
    { line: true, colour: FOUND_LINE.color, dash: FOUND_LINE.dashArray, label: t("found.areas") }
  ] : [];
  var foundNote = () => {
    const found = foundBy(store.layerKey);
    return found && [
      h("button", { type: "button", class: "action", id: "open-found", onclick: openFound }, t("found.open.table")),
      h("details", { class: "note" }, h("summary", {}, t("found.how")), bdi(found.how))
    ];
  };
  var openFound = () => {
    store.openFound ??= makeDialog("found", "found.table", () => {
      const { areas, compared, told } = foundBy(store.layerKey);
      const named = [...areas, ...page.config.districts];
      const numeric = (text) => ({ text, class: "number" });
      const head = [
        t("found.district"),
        t("found.kind"),
        ...[
          t("found.area"),
          t("found.fit"),
          t("found.compactness"),
          t("found.rating"),
          t("found.open.share"),
          t("found.barred"),
          t("found.unknown")
        ].map(numeric)
      ];
      return [
        h("p", { class: "note" }, t("found.table.note", { surface: t(`layer.${store.layerKey}`) })),
        makeTable(
          head,
          compared.map((row) => [
            {
              text: bdi(named.find(({ id }) => id === row.district)?.name ?? row.district),
              head: true,
              class: row.kind === "found" ? "found" : null
            },
            t(row.kind === "found" ? "found.found" : `kind.${row.kind}`),
            ...[
              formatQuantity(row.area_km2, "km2"),
              ...["suitability", "compactness", "rating"].map((key) => formatFixed(row[key], 3)),
              ...["open", "barred", "unknown"].map((key) => formatPercent(row[key]))
            ].map(numeric)
          ]),
          { class: "wide" }
        ),
        h("p", {}, bdi(told))
      ];
    });
    store.openFound();
  };

  // compare/celllayers.js
  var UNKNOWN = "#b9b9b9";
  var loadLayers = async (map) => {
    store.values = {};
    for (const { key, known: known2 } of page.config.layers) {
      if (known2) store.values[key] = new Float32Array((await readBlob(`layer-${key}`)).buffer);
    }
    store.minutes = await readBlob("drive");
    await loadFound();
    store.layerKey = cellLayers().some(({ key, known: known2 }) => known2 && key === page.state.layer) || page.state.layer === "drive" ? page.state.layer : "";
    store.layer = cellLayer(
      () => [store.colours],
      () => store.bands
    );
    map.on("mousemove", (event) => showValue(event.latlng));
    map.on("mouseout", () => showValue(null));
  };
  var MINUTES = [10, 20, 30];
  var reach = () => MINUTES.includes(Number(page.state.reach)) ? [Number(page.state.reach)] : MINUTES;
  var cellLayers = () => [...page.config.layers, ...fitLayers()];
  var currentLayer = () => store.layerKey === "drive" ? { key: "drive", unit: "min", breaks: reach(), zero: false } : cellLayers().find(({ key }) => key === store.layerKey);
  var valueAt = (cell) => {
    if (store.layerKey !== "drive") return store.values[store.layerKey][cell];
    const minutes = store.minutes[store.selected * page.config.grid.cells + cell];
    return minutes === page.config.beyond ? Infinity : minutes;
  };
  var layerColours = (layer) => layer.key === "drive" ? ["#2c7fa8", "#72b9b1", "#cfe4b8"].slice(0, layer.breaks.length) : ramp(layer.breaks.length + 1);
  var colourCells = () => {
    const layer = currentLayer();
    const drive = layer.key === "drive";
    const hexes = layerColours(layer);
    const sets = Object.fromEntries(
      [150, OPEN_ALPHA, CLOSED_ALPHA].map((alpha) => [alpha, hexes.map((hex) => rgba(hex, alpha))])
    );
    store.bands = drive ? new Uint8Array(page.config.grid.cells) : null;
    const unknown = layer.key === "drive" ? 0 : rgba(UNKNOWN, 150);
    store.colours = new Uint32Array(page.config.grid.cells);
    for (let cell = 0; cell < store.colours.length; cell++) {
      const value = valueAt(cell);
      const set = sets[drive ? 150 : alphaOf(cell)];
      if (drive) store.bands[cell] = layer.breaks.filter((most) => value <= most).length;
      store.colours[cell] = Number.isNaN(value) ? unknown : value < 0 || layer.zero && value === 0 ? 0 : set[drive ? layer.breaks.length - store.bands[cell] : classOf(value, layer.breaks)] ?? 0;
    }
  };
  var guessed = () => store.layerKey === "drive" && (page.config.sources.missing ?? []).find(({ key }) => key === "streets");
  var drawLayers = () => {
    const choice = ({ key, known: known2 }) => [key, `${t(`layer.${key}`)}${known2 ? "" : ` (${t("missing")})`}`];
    const choices = [
      ["", t("layer.none")],
      ...cellLayers().map(choice),
      ...store.minutes ? [["drive", t("layer.drive")]] : []
    ];
    const picker = makePicker("layer", t("layer"), choices, store.layerKey, (value) => {
      store.layerKey = value;
      keepState({ layer: value });
      emit("all");
    });
    for (const option of picker.querySelectorAll("option")) {
      option.disabled = page.config.layers.some(({ key, known: known2 }) => key === option.value && !known2);
    }
    const catchment = store.layerKey === "drive" && makePicker(
      "reach",
      t("reach"),
      [["", "10 · 20 · 30"], ...MINUTES.map((most) => [String(most), t("reach.within", { n: most })])],
      page.state.reach ?? "",
      (value) => {
        keepState({ reach: value });
        emit("all");
      }
    );
    replaceParts(
      document.getElementById("layers"),
      picker,
      catchment,
      h("p", { class: "note", id: "under", "aria-live": "off" }, store.layerKey ? t("layer.hover") : t("layer.note")),
      guessed() && h("p", { class: "note" }, bdi(guessed().consequence)),
      foundNote()
    );
    showFound();
    if (!store.layerKey) return void store.layer.remove();
    colourCells();
    if (scene.map.hasLayer(store.layer)) store.layer.paint();
    else store.layer.addTo(scene.map);
  };
  var layerLegend = () => {
    const layer = currentLayer();
    const unit = layer.unit === "share" ? "%" : t(`unit.${layer.unit}`);
    const labels2 = layer.breaks.map(
      (value) => layer.unit === "share" ? formatNumber(value * 100) : formatNumber(value, layer.unit === "index" ? 2 : 1)
    );
    const grey = layer.key === "drive" ? [] : [{ colour: UNKNOWN, label: t("missing.cell") }];
    if (layer.zero) grey.push({ colour: "none", label: t("layer.zero") });
    grey.push(...foundLegend());
    return makeStrip(`${t(`layer.${layer.key}`)} (${unit})`, layerColours(layer), labels2, grey);
  };
  var showValue = (latlng) => {
    const note = document.getElementById("under");
    if (!note || !store.layerKey) return;
    const cell = latlng ? cellUnder(latlng) : -1;
    if (cell < 0) return void (note.textContent = t("layer.hover"));
    const layer = currentLayer();
    const value = valueAt(cell);
    const zone = page.config.zones[scene.cells.zone[cell]];
    const text = Number.isNaN(value) ? t("missing.cell") : value < 0 ? t("layer.nobody") : value === Infinity ? t("layer.beyond", { n: formatNumber(page.config.driveLimitMin) }) : layer.unit === "share" ? formatPercent(value) : layer.unit === "index" ? formatFixed(value, 2) : `${formatNumber(value, 1)} ${t(`unit.${layer.unit}`)}`;
    const why = whyClosed(cell);
    replaceParts(
      note,
      zone ? bdi(`${short(zone.name, 30)} · `) : null,
      `${t(`layer.${layer.key}`)}: ${text}`,
      why && h("br"),
      why && bdi(why)
    );
  };

  // compare/map.js
  var drawDistricts = (map) => {
    page.config.districts.forEach((district, i) => {
      const shape = L.geoJSON(district.geometry, { style: { weight: 2 } }).addTo(map);
      shape.on("click", () => emit("select", i));
      shape.bindTooltip(() => tip(i), { sticky: true, direction: "top" });
      store.shapes.set(i, shape);
      const mark = L.marker(toLatLng(...district.at), { icon: badge(i), keyboard: false, riseOnHover: true }).addTo(map);
      mark.on("click", () => emit("select", i));
      mark.bindTooltip(() => tip(i), { direction: "top", offset: [0, -12] });
      store.marks.set(i, mark);
    });
    const svg = map.getPane("overlayPane").querySelector("svg");
    svg.prepend(hatching());
  };
  var hatching = () => h(
    "defs",
    {},
    h(
      "pattern",
      { id: "hatch", width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      h("rect", { width: 7, height: 7, fill: "#ffffff", "fill-opacity": 0.55 }),
      h("line", { x1: 0, x2: 0, y1: 0, y2: 7, stroke: "#8c2f2f", "stroke-width": 3 })
    )
  );
  var badge = (i) => {
    const { rank } = store.results?.[i] ?? {};
    const colour = rank ? colourOf(i) : "#fff";
    const chosen = store.selected === i ? " chosen" : page.config.districts[i].id === page.state.with ? " second" : "";
    const { tone, sign } = store.results ? standing(i) : { tone: "", sign: "" };
    const face2 = h(
      "div",
      { class: `badge${tone}${chosen}`, style: { background: colour, color: inkOn(rank && colour) } },
      sign
    );
    const size = 26 * parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--u"));
    return L.divIcon({ className: "", html: face2, iconSize: [size, size] });
  };
  var tip = (i) => {
    const district = page.config.districts[i];
    const { rank, score } = store.results[i];
    return h(
      "div",
      {},
      h("b", {}, bdi(short(district.name))),
      h("small", {}, `${t(`kind.${district.kind}`)} · ${formatQuantity(district.area_m2, "m2")}`),
      h("div", {}, rank ? `${standing(i).label} · ${t("score")} ${formatFixed(score, 3)}` : standing(i).label),
      acceptStrip(district.id)
    );
  };
  var paintDistricts = () => {
    page.config.districts.forEach((district, i) => {
      const { rank: ranked, tone } = standing(i);
      store.shapes.get(i).setStyle({
        color: store.selected === i ? "#111820" : district.vetoed ? "#8c2f2f" : "#2a3640",
        weight: store.selected === i ? 3.5 : 1.8,
        dashArray: tone === " unranked" ? "5 4" : null,
        fillColor: ranked ? colourOf(i) : district.vetoed ? "url(#hatch)" : "#ffffff",
        fillOpacity: ranked ? store.layerKey ? 0.25 : 0.72 : district.vetoed ? 1 : 0.25
      });
      store.marks.get(i).setIcon(badge(i));
      if (store.selected === i) store.shapes.get(i).bringToFront();
    });
    drawLegend();
  };
  var drawLegend = () => {
    const set = store.ramp.slice(0, rankedCount()).map((_, k) => rankColour(k + 1));
    const step = [1, 5, 10, 20, 50, 100, 200, 500, 1e3].find((apart) => set.length / apart <= 12);
    const labels2 = set.map((_, k) => k === 0 || (k + 1) % step === 0 ? String(k + 1) : "");
    const { districts } = page.config;
    const hatched = [
      districts.some(({ vetoed }) => vetoed) ? { hatch: true, label: t("vetoed") } : null,
      districts.some(({ vetoed }, i) => !vetoed && !store.results[i].rank) ? { line: true, colour: "#2a3640", dash: "5 4", label: t("unranked") } : null
    ].filter(Boolean);
    if (store.layerKey)
      return replaceParts(document.getElementById("legend"), layerLegend(), makeLegend("", hatched).slice(1, 2));
    replaceParts(
      document.getElementById("legend"),
      set.length ? makeStrip(t("legend.rank", { method: t(`method.${method()}`) }), set, labels2, hatched) : makeLegend(t("rank"), hatched)
    );
  };

  // ui/points.js
  var WHOLE = 100;
  var oursOf = ({ criteria }, weights2) => {
    const places = criteria.map((id) => page.config.criteria.findIndex((criterion) => criterion.id === id));
    return {
      names: places.map((j) => localised(page.config.criteria[j].label)).join(", ") || "–",
      weight: places.length ? formatPercent(places.reduce((sum, j) => sum + weights2[j], 0)) : "–"
    };
  };
  var number = (text) => ({ text, class: "number" });
  var pointsOf = ({ points }) => number(points === null ? "–" : formatNumber(points, 1));
  var paperOf = ({ evidence }) => evidence ?? t("evidence.none");
  var narrowPointsTable = (weights2, own) => makeTable(
    [t("points.item"), number(t("points.points")), number(t("points.own"))],
    page.config.points.map((item, at) => {
      const { names, weight } = oursOf(item, weights2);
      const told = [`${t("points.ours")}: ${names} (${t("weight")} ${weight})`, `${t("evidence")}: ${paperOf(item)}`];
      const head = [bdi(localised(item.item)), told.map((line) => h("small", {}, bdi(line)))];
      return [{ text: head, head: true }, pointsOf(item), number(own[at])];
    }),
    { class: "points" }
  );
  var pointsSum = (own) => {
    const sum = own.reduce((total, points) => (total ?? 0) + (points ?? 0), 0) ?? 0;
    return t(Math.abs(sum - WHOLE) < 1e-9 ? "points.whole" : "points.other", { sum: formatNumber(sum, 1), whole: WHOLE });
  };

  // compare/points.js
  var ownPoints = () => {
    const kept = (page.state.p ?? "").split("_");
    const told = page.config.points.map(({ own }) => own);
    if (kept.length !== told.length || !page.state.p) return told;
    return kept.map((text) => text === "" || !(Number(text) >= 0) ? null : Number(text));
  };
  var drawPoints = () => {
    const section = document.getElementById("points");
    section.hidden = !page.config.points.length;
    if (section.hidden) return;
    const open = section.querySelector("details")?.open ?? Boolean(page.state.p);
    const own = ownPoints();
    replaceParts(
      section,
      h(
        "details",
        { open, class: "points" },
        h("summary", {}, h("h2", {}, t("points"))),
        h("p", { class: "note" }, t("points.note", { whole: WHOLE })),
        narrowPointsTable(
          weights(),
          own.map((value, at) => ownInput(own, value, at))
        ),
        h("p", { class: "note strong", id: "points-sum", "aria-live": "polite" }, pointsSum(own))
      )
    );
  };
  var ownInput = (own, value, at) => h("input", {
    type: "number",
    min: 0,
    max: WHOLE,
    step: 0.5,
    value: value ?? "",
    "aria-label": `${t("points.own")}: ${localised(page.config.points[at].item)}`,
    oninput: (event) => {
      own[at] = event.target.value === "" ? null : Math.max(0, Number(event.target.value));
      keepState({ p: own.map((points) => points ?? "").join("_") });
      replaceParts(document.getElementById("points-sum"), bdi(pointsSum(own)));
    }
  });

  // compare/ranking.js
  var drawRanking = () => {
    const { districts } = page.config;
    const lacking = districts.some((district) => district.utilities.includes(null));
    replaceParts(
      document.getElementById("ranking"),
      h("h2", {}, t("ranking")),
      methodPicker(),
      profilePicker(),
      h("p", { class: "note strong" }, t("illustrative"), changed() ? h("small", {}, t("weights.moved")) : null)
    );
    replaceParts(
      document.getElementById("order"),
      districts.every(({ vetoed }) => vetoed) && h("p", { class: "note strong" }, t("vetoed.all")),
      levelNote(store.level, weights()),
      h("ol", { class: "ranking" }, order().map(candidateRow)),
      reweighed() || method() !== "weighted_sum" ? null : verdict(),
      h("p", { class: "note" }, lacking ? `${t("interval.note")} ` : null, t("robust.strip")),
      lacking && method() === "promethee" && h("p", { class: "note", id: "promethee" }, t("promethee.missing"))
    );
  };
  var verdict = () => page.config.verdict.length > 0 && h(
    "details",
    { class: "verdict" },
    h("summary", {}, t("verdict")),
    page.config.verdict.map((text) => h("p", {}, bdi(localised(text))))
  );
  var methodPicker = () => makePicker(
    "method",
    t("method"),
    METHODS.map((name) => [name, t(`method.${name}`)]),
    method(),
    (value) => {
      keepState({ method: value });
      emit("scores");
    }
  );
  var profilePicker = () => makePicker(
    "profile",
    t("profile"),
    page.config.profiles.map(({ id, label }) => [id, localised(label)]),
    profile().id,
    (value) => {
      keepState({ profile: value, w: "" });
      store.raw = store.initial = profile().weights.map((weight) => weight * 100);
      emit("profile");
    }
  );
  var candidateRow = (i) => {
    const district = page.config.districts[i];
    const { rank, score, low, high } = store.results[i];
    const { label, tone, sign } = standing(i);
    const badge2 = h(
      "span",
      {
        class: `badge${tone}`,
        style: { background: rank ? colourOf(i) : "#fff", color: inkOn(rank && colourOf(i)) },
        "aria-label": label
      },
      sign
    );
    return h(
      "li",
      {},
      h(
        "button",
        {
          type: "button",
          "aria-current": store.selected === i ? "true" : null,
          "data-id": district.id,
          onclick: () => emit("select", i, true)
        },
        badge2,
        h(
          "span",
          { class: "who" },
          h("span", { class: "name", title: localised(district.name) }, bdi(district.name)),
          h("small", {}, t(`kind.${district.kind}`), rank ? null : ` · ${label}`, nearNote(i), placesMoved(i)),
          district.utilities.includes(null) ? h("small", { class: "known" }, t("known.short", knownOf(district.utilities, weights()))) : null
        ),
        h(
          "span",
          { class: "how" },
          h("span", { class: "figure" }, formatFixed(score, 3)),
          scoreBar(score, low, high),
          acceptStrip(district.id)
        )
      )
    );
  };
  var nearNote = (i) => nearTie(store.results, i) && !store.level.includes(i) ? ` · ${t("rank.near")}` : null;
  var placesMoved = (i) => {
    const { rank } = store.results[i];
    const before = page.config.districts[i].scores[method()].rank;
    const moved = rank && before ? before - rank : 0;
    return moved ? h("b", { class: moved > 0 ? "up" : "down" }, ` ${moved > 0 ? "▲" : "▼"}${Math.abs(moved)}`) : null;
  };
  var scoreBar = (score, low, high) => h(
    "span",
    { class: "bar", "aria-hidden": "true" },
    score === null ? null : h("span", { class: "fill", style: { width: `${score * 100}%` } }),
    high - low > 5e-4 ? h("span", { class: "span", style: { left: `${low * 100}%`, width: `${(high - low) * 100}%` } }) : null
  );

  // lib/download.js
  var download = (name, content, type) => {
    const link = h("a", {
      href: URL.createObjectURL(new Blob([
        /** @type {BlobPart} */
        content
      ], { type })),
      download: name
    });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1e3);
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
  var downloadText = (name, text) => download(name, text, "text/csv");

  // compare/table.js
  var openTable = () => {
    store.openTable ??= makeDialog("table", "table.title", () => {
      const { criteria, districts } = page.config;
      const shown = order();
      const weight = weights();
      const head = [
        t("criterion"),
        t("unit"),
        { text: t("weight"), class: "number" },
        ...shown.map((i) => ({
          text: [h("b", {}, `${standing(i).sign} `), bdi(short(districts[i].name))],
          title: localised(districts[i].name)
        }))
      ];
      const rows = [];
      for (const pillar of page.config.pillars) {
        rows.push([{ text: t(`pillar.${pillar}`), head: true, class: "pillar", span: 3 + shown.length }]);
        criteria.forEach((criterion, j) => {
          if (criterion.pillar !== pillar) return;
          rows.push([
            { text: bdi(localised(criterion.label)), head: true, title: localised(criterion.source) },
            unitIn(shown, j) || "–",
            { text: formatPercent(weight[j]), class: "number" },
            ...shown.map((i) => {
              const { value, missing } = districts[i].values[j];
              const utility = districts[i].utilities[j];
              if (value === null) return { text: t("missing"), class: "number lacking", title: localised(missing) };
              return {
                text: [factFigure(valueFact(i, j)), h("small", {}, `${t("utility")} ${formatFixed(utility, 2)}`)],
                class: "number"
              };
            })
          ]);
        });
      }
      rows.push(
        [
          { text: t("score"), head: true },
          "0–1",
          "",
          ...shown.map((i) => ({ text: formatFixed(store.results[i].score, 3), class: "number" }))
        ].map(
          (cell) => typeof cell === "string" ? { text: cell, class: "totalcell" } : { ...cell, class: `${cell.class ?? ""} totalcell` }
        )
      );
      return [
        h("p", { class: "note" }, `${t("illustrative")} ${t("table.note")}`),
        makeTable(head, rows, { class: "wide criteria" })
      ];
    });
    store.openTable();
  };
  var valueFact = (i, j) => `candidate/${page.config.districts[i].id}/value/${page.config.criteria[j].id}`;
  var unitIn = (shown, j) => {
    const known2 = shown.find((i) => hasFact(valueFact(i, j)));
    return known2 === void 0 ? unitLabel(page.config.criteria[j].unit) : factUnit(valueFact(known2, j));
  };
  var rankingRows = () => {
    const { districts, criteria } = page.config;
    const weight = weights();
    return [
      [
        "rank",
        "district_id",
        "name",
        "kind",
        "vetoed",
        "profile",
        "method",
        "score",
        "score_low",
        "score_high",
        "level_with",
        ...criteria.map((c) => `${c.id} [${c.unit}]`)
      ],
      ["", "", "weights", "", "", "", "", "", "", "", "", ...weight],
      ...order().map((i) => {
        const { rank, score, low, high } = store.results[i];
        const d = districts[i];
        return [
          rank,
          d.id,
          asWritten(d.name),
          d.kind,
          String(d.vetoed),
          `${profile().id}${changed() ? "*" : ""}`,
          method(),
          score,
          low,
          high,
          store.level.includes(i) ? levelOthers(store.level, i).map((k) => districts[k].id).join(";") : "",
          ...d.values.map((v) => v.value)
        ];
      })
    ];
  };
  var exportRanking = () => downloadText(`${page.config.region.id}-ranking.csv`, csvText(rankingRows()));

  // compare/weights.js
  var MOST = 60;
  var sliderOf = (id) => (
    /** @type {HTMLInputElement} */
    document.getElementById(id)
  );
  var membersOf = (pillar) => page.config.criteria.flatMap((criterion, j) => criterion.pillar === pillar ? [j] : []);
  var wholeOf = (pillar, values) => sumOf(membersOf(pillar).map((j) => values[j]));
  var drawWeights = () => {
    const section = document.getElementById("weights");
    const open = section.querySelector("details")?.open ?? Boolean(page.state.w);
    replaceParts(
      section,
      h(
        "details",
        { open },
        h("summary", {}, h("h2", {}, t("weights"))),
        h(
          "button",
          { type: "button", class: "action", onclick: () => setWeights([...store.initial]) },
          t("weights.reset")
        ),
        h(
          "div",
          { class: "sliders" },
          page.config.pillars.map(pillarGroup),
          h("p", { class: "note" }, bdi(profile().provenance), " ", t("weights.rounded"))
        )
      )
    );
    showWeights();
  };
  var pillarGroup = (pillar) => h(
    "fieldset",
    {},
    h("legend", {}, t(`pillar.${pillar}`)),
    makeSlider(
      `p-${pillar}`,
      t("weights.whole"),
      wholeOf(pillar, store.raw),
      (value) => setWeights(scaledTo(pillar, value), `p-${pillar}`)
    ),
    membersOf(pillar).map(
      (j) => makeSlider(
        `w-${j}`,
        localised(page.config.criteria[j].label),
        store.raw[j],
        (value) => setWeights(
          store.raw.map((weight, k) => k === j ? value : weight),
          `w-${j}`
        )
      )
    )
  );
  var makeSlider = (id, label, value, act) => h(
    "div",
    { class: "weight" },
    h("label", { for: id }, bdi(label)),
    h("output", { for: id }),
    h("input", {
      id,
      type: "range",
      min: 0,
      max: MOST,
      step: 0.5,
      value: Math.min(MOST, value),
      oninput: (event) => act(Number(event.target.value))
    })
  );
  var scaledTo = (pillar, value) => {
    const mine = membersOf(pillar);
    const now = wholeOf(pillar, store.raw);
    const start = wholeOf(pillar, store.initial);
    return store.raw.map((weight, j) => {
      if (!mine.includes(j)) return weight;
      if (now > 0) return weight * value / now;
      return start > 0 ? store.initial[j] * value / start : value / mine.length;
    });
  };
  var setWeights = (next, moved = "") => {
    if (!next.some((weight) => weight > 0)) return;
    store.raw = next;
    keepState({ w: changed() ? next.map((weight) => +weight.toFixed(3)).join("_") : "" });
    next.forEach((weight, j) => moved !== `w-${j}` && (sliderOf(`w-${j}`).value = String(weight)));
    for (const pillar of page.config.pillars)
      if (moved !== `p-${pillar}`) sliderOf(`p-${pillar}`).value = String(wholeOf(pillar, next));
    showWeights();
    emit("scores");
  };
  var showWeights = () => {
    const weight = weights();
    const write = (id, share) => sliderOf(id).parentElement.querySelector("output").textContent = formatPercent(share);
    weight.forEach((share, j) => write(`w-${j}`, share));
    for (const pillar of page.config.pillars) write(`p-${pillar}`, wholeOf(pillar, weight));
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

  // compare/index.js
  var openComparison = async (map) => {
    const { districts, criteria } = page.config;
    store.initial = profile().weights.map((weight) => weight * 100);
    const kept = (page.state.w ?? "").split("_").map(Number);
    store.raw = kept.length === criteria.length && kept.every((w) => w >= 0) && kept.some((w) => w > 0) ? kept : [...store.initial];
    store.utilities = districts.map((district) => district.utilities);
    store.reference = districts.map((district) => !district.vetoed);
    page.headButtons = [
      ["table.open", openTable],
      ["csv", exportRanking]
    ];
    await loadLayers(map);
    drawDistricts(map);
    rescore();
    const asked = districts.findIndex((district) => district.id === page.state.sel);
    store.selected = asked >= 0 ? asked : order()[0];
    const panels = { left: ["ranking", "weights", "points", "order", "layers"], right: ["card"] };
    for (const [panel, parts] of Object.entries(panels)) {
      document.getElementById(panel).append(...parts.map((part) => h("section", { class: "panel", id: part })));
    }
    onRender(drawAll);
  };
  on("select", (i, move) => selectDistrict(i, move));
  on("all", () => drawAll());
  on("scores", () => update());
  on("profile", () => {
    rescore();
    drawAll();
  });
  on("pair", () => paintDistricts());
  on("weighting", () => {
    redrawShares();
    drawShares();
  });
  on("shares", () => drawShares());
  var drawShares = () => {
    drawRanking();
    drawRobustness();
  };
  var rescore = () => {
    const by = (name) => reweighed() ? scoreAll(name, store.utilities, weights(), store.reference) : page.config.districts.map((district) => district.scores[name]);
    store.results = by(method());
    store.sum = method() === "weighted_sum" ? store.results : by("weighted_sum");
    store.level = levelWithFirst(store.results, store.utilities, weights());
    store.ramp = ramp(Math.max(2, rankedCount()), SEQUENTIAL.slice(1)).reverse();
    redrawShares();
  };
  var drawAll = () => {
    drawRanking();
    drawLayers();
    drawWeights();
    drawPoints();
    drawCard();
    paintDistricts();
  };
  var update = () => {
    rescore();
    drawRanking();
    drawCard();
    paintDistricts();
  };
  var selectDistrict = (i, move) => {
    store.selected = i;
    keepState({ sel: page.config.districts[i].id });
    drawAll();
    if (move) {
      const box = store.shapes.get(i).getBounds();
      if (!scene.map.getBounds().contains(box)) scene.map.panInside(box.getCenter(), { padding: [120, 120] });
    }
  };
  showParts(store, {
    home,
    scene,
    METHODS,
    TURN_MS,
    toLatLng,
    whyClosed,
    areaTip,
    cellUnder,
    drawing,
    openData,
    render,
    score: scoreAll,
    signed: formatSigned,
    smaa,
    weights
  });
  whenMapStands(openComparison);
})();
