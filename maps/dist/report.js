(() => {
  // lib/data.js
  var readJson = (id) => JSON.parse(document.getElementById(id)?.textContent ?? "null");
  var readBlob = async (name) => {
    const element = document.getElementById(`blob-${name}`);
    if (!element) return null;
    const packed = Uint8Array.from(atob(element.textContent), (letter2) => letter2.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
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
    const amount2 = say(krw / part, ko ? 2 : 3, limit === null ? null : limit / part);
    return ko ? `${amount2}억원` : `KRW ${amount2} bn`;
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
    const last = [...name].filter((letter2) => !` )"'`.includes(letter2)).pop() ?? "";
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
  var remarkText = ({ code, values: values2 }) => page.messages[code][page.language].map(
    (part) => typeof part === "string" ? part : said(values2[part[0]], part[1], part[2] ? values2[part[2]] ?? null : null)
  ).join("");

  // lib/texts.js
  var t = (key, values2 = {}) => {
    const entry = page.texts[key];
    if (!entry) throw new Error(`no text for ${key}`);
    return entry[page.language].replace(/\{(\w+)\}/g, (_, name) => values2[name] ?? "");
  };
  var filled = (key, values2) => page.texts[key][page.language].split(/\{(\w+)\}/g).map((part, at) => at % 2 ? values2[part] : part);
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

  // lib/codec.js
  var varints = (bytes) => {
    let count = 0;
    for (const byte of bytes) count += byte < 128 ? 1 : 0;
    const out = new Float64Array(count);
    for (let at = 0, number3 = 0; number3 < count; number3++) {
      let value = 0, scale = 1, byte;
      do {
        byte = bytes[at++];
        value += (byte & 127) * scale;
        scale *= 128;
      } while (byte > 127);
      out[number3] = value % 2 ? -(value + 1) / 2 : value / 2;
    }
    return out;
  };
  var SHARE_OF_CODE = Float32Array.from({ length: 256 }, (_, code) => (code / 255) ** 2);

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
  var formatMoney = (krw) => page.language === "ko" ? `${formatNumber(krw / 1e8, 2)}억원` : `KRW ${formatNumber(krw / 1e9, 3)} bn`;
  var unitLabel = (unit) => {
    const entry = page.texts[`unit.${unit}`];
    return entry ? entry[page.language] : unit === "1" || !unit ? "" : unit;
  };
  var formatUnits = (n, unit) => formatNumber(n) + (unit === "km" ? " " : /^\d/.test(unit) || page.language !== "ko" || unit.length > 3 ? " × " : "") + unit;
  var YES_NO = "yes (1) / no (0)";
  var withUnit = (figure2, label) => `${figure2}${!label || page.language === "ko" && /^[가-힣]/.test(label) ? "" : " "}${label}`;

  // map/mercator.js
  var SPHERE_M = 6378137;

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
  var SERIES = ["#1b4f8f", "#c2620c", "#4a7f3a", "#8b3d7c"];
  var ramp = (count, set = SEQUENTIAL) => Array.from({ length: count }, (_, i) => set[Math.round(i * (set.length - 1) / Math.max(1, count - 1))]);

  // map/svg.js
  var PAGE_PX = { width: 660, height: 430 };
  var decodePathData = (bytes) => {
    const values2 = varints(bytes);
    const parts = values2[0];
    let at = 1 + parts, x = 0, y = 0, text = "";
    for (let part = 0; part < parts; part++) {
      for (let point = 0; point < values2[1 + part]; point++) {
        const dx = values2[at++], dy = values2[at++];
        x += dx;
        y += dy;
        text += point ? `l${dx} ${-dy}` : `M${x} ${-y}`;
      }
    }
    return text;
  };
  var hasBase = /* @__PURE__ */ new Set();
  var layBase = async () => {
    const layers = [...Object.keys(STYLE).map((layer) => [layer, `backdrop-${layer}`]), ["zones", "zones"]];
    const found = [];
    for (const [layer, blob] of layers) {
      const bytes = await readBlob(blob);
      if (bytes) found.push(h("path", { id: `base-${layer}`, d: decodePathData(bytes) }));
    }
    hasBase = new Set(found.map((path) => path.id.slice(5)));
    const hatch = h(
      "pattern",
      { id: "hatch", width: 7, height: 7, patternUnits: "userSpaceOnUse" },
      h("path", { d: "M0 7L7 0M-1 1L1 -1M6 8L8 6", stroke: "#8c2f2f", "stroke-width": 2.2 })
    );
    document.body.prepend(
      h("svg", { width: 0, height: 0, class: "shared", "aria-hidden": "true" }, h("defs", {}, found, hatch))
    );
  };
  var fromOrigin = ([x, y]) => [x - page.config.origin[0], -(y - page.config.origin[1])];
  var shapeData = (geometry) => {
    const rings = geometry.type === "MultiPolygon" ? geometry.coordinates.flat() : geometry.coordinates;
    return rings.map(
      (ring) => `M${ring.map(([lon, lat]) => {
        const north = SPHERE_M * Math.log(Math.tan(Math.PI / 4 + lat * Math.PI / 360));
        return fromOrigin([SPHERE_M * lon * Math.PI / 180, north]).map((v) => v.toFixed(1)).join(" ");
      }).join("L")}Z`
    ).join("");
  };
  var regionBox = () => {
    const [west, south, east, north] = page.config.bounds;
    const pad = (east - west) * 0.015;
    const [x, y] = fromOrigin([west, north]);
    return [x - pad, y - pad, east - west + 2 * pad, north - south + 2 * pad];
  };
  var boxRound = (data, margin) => {
    const numbers2 = data.match(/-?[\d.]+/g).map(Number);
    const xs = numbers2.filter((_, i) => i % 2 === 0), ys = numbers2.filter((_, i) => i % 2);
    const side = Math.max(Math.max(...xs) - Math.min(...xs), (Math.max(...ys) - Math.min(...ys)) * 1.4) * (1 + 2 * margin);
    const [x, y] = [(Math.max(...xs) + Math.min(...xs)) / 2, (Math.max(...ys) + Math.min(...ys)) / 2];
    return [x - side / 2, y - side / 2.8, side, side / 1.4];
  };
  var printMap = ({
    box,
    label,
    under = () => [],
    over = () => [],
    width = 1,
    detail = false,
    labels = true,
    avoid = []
  }) => {
    const [, , wide, high] = box;
    const px = Math.max(wide / (PAGE_PX.width * width), high / PAGE_PX.height);
    const use = (layer) => {
      const {
        fill = "none",
        line = null,
        width: stroke = 1,
        dash = []
      } = layer === "zones" ? { line: "#6b7580", width: 0.8, dash: [4, 3] } : STYLE[layer];
      return hasBase.has(layer) && h("use", {
        href: `#base-${layer}`,
        fill,
        stroke: line,
        "stroke-width": line && stroke * 0.75 * px,
        "stroke-dasharray": dash.map((length) => length * px).join(" ") || null
      });
    };
    const streets = detail ? ["street_minor", "street_major"] : ["street_major"];
    return h(
      "svg",
      {
        viewBox: box.map((v) => v.toFixed(0)).join(" "),
        class: "map",
        role: "img",
        "aria-label": label,
        style: { aspectRatio: `${wide} / ${high}` },
        "data-px": px
      },
      ["green", "industrial", "water"].map(use),
      under(px),
      [...streets, "rail", ...page.config.zones.some((zone) => zone.labelled) ? ["zones"] : [], "boundary"].map(use),
      labels ? zoneLabels(box, px, avoid) : null,
      over(px),
      scaleBar(box, px),
      northArrow(box, px)
    );
  };
  var zoneLabels = ([west, north, wide, high], px, avoid) => {
    const size = 10 * px;
    const taken = [
      ...avoid.map(fromOrigin).map(([x, y]) => ({ x, y, half: 11 * px, tall: 11 * px })),
      { x: west + wide - 70 * px, y: north + high - 14 * px, half: 75 * px, tall: 16 * px },
      { x: west + wide - 12 * px, y: north + 20 * px, half: 14 * px, tall: 22 * px }
    ];
    const shown = [];
    for (const zone of page.config.zones.filter((each) => each.labelled).sort((a, b) => b.weight - a.weight)) {
      const [x, y] = fromOrigin(zone.at);
      const half = [...zone.label].reduce((sum, letter2) => sum + (/[\u1100-\uffff]/.test(letter2) ? 1 : 0.58), 0) * size / 2 + 2 * px;
      if (x - half < west || x + half > west + wide || y - size < north || y + size > north + high) continue;
      if (taken.some((box) => Math.abs(box.x - x) < box.half + half && Math.abs(box.y - y) < box.tall + 7 * px)) continue;
      taken.push({ x, y, half, tall: 7 * px });
      shown.push(
        h(
          "text",
          {
            x: x.toFixed(0),
            y: (y + size * 0.35).toFixed(0),
            class: "zone",
            fill: "#46505a",
            "font-size": size,
            "stroke-width": 2.5 * px
          },
          zone.label
        )
      );
    }
    return shown;
  };
  var scaleBar = ([west, north, wide, high], px) => {
    const middle = page.config.origin[1] - (north + high / 2);
    const ground = 1 / Math.cosh(middle / SPHERE_M);
    const most = 130 * px * ground;
    const unit = 10 ** Math.floor(Math.log10(most));
    const metres = [5, 2, 1].find((step) => step * unit <= most) * unit;
    const length = metres / ground, x = west + wide - 10 * px - length, y = north + high - 9 * px;
    return h(
      "g",
      { class: "scale" },
      h("rect", {
        x: x - 5 * px,
        y: y - 17 * px,
        width: length + 10 * px,
        height: 22 * px,
        fill: "#fff",
        "fill-opacity": 0.85
      }),
      h("path", {
        d: `M${x} ${y - 4 * px}V${y}H${x + length}V${y - 4 * px}`,
        fill: "none",
        stroke: "#1d252c",
        "stroke-width": 1.2 * px
      }),
      h(
        "text",
        { x: x + length / 2, y: y - 5 * px, "text-anchor": "middle", "font-size": 9.5 * px },
        metres >= 1e3 ? `${formatNumber(metres / 1e3)} km` : `${formatNumber(metres)} m`
      )
    );
  };
  var northArrow = ([west, north, wide, _high], px) => h(
    "g",
    { transform: `translate(${west + wide - 22 * px} ${north + 8 * px}) scale(${px})` },
    h("path", { d: "M8 0 L14 16 L8 12.5 L2 16 Z", fill: "#1d252c" }),
    h("text", { x: 8, y: 26, "text-anchor": "middle", "font-size": 10, "font-weight": 700 }, "N")
  );
  var districtShape = (district, px, style) => h("path", { d: shapeData(district.geometry), "stroke-width": 1.6 * px, ...style });
  var mapBadge = (at, px, text, fill, ink) => {
    const [x, y] = fromOrigin(at);
    return h(
      "g",
      { transform: `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${px})` },
      h("circle", { r: 9, fill, stroke: "#1d252c", "stroke-width": 1 }),
      h(
        "text",
        { y: 3.8, "text-anchor": "middle", "font-size": text.length > 2 ? 7 : 10.5, "font-weight": 700, fill: ink },
        text
      )
    );
  };
  var mapSite = (opening, px, size = 3.4) => {
    const [x, y] = fromOrigin(opening.at);
    const inside = opening.part === "in_district";
    return inside ? h("circle", { cx: x, cy: y, r: size * px, fill: "#c2185b", stroke: "#fff", "stroke-width": 0.8 * px }) : h("rect", {
      x: x - size * px * 0.9,
      y: y - size * px * 0.9,
      width: size * px * 1.8,
      height: size * px * 1.8,
      fill: "#e08a00",
      stroke: "#4a2f00",
      "stroke-width": 0.7 * px
    });
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

  // ui/scenario.js
  var anyOwn = () => page.config.scenarios.some((scenario) => scenario.own);
  var planName = (scenario) => {
    const name = localised(scenario.name);
    return anyOwn() && !scenario.own ? t("scenario.template", { name }) : name;
  };

  // map/view.js
  var printing = matchMedia("print");

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
    const [, kind, number3] = key.match(/^(\w+)(?:\[(\d+)\])?/) ?? [null, key];
    const name = page.texts[`source.${kind}`] ? t(`source.${kind}`) : kind;
    return number3 === void 0 ? name : `${name} ${Number(number3) + 1}`;
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

  // ui/shell.js
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

  // lib/facts.js
  var known = (id) => {
    const fact2 = page.config.facts[id];
    if (!fact2) throw new Error(`no fact ${id}`);
    return fact2;
  };
  var hasFact = (id) => id in page.config.facts;
  var factValue = (id) => known(id)[0];
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

  // rank/level.js
  var levelWithFirst = (results, utilities, weights) => {
    const ranks = results.map(({ rank }) => rank ?? 0);
    const ranked = results.map((_, i) => i).filter((i) => ranks[i]).sort((i, k) => ranks[i] - ranks[k]);
    const floor = Math.min(...ranked.filter((i) => ranks[i] === 1).map((i) => results[i].low));
    const last = Math.max(
      ...ranked.filter((i) => results[i].high >= floor - page.config.ranking.tie).map((i) => ranks[i])
    );
    const group = ranked.filter((i) => ranks[i] <= last);
    const known2 = Math.min(...group.map((i) => knownOf(utilities[i], weights).part));
    return group.length < 2 || known2 >= page.config.ranking.knownEnough ? [] : group;
  };
  var knownOf = (utilities, weights) => {
    const told = utilities.map((utility) => utility !== null);
    const whole = weights.reduce((sum, weight) => sum + weight, 0);
    const held = weights.reduce((sum, weight, j) => sum + (told[j] ? weight : 0), 0);
    const part = whole ? held / whole : 0;
    return { n: told.filter(Boolean).length, all: told.length, part, share: formatPercent(part, 0) };
  };

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
  var makeStrip = (title, colours, labels, entries = []) => {
    const width = 264, each = (width - 16) / colours.length;
    const shift = labels.length === colours.length ? 0.5 : 1;
    const strip = h(
      "svg",
      { viewBox: `0 0 ${width} 30`, class: "strip", role: "img", "aria-label": `${title}: ${labels.join(", ")}` },
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
      labels.map((label, k) => h("text", { x: 8 + (k + shift) * each, y: 26, "text-anchor": "middle" }, label))
    );
    return [...makeLegend(title, []).slice(0, 1), strip, ...makeLegend("", entries).slice(1, 2)];
  };

  // ui/standing.js
  var LEVEL_COLOUR = "#e4ecd0";
  var levelNames = (group, most = 6) => {
    const names = group.slice(0, most).map((i) => `‘${cutName(page.config.districts[i].name, 40)}’`);
    return [...names, ...group.length > most ? [t("level.more", { n: group.length - most })] : []].join(", ");
  };
  var levelNote = (group, weights) => {
    if (!group.length) return null;
    const known2 = group.map((i) => knownOf(page.config.districts[i].utilities, weights)).sort((one, other) => one.part - other.part);
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
    const read = ({ score: score2 }) => formatFixed(score2, 3);
    const own = results[i];
    return Boolean(own.rank) && results.some((other) => other.rank && other.rank !== own.rank && read(other) === read(own));
  };
  var reasonOf = (key) => {
    const reason = page.config.reasons[key];
    return reason ? { text: localised(reason.text), unknown: localised(reason.unknown) } : null;
  };

  // ui/points.js
  var WHOLE = 100;
  var oursOf = ({ criteria }, weights) => {
    const places = criteria.map((id) => page.config.criteria.findIndex((criterion) => criterion.id === id));
    return {
      names: places.map((j) => localised(page.config.criteria[j].label)).join(", ") || "–",
      weight: places.length ? formatPercent(places.reduce((sum, j) => sum + weights[j], 0)) : "–"
    };
  };
  var number = (text) => ({ text, class: "number" });
  var pointsOf = ({ points }) => number(points === null ? "–" : formatNumber(points, 1));
  var paperOf = ({ evidence }) => evidence ?? t("evidence.none");
  var pointsTable = (weights, own) => makeTable(
    [
      t("points.item"),
      number(t("points.points")),
      t("points.ours"),
      number(t("weight")),
      t("evidence"),
      number(t("points.own"))
    ],
    page.config.points.map((item, at) => {
      const { names, weight } = oursOf(item, weights);
      const head = { text: bdi(localised(item.item)), head: true };
      return [head, pointsOf(item), bdi(names), number(weight), bdi(paperOf(item)), number(own[at])];
    }),
    { class: "points" }
  );
  var pointsSum = (own) => {
    const sum = own.reduce((total, points) => (total ?? 0) + (points ?? 0), 0) ?? 0;
    return t(Math.abs(sum - WHOLE) < 1e-9 ? "points.whole" : "points.other", { sum: formatNumber(sum, 1), whole: WHOLE });
  };

  // report/figure.js
  var baseKey = (...also) => {
    const layers = ["boundary", "zones", "street_major", "rail", "water", "green", "industrial"].filter(
      (layer) => layer === "zones" ? page.config.zones.some((zone) => zone.labelled) : hasBase.has(layer)
    );
    const entry = (layer) => {
      const { fill, line, dash } = layer === "zones" ? { line: "#6b7580", dash: [4, 3] } : STYLE[layer];
      return fill ? { colour: fill, label: t(`base.${layer}`) } : { line: true, colour: line, dash: dash?.join(" "), label: t(`base.${layer}`) };
    };
    return makeLegend("", [
      ...also.map(({ outline, label }) => ({ line: true, colour: outline, label })),
      ...layers.map(entry)
    ])[1];
  };
  var mapFigure = (title, map, legend, sources) => h(
    "figure",
    {},
    h("figcaption", {}, title),
    map,
    legend ? h("div", { class: "key" }, legend) : null,
    h("p", { class: "source" }, `${t("source")}: ${sources} · ${t("report.made")} ${page.config.made}`)
  );

  // report/store.js
  var store = { k: 0, outlines: {} };
  var ownPlan = () => page.config.scenarios[store.k].own;
  var sheetsShown = () => page.config.sheets.map((sheet) => ({ ...sheet, ...sheet.own[store.k] }));
  var factsTable = (rows) => makeTable(
    [t("report.item"), t("report.content")],
    rows.filter(Boolean).map(([name, value]) => [{ text: name, head: true }, value]),
    { class: "two" }
  );
  var moneyNote = () => h("p", { class: "note" }, t("money.unit", { unit: t("unit.money") }));
  var classOutlines = (name, count) => store.outlines[name].map((d, at) => d && h("path", { d, fill: ramp(count)[at], "fill-opacity": 0.9 }));
  var hubOutline = (px) => districtShape(store.hub, px, { fill: "none", stroke: "#c2185b", "stroke-width": 2.4 * px });

  // report/candidates.js
  var PILLAR_COLOURS = {
    space: "#1b4f8f",
    operations: "#6a9fd4",
    innovation: "#4a7f3a",
    governance: "#9a6fb0",
    diffusion: "#c2620c",
    feasibility: "#8a8f98"
  };
  var score = (d) => d.scores.weighted_sum;
  var scoreFact = (d) => score(d).score === null ? "–" : fact(`candidate/${d.id}/score/weighted_sum`);
  var inOrder = (districts) => [...districts].sort(
    (a, b) => (score(a).rank ?? Infinity) - (score(b).rank ?? Infinity) || (score(b).score ?? -1) - (score(a).score ?? -1)
  );
  var levelBy = (method) => {
    const { districts, criteria } = page.config;
    return levelWithFirst(
      districts.map((d) => d.scores[method]),
      districts.map((d) => d.utilities),
      criteria.map((criterion) => criterion.weight)
    );
  };
  var sizeOf = (d, level) => level.includes(page.config.districts.indexOf(d)) ? level.length : 0;
  var standingIn = (level) => (d) => standingOf(score(d).rank, d.vetoed, sizeOf(d, level));
  var candidatesSection = () => {
    const { districts, criteria, profile, points } = page.config;
    const order = inOrder(districts);
    const level = levelBy("weighted_sum");
    return [
      excludedNote(),
      levelNote(
        level,
        criteria.map((criterion) => criterion.weight)
      ),
      h("p", { class: "note strong" }, `${t("illustrative")} `, bdi(profile.provenance)),
      points.length > 0 && [
        h("h3", {}, t("points")),
        pointsTable(
          criteria.map((criterion) => criterion.weight),
          points.map(({ own }) => own === null ? "–" : formatNumber(own, 1))
        ),
        h("p", { class: "note" }, pointsSum(points.map(({ own }) => own)))
      ],
      ranksTable(order, level),
      h("p", { class: "note" }, t("report.first.note", { n: formatNumber(page.config.draws) })),
      districts.some((d) => d.utilities.includes(null)) && h("p", { class: "note" }, t("promethee.missing")),
      plansTable(order),
      candidatesMap(order, level),
      h("h3", {}, t("report.contributions")),
      stacked(order),
      h("h3", {}, t("report.reasons")),
      reasons(order),
      page.config.verdict.length > 0 && [
        h("h3", {}, t("verdict")),
        page.config.verdict.map((text) => h("p", { class: "verdict" }, bdi(localised(text))))
      ],
      h("h3", {}, t("report.values")),
      store.hub.plan && h("p", { class: "note" }, `${t("scored.plan")}: `, bdi(localised(store.hub.plan))),
      values(criteria),
      h("p", { class: "note" }, `${t("weight")}: ${t("weights.rounded")}`),
      vetoes(order)
    ];
  };
  var ranksTable = (order, level) => {
    const { criteria } = page.config;
    const weights = criteria.map((criterion) => criterion.weight);
    const others = Object.keys(order[0].scores).slice(1);
    const byMethod = new Map(others.map((method) => [method, levelBy(method)]));
    const rankBy = (d, method) => d.scores[method].rank ? standingOf(d.scores[method].rank, false, sizeOf(d, byMethod.get(method))).sign : "–";
    const span = (d) => {
      const [low, high] = ["low", "high"].map((end) => `candidate/${d.id}/score_${end}/weighted_sum`);
      if (score(d).high - score(d).low > 5e-4) return [fact(low), "–", fact(high)];
      return score(d).score === null ? "–" : t("interval.none");
    };
    const standing = standingIn(level);
    const near = (d) => nearTie(page.config.districts.map(score), page.config.districts.indexOf(d));
    const figures = (texts) => texts.map((text) => ({ text, class: "number" }));
    return makeTable(
      [
        t("rank"),
        t("report.candidate"),
        ...figures([
          t("score"),
          t("interval"),
          t("report.known"),
          ...others.map((method) => t("report.rank.by", { method: t(`method.${method}`) })),
          t("report.first")
        ])
      ],
      order.map((d) => [
        {
          text: score(d).rank ? [standing(d).sign, near(d) && h("small", {}, t("rank.near"))] : standing(d).label,
          class: d === store.hub ? "hub" : ""
        },
        {
          text: [bdi(d.name), h("small", {}, `${t(`kind.${d.kind}`)} · `, fact(`candidate/${d.id}/area`))],
          head: true,
          class: d === store.hub ? "hub" : ""
        },
        ...figures([
          scoreFact(d),
          span(d),
          t("report.known.text", knownOf(d.utilities, weights)),
          ...others.map((method) => rankBy(d, method)),
          hasFact(`candidate/${d.id}/first/profile`) ? fact(`candidate/${d.id}/first/profile`) : "–"
        ])
      ]),
      { class: "ranks" }
    );
  };
  var plansTable = (order) => order.some((d) => d.plan && d.plan.code !== "candidate.plan.template") ? makeTable(
    [t("report.candidate"), t("scored.plan")],
    order.map((d) => [{ text: bdi(d.name), head: true }, bdi(localised(d.plan))])
  ) : null;
  var candidatesMap = (order, level) => {
    const ranked = order.filter((d) => score(d).rank);
    const colours = ramp(Math.max(2, ranked.length), SEQUENTIAL.slice(1)).reverse();
    const fill = (d) => {
      if (!score(d).rank) return d.vetoed ? "url(#hatch)" : "#fff";
      return sizeOf(d, level) ? LEVEL_COLOUR : colours[Math.min(score(d).rank, colours.length) - 1];
    };
    const ink = (d) => score(d).rank && !sizeOf(d, level) && score(d).rank <= colours.length * 0.55 ? "#fff" : "#1d252c";
    const standing = standingIn(level);
    const map = printMap({
      box: regionBox(),
      label: t("report.map.candidates"),
      avoid: order.map((d) => d.at),
      over: (px) => [
        order.map(
          (d) => districtShape(d, px, { fill: fill(d), "fill-opacity": 0.75, stroke: d === store.hub ? "#c2185b" : "#2a3640" })
        ),
        order.map((d) => mapBadge(d.at, px, standing(d).sign, score(d).rank ? fill(d) : "#fff", ink(d)))
      ]
    });
    const key = makeStrip(
      t("legend.rank", { method: t("method.weighted_sum") }),
      colours.slice(0, ranked.length).map((colour, at) => at < level.length ? LEVEL_COLOUR : colour),
      ranked.map((_, at) => ranked.length <= 12 || at % 5 === 0 ? String(at + 1) : ""),
      order.some((d) => d.vetoed) ? [{ hatch: true, label: t("vetoed") }] : []
    );
    return mapFigure(
      t("report.map.candidates"),
      map,
      key.concat(baseKey()),
      credits("boundary", "zones", "streets", "land")
    );
  };
  var excludedNote = () => {
    if (!store.hub.vetoed) return null;
    const named = (id) => localised(page.config.vetoes.find((veto) => veto.id === id)?.label ?? id);
    const grounds = store.hub.vetoes.filter((veto) => veto.vetoed).map((veto) => `${named(veto.id)} (${localised(veto.found)})`);
    return h(
      "p",
      { class: "note strong excluded", role: "alert" },
      h("b", {}, t("report.excluded")),
      " ",
      bdi(`${t("report.excluded.why")}: ${grounds.join("; ") || t("missing")}.`),
      page.config.districts.every((district) => district.vetoed) ? ` ${t("report.excluded.all")}` : null
    );
  };
  var shares = (district) => {
    const weights = page.config.criteria.map((criterion) => criterion.weight);
    const total = district.utilities.reduce((sum, utility, j) => sum + (utility === null ? 0 : weights[j]), 0);
    return district.utilities.map((utility, j) => utility === null || !total ? 0 : weights[j] / total * utility);
  };
  var stacked = (order) => {
    const { pillars, criteria } = page.config;
    return [
      h(
        "div",
        { class: "stack", role: "img", "aria-label": t("report.contributions") },
        order.map((district) => {
          const parts = shares(district);
          return h(
            "div",
            { class: "row" },
            h("span", { class: "who" }, bdi(district.name)),
            h(
              "span",
              { class: "lane" },
              pillars.map((pillar) => {
                const sum = criteria.reduce(
                  (total, criterion, j) => total + (criterion.pillar === pillar ? parts[j] : 0),
                  0
                );
                return h("i", { style: { width: `${sum * 100}%`, background: PILLAR_COLOURS[pillar] } });
              })
            ),
            h("span", { class: "figure" }, scoreFact(district))
          );
        })
      ),
      h(
        "p",
        { class: "keys" },
        pillars.map(
          (pillar) => h("span", {}, h("i", { style: { background: PILLAR_COLOURS[pillar] } }), t(`pillar.${pillar}`))
        )
      )
    ];
  };
  var reasons = (order) => {
    const others = order.filter((d) => d !== store.hub && score(d).rank).slice(0, 3);
    const told = [
      store.hub.id,
      ...others.map(
        (other) => page.config.reasons[`${store.hub.id}>${other.id}`] ? `${store.hub.id}>${other.id}` : `${other.id}>${store.hub.id}`
      )
    ];
    const found = page.config.robust[store.hub.id];
    const ranked = Object.keys(page.config.robust).length;
    const label = (id) => localised(page.config.criteria.find((criterion) => criterion.id === id).label);
    const rival = (id) => localised(page.config.districts.find((district) => district.id === id).name);
    return h(
      "ul",
      {},
      told.filter((key) => page.config.reasons[key]).map((key) => h("li", {}, bdi(reasonOf(key).text))),
      found && ranked === 1 ? h("li", {}, t("robust.alone")) : found ? [
        h(
          "li",
          {},
          found.best === found.worst ? t("robust.fixed") : t("robust.interval", { best: found.best, worst: found.worst })
        ),
        found.settling ? h("li", {}, t("robust.settling", { criterion: label(found.settling) })) : null,
        h(
          "li",
          {},
          found.least.criterion ? bdi(
            t("robust.least", {
              criterion: label(found.least.criterion),
              from: formatPercent(found.least.from),
              to: formatPercent(found.least.to),
              rival: rival(found.least.rival)
            })
          ) : t("robust.never")
        )
      ] : null
    );
  };
  var remarkOf = (datum) => {
    const listed = new Set((page.config.sources.estimates ?? []).map((item) => localised(item.note)));
    const own = (datum.note ?? []).map(localised).filter((text) => !listed.has(text));
    return [localised(datum.source), ...own].filter(Boolean).join(" · ");
  };
  var values = (criteria) => makeTable(
    [
      t("criterion"),
      { text: t("report.value"), class: "number" },
      { text: t("utility"), class: "number" },
      { text: t("weight"), class: "number" },
      t("report.basis")
    ],
    page.config.pillars.flatMap((pillar) => [
      [{ text: t(`pillar.${pillar}`), head: true, class: "pillar", span: 5 }],
      ...criteria.map((criterion, j) => ({ criterion, j })).filter(({ criterion }) => criterion.pillar === pillar).map(({ criterion, j }) => {
        const datum = store.hub.values[j];
        const lacking = datum.value === null;
        return [
          { text: bdi(criterion.label), head: true },
          {
            text: lacking ? h("em", {}, t("missing")) : fact(`candidate/${store.hub.id}/value/${criterion.id}`),
            class: "number"
          },
          { text: lacking ? "–" : formatFixed(store.hub.utilities[j], 2), class: "number" },
          { text: fact(`criterion/${criterion.id}/weight`), class: "number" },
          { text: bdi(lacking ? datum.missing : remarkOf(datum)), class: "small" }
        ];
      })
    ])
  );
  var vetoes = (order) => {
    const found = order.flatMap(
      (district) => district.vetoes.filter((veto) => veto.vetoed !== false).map((veto) => ({ district, veto }))
    );
    if (!found.length) return null;
    const named = (id) => page.config.vetoes.find((veto) => veto.id === id)?.label ?? id;
    return [
      h("h3", {}, t("report.vetoes")),
      makeTable(
        [t("report.candidate"), t("report.veto"), t("report.outcome"), t("report.found")],
        found.map(({ district, veto }) => [
          { text: bdi(district.name), head: true },
          bdi(named(veto.id)),
          t(veto.vetoed ? "vetoed" : "outcome.unknown"),
          bdi(veto.found)
        ])
      )
    ];
  };

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
  function number2(x) {
    return x === null ? NaN : +x;
  }
  var ascendingBisect = bisector(ascending);
  var bisectRight = ascendingBisect.right;
  var bisectLeft = ascendingBisect.left;
  var bisectCenter = bisector(number2).center;
  var blur2 = Blur2(blurf);
  var blurImage = Blur2(blurfImage);
  function Blur2(blur) {
    return function(data, rx, ry = rx) {
      if (!((rx = +rx) >= 0)) throw new RangeError("invalid rx");
      if (!((ry = +ry) >= 0)) throw new RangeError("invalid ry");
      let { data: values2, width, height } = data;
      if (!((width = Math.floor(width)) >= 0)) throw new RangeError("invalid width");
      if (!((height = Math.floor(height !== void 0 ? height : values2.length / width)) >= 0)) throw new RangeError("invalid height");
      if (!width || !height || !rx && !ry) return data;
      const blurx = rx && blur(rx);
      const blury = ry && blur(ry);
      const temp = values2.slice();
      if (blurx && blury) {
        blurh(blurx, temp, values2, width, height);
        blurh(blurx, values2, temp, width, height);
        blurh(blurx, temp, values2, width, height);
        blurv(blury, values2, temp, width, height);
        blurv(blury, temp, values2, width, height);
        blurv(blury, values2, temp, width, height);
      } else if (blurx) {
        blurh(blurx, values2, temp, width, height);
        blurh(blurx, temp, values2, width, height);
        blurh(blurx, values2, temp, width, height);
      } else if (blury) {
        blurv(blury, values2, temp, width, height);
        blurv(blury, temp, values2, width, height);
        blurv(blury, values2, temp, width, height);
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
    const { months } = page.config;
    const { end, marks } = axisFor(Math.max(...lines.map((line) => Math.max(...line.high ?? line.mid))));
    const x = (month2) => left + month2 / months * (width - left - right);
    const y = (value) => height - bottom - value / end * (height - top - bottom);
    const path = (values2) => values2.map((value, month2) => `${month2 ? "L" : "M"}${x(month2).toFixed(1)} ${y(value).toFixed(1)}`).join("");
    const [year] = page.config.start.split("-").map(Number);
    const every = months / 12 > 12 ? 5 : 2;
    return h(
      "svg",
      { viewBox: `0 0 ${width} ${height}`, class: "chart", role: "img", "aria-label": label, ...attributes },
      marks.map((value) => [
        h("line", { x1: left, x2: width - right, y1: y(value), y2: y(value), class: "grid" }),
        h("text", { x: left - 5, y: y(value) + 3.5, "text-anchor": "end" }, compact(value))
      ]),
      Array.from({ length: Math.floor(months / 12 / every) + 1 }, (_, k) => k * every).map(
        (k) => h("text", { x: x(k * 12), y: height - 5, "text-anchor": k * 12 >= months ? "end" : "middle" }, String(year + k))
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

  // report/effects.js
  var effectsSection = () => {
    const { services, series, worlds, notSimulated } = page.config;
    const left = notSimulated.length > 0 && [
      h("h3", {}, t("data.notSimulated")),
      h(
        "ul",
        {},
        notSimulated.map((item) => h("li", {}, h("b", {}, bdi(item.name)), " — ", bdi(item.reason)))
      )
    ];
    if (!services.length) return [h("p", {}, t("report.unsimulated")), left];
    const charts = services.map(
      (service, s) => h(
        "figure",
        {},
        h("figcaption", {}, bdi(service.name), ` · ${t("chart.outside")} (${t("person")})`),
        bandChart([series[store.k][s].outside], `${localised(service.name)}, ${t("chart.outside")}`)
      )
    );
    return [
      h("p", { class: "note strong" }, t("assumptions")),
      h("p", {}, t(page.config.ranged ? "report.effects.text" : "report.effects.few", { n: worlds })),
      usersTable(),
      h("p", { class: "note" }, bandNote()),
      h("h3", {}, t("report.measures")),
      measures(),
      h("p", { class: "note" }, t("report.measures.note")),
      h("div", { class: "charts" }, charts),
      left
    ];
  };
  var usersTable = () => {
    const { services, series, months, start } = page.config;
    const last = Number(start.slice(0, 4)) - 1;
    const years = [...new Set([3, 5, months / 12].filter((year) => year * 12 <= months))];
    const cells = (line, at) => [
      { text: formatNumber(line.mid[at]), class: "number" },
      { text: rangeText(line.low?.[at], line.high?.[at]), class: "number soft" }
    ];
    const rows = services.flatMap(
      (service, s) => ["inside", "outside"].map((where, second) => {
        const line = series[store.k][s][where];
        return [
          { text: second ? "" : bdi(service.name), head: true },
          t(`chart.${where}`),
          ...years.flatMap((year) => cells(line, year * 12)),
          { text: line.potential ? formatPercent(line.mid[months] / line.potential) : "–", class: "number" }
        ];
      })
    );
    const dates = years.flatMap((year) => [String(last + year), t("now.band")]);
    return makeTable(
      [t("service"), t("now.place"), ...[...dates, t("now.reach")].map((text) => ({ text, class: "number" }))],
      rows
    );
  };
  var measures = () => {
    const { services, reached, start } = page.config;
    const [year, first] = start.split("-").map(Number);
    const date = (month2) => {
      const at = first - 1 + Math.max(Math.ceil(month2) - 1, 0);
      return `${year + Math.floor(at / 12)}.${String(at % 12 + 1).padStart(2, "0")}`;
    };
    const band = ([low, mid, high], say) => mid === null ? null : `${say(mid)} (${rangeText(low, high, say)})`;
    const won = (krw) => formatNumber(krw / (page.language === "ko" ? 1e4 : 1e3));
    return makeTable(
      [
        t("service"),
        ...reached.map((share) => t("report.reached", { share: formatPercent(share, 0) })),
        { text: t("report.spillover"), class: "number" },
        { text: t("report.per.user"), class: "number" },
        { text: t("report.elderly"), class: "number" }
      ],
      page.config.measures[store.k].map((found, s) => [
        { text: bdi(services[s].name), head: true },
        ...found.reach.map(
          (months, at) => band(months, date) ?? h("span", { class: "soft" }, t("report.unreached", { share: formatPercent(found.worlds[at], 0) }))
        ),
        { text: band(found.spillover, (value) => formatNumber(value, 1)) ?? "–", class: "number" },
        { text: band(found.cost, won) ?? "–", class: "number" },
        { text: found.elderly === null ? "–" : formatPercent(found.elderly, 0), class: "number" }
      ]),
      { class: "years" }
    );
  };
  var limitsSection = () => {
    const limits = ["weights", "parameters", "costs", "demand", "official"].map((key) => t(`limit.${key}`));
    return [
      h(
        "ul",
        {},
        limits.map((text) => h("li", {}, text))
      ),
      sourceTables()
    ];
  };

  // ui/money.js
  var payersOf = (k) => page.config.payers.filter((payer) => page.config.money[k].some((row) => row[`${payer}_krw`]));
  var payerColours = {
    national: "#1b4f8f",
    province: "#3f78b5",
    city: "#8fb8e0",
    local: "#6a9fd4",
    operator: "#8a4a0b",
    private_cash: "#c2620c",
    private_in_kind: "#e3a063",
    other: "#7a6a9a"
  };
  var sumCell = (krw) => ({
    text: krw ? formatNumber(krw / (page.language === "ko" ? 1e8 : 1e9), page.language === "ko" ? 2 : 3) : "–",
    class: "number"
  });
  var planFact = (k, name) => `plan/${page.config.scenarios[k].id}/${name}`;
  var roundingNote = (sums) => {
    const shown = (krw) => Math.round((krw ?? 0) / 1e6);
    const held = sums.every(([parts, whole]) => parts.reduce((sum, krw) => sum + shown(krw), 0) === shown(whole));
    return held ? null : h("p", { class: "note" }, t("money.rounded"));
  };
  var addedUp = (rows) => rows.reduce((total, row) => {
    for (const payer of [...page.config.payers.map((name) => `${name}_krw`), "opex_krw"])
      total[payer] = (total[payer] ?? 0) + (row[payer] ?? 0);
    return total;
  }, {});
  var builtSum = (row) => page.config.payers.reduce((total, payer) => total + (row[`${payer}_krw`] ?? 0), 0);
  var moneyHead = (payers) => [
    t("money.year"),
    ...[...payers, "total", "opex"].map((key) => ({ text: t(`money.${key}`), class: "number" }))
  ];
  var factCell = (id) => ({ text: hasFact(id) && factValue(id) ? factFigure(id) : "–", class: "number" });
  var moneyCells = (k, part, year, payers) => {
    const at = planFact(k, part);
    return [
      ...payers.map((payer) => factCell(`${at}/capital/${year}/${payer}`)),
      { ...factCell(`${at}/capital/${year}/all`), class: "number strong" },
      factCell(`${at}/running/${year}`)
    ];
  };
  var moneyRows = (k, part, payers) => [
    ...page.config.money[k].filter((row) => row.part === part).map(({ year }) => [{ text: String(year), head: true }, ...moneyCells(k, part, year, payers)]),
    [
      { text: t("money.total"), head: true, class: "strong" },
      ...moneyCells(k, part, "all", payers).map((cell) => ({ ...cell, class: "number strong" }))
    ]
  ];

  // report/plan.js
  var month = (at) => {
    const [year, first] = page.config.start.split("-").map(Number);
    const on = new Date(Date.UTC(year, first - 1 + at, 1));
    return `${on.getUTCFullYear()}.${String(on.getUTCMonth() + 1).padStart(2, "0")}`;
  };
  var yearOf = (at) => Number(month(at).slice(0, 4));
  var openingsOf = (part, service) => page.config.openings[store.k].filter(
    (opening) => (!part || opening.part === part) && (!service || opening.service === service)
  );
  var amount = (n, sheet) => n ? formatUnits(n, localised(sheet.unit)) : t("data.none");
  var unitsIn = (openings) => openings.reduce((total, opening) => total + opening.units, 0);
  var siteKey = () => h(
    "p",
    { class: "keys" },
    h("span", {}, h("i", { class: "dot" }), t("legend.inside")),
    h("span", {}, h("i", { class: "square" }), t("legend.outside"))
  );
  var mapSources = () => credits("boundary", "zones", "streets", "land");
  var moneyKeys = () => ["capex_krw", ...payersOf(store.k).map((payer) => `${payer}_krw`), "opex_krw_year"];
  var insideSection = () => {
    const sheets = sheetsShown().filter((sheet) => openingsOf("in_district", sheet.id).length);
    return [
      h("p", { class: "note strong" }, bdi(ownPlan() ? page.config.plans[store.k] : page.config.provenance.plan)),
      page.config.scaledDown[store.k] && h("p", { class: "note strong" }, bdi(page.config.scaledDown[store.k])),
      insideMap(sheets),
      makeTable(
        [
          { text: "#", class: "number" },
          t("service"),
          { text: t("report.units"), class: "number" },
          t("report.opens"),
          ...["report.capex", ...payersOf(store.k).map((payer) => `money.${payer}`), "report.opex.year"].map((key) => ({
            text: t(key),
            class: "number"
          }))
        ],
        insideRows(sheets)
      ),
      roundingNote(
        moneyKeys().map((key) => {
          const won = sheets.map((sheet) => openingsOf("in_district", sheet.id).map((opening) => opening[key] ?? 0));
          const each = won.map((krw) => krw.reduce((sum, one) => sum + one, 0));
          return [each, each.reduce((sum, one) => sum + one, 0)];
        })
      ),
      moneyNote()
    ];
  };
  var insideMap = (sheets) => {
    const { places, sets } = sitesInside(sheets);
    const map = printMap({
      box: boxRound(shapeData(store.hub.geometry), 0.12),
      detail: true,
      label: t("report.map.inside"),
      avoid: places.map((place) => place.at),
      under: (px) => districtShape(store.hub, px, { fill: "#c2185b", "fill-opacity": 0.07 }),
      over: (px) => [hubOutline(px), places.map((place) => mapBadge(place.at, px, place.letter, "#fff", "#7a0f3c"))]
    });
    const letters = [...sets].map(([numbers2, name]) => h("li", {}, h("b", {}, name), numbers2));
    return mapFigure(
      t("report.map.inside"),
      map,
      [
        h("ul", { class: "letters" }, letters),
        baseKey({ outline: "#c2185b", label: t("report.hub") }),
        h("p", { class: "note" }, t(ownPlan() ? "report.map.inside.own" : "report.map.inside.key"))
      ],
      mapSources()
    );
  };
  var sitesInside = (sheets) => {
    const places = /* @__PURE__ */ new Map();
    sheets.forEach(
      (sheet, at) => openingsOf("in_district", sheet.id).forEach((opening) => {
        const place = places.get(opening.cell) ?? { at: opening.at, numbers: /* @__PURE__ */ new Set() };
        place.numbers.add(at + 1);
        places.set(opening.cell, place);
      })
    );
    const sets = /* @__PURE__ */ new Map();
    for (const place of places.values()) {
      const key = [...place.numbers].join(" · ");
      if (!sets.has(key)) sets.set(key, letter(sets.size));
      place.letter = sets.get(key);
    }
    return { places: [...places.values()], sets };
  };
  var insideRows = (sheets) => {
    const sums = (openings) => moneyKeys().map((key) => sumCell(openings.reduce((all2, opening) => all2 + (opening[key] ?? 0), 0)));
    const rows = sheets.map((sheet, at) => {
      const mine = openingsOf("in_district", sheet.id);
      return [
        { text: at + 1, class: "number" },
        { text: bdi(sheet.name), head: true },
        { text: amount(unitsIn(mine), sheet), class: "number" },
        month(mine[0].month),
        ...sums(mine)
      ];
    });
    const all = sheets.flatMap((sheet) => openingsOf("in_district", sheet.id));
    const total = { text: t("money.total"), head: true, class: "strong" };
    return [...rows, ["", total, "", "", ...sums(all).map((cell) => ({ ...cell, class: "number strong" }))]];
  };
  var letter = (at) => at < 26 ? String.fromCharCode(65 + at) : `${letter(Math.floor(at / 26) - 1)}${letter(at % 26)}`;
  var outsideSection = () => {
    const simulated = page.config.services.length > 0;
    const rows = rolloutRows();
    return [
      simulated ? spreadFigures() : h("p", {}, t("report.unsimulated")),
      h("h3", {}, t("report.rollout")),
      rows.length ? makeTable([t("money.year"), zoneWord(), t("report.opened"), { text: t("report.capex"), class: "number" }], rows) : h("p", {}, t("data.none")),
      moneyNote(),
      simulated && [
        h("h3", {}, t("report.outside.users")),
        makeTable(
          [t("report.year.end"), ...["report.adoptions", "now.band"].map((key) => ({ text: t(key), class: "number" }))],
          usersByYear(),
          { class: "narrow" }
        ),
        h("p", { class: "note" }, t("report.adoptions.note", { n: page.config.worlds }), scoredUsers())
      ]
    ];
  };
  var spreadFigures = () => {
    const breaks = page.config.breaks.share;
    const maps = page.config.spreadYears.map((year) => {
      const title = t("report.map.spread", { year: yearOf(0) + year - 1 });
      const open = openingsOf().filter((opening) => opening.month < 12 * year && opening.part === "diffusion");
      const map = printMap({
        box: regionBox(),
        width: 0.5,
        labels: false,
        label: title,
        under: () => classOutlines(`spread-${store.k}-${year}`, breaks.length + 1),
        over: (px) => [hubOutline(px), open.map((opening) => mapSite(opening, px, 2.6))]
      });
      return h("figure", {}, h("figcaption", {}, title), map);
    });
    const labels = breaks.map((value) => formatNumber(value * 100));
    const key = [makeStrip(t("report.spread.key"), ramp(breaks.length + 1), labels), siteKey()];
    return [
      h("div", { class: "pair" }, maps, h("div", { class: "key" }, key)),
      h(
        "p",
        { class: "source" },
        `${t("source")}: ${t("report.model")}; ${mapSources()} · ${t("report.made")} ${page.config.made}`
      )
    ];
  };
  var rolloutRows = () => {
    const sheets = sheetsShown();
    const years = [...new Set(openingsOf("diffusion").map((opening) => yearOf(opening.month)))].sort();
    const zones = (openings) => [...new Set(openings.map((opening) => page.config.zones[opening.zone]?.label).filter(Boolean))].join(", ") || "–";
    return years.map((year) => {
      const mine = openingsOf("diffusion").filter((opening) => yearOf(opening.month) === year);
      const what = sheets.map((sheet) => [sheet, unitsIn(mine.filter((opening) => opening.service === sheet.id))]).filter(([, n]) => n);
      return [
        { text: String(year), head: true },
        bdi(zones(mine)),
        bdi(what.map(([sheet, n]) => `${localised(sheet.name)} ${amount(n, sheet)}`).join(", ")),
        // What opens that year costs it; who pays in other years is in the table of money.
        sumCell(mine.reduce((total, opening) => total + opening.capex_krw, 0))
      ];
    });
  };
  var usersByYear = () => Array.from({ length: page.config.months / 12 }, (_, k) => {
    const [low, median, high] = ["low", "median", "high"].map(
      (name) => planFact(store.k, `users/outside/${k + 1}/${name}`)
    );
    return [
      { text: String(yearOf(0) + k), head: true },
      { text: factFigure(median), class: "number" },
      { text: hasFact(low) ? [factFigure(low), "–", factFigure(high)] : "–", class: "number" }
    ];
  });
  var scoredUsers = () => {
    const at = page.config.criteria.findIndex(({ id: id2 }) => id2 === "adopters_outside_10y");
    const mean = at < 0 ? null : (store.hub.values[at].note ?? []).find(({ code }) => code === "adopters.mean");
    const id = `candidate/${store.hub.id}/value/adopters_outside_10y`;
    return mean && hasFact(id) ? [" ", ...filled("report.adoptions.scored", { value: fact(id), n: mean.values.worlds })] : null;
  };

  // report/money.js
  var yearly = (part) => {
    const payers = payersOf(store.k);
    return makeTable(moneyHead(payers), moneyRows(store.k, part, payers));
  };
  var across = (rows, openings) => {
    const first = yearOf(0);
    const years = Array.from({ length: Math.ceil(page.config.months / 12) }, (_, k) => first + k);
    const of = (year) => addedUp(rows.filter((row) => year === null || row.year === year));
    const line = (title, figure2, strong) => [
      { text: title, head: true, class: strong ? "strong" : "" },
      ...[...years, null].map((year) => ({
        ...figure2(year),
        class: `number${strong || year === null ? " strong" : ""}`
      }))
    ];
    const units = (year) => ({
      text: unitsIn(openings.filter((opening) => year === null || yearOf(opening.month) === year)) || "–"
    });
    const sums = [...years, null].map(of);
    const lines = [...payersOf(store.k).map((payer) => (sum) => sum[`${payer}_krw`]), builtSum, (sum) => sum.opex_krw];
    const table = makeTable(
      [
        t("money.year"),
        ...years.map((year) => ({ text: String(year), class: "number" })),
        { text: t("money.total"), class: "number" }
      ],
      [
        line(t("report.opened.units"), units),
        ...payersOf(store.k).map((payer) => line(t(`money.${payer}`), (year) => sumCell(of(year)[`${payer}_krw`]))),
        line(t("report.capex"), (year) => sumCell(builtSum(of(year))), true),
        line(t("money.opex"), (year) => sumCell(of(year).opex_krw))
      ],
      { class: "years" }
    );
    return [
      table,
      roundingNote([
        ...lines.map((figure2) => [sums.slice(0, -1).map(figure2), figure2(sums.at(-1))]),
        ...sums.map((sum) => [lines.slice(0, -2).map((figure2) => figure2(sum)), builtSum(sum)])
      ])
    ];
  };
  var moneySection = () => {
    const rows = page.config.money[store.k];
    return [
      moneyChart(rows),
      h("h3", {}, t("money.in")),
      yearly("in_district"),
      h("h3", {}, t("money.out")),
      rows.some((row) => row.part === "diffusion") ? yearly("diffusion") : h("p", {}, t("data.none")),
      moneyNote(),
      h("p", { class: "note" }, t("money.note"))
    ];
  };
  var moneyChart = (rows) => {
    if (!rows.length) return null;
    const years = [...new Set(rows.map((row) => row.year))].sort();
    const sums = years.map((year) => addedUp(rows.filter((row) => row.year === year)));
    const { end, marks } = axisFor(Math.max(...sums.flatMap((sum) => [builtSum(sum), sum.opex_krw])));
    const wide = 660, high = 190, left = 40, low = high - 20, each = (wide - left) / years.length;
    const y = (krw) => low - krw / end * (low - 10);
    const colours = {
      ...Object.fromEntries(payersOf(store.k).map((payer) => [payer, payerColours[payer]])),
      opex: "#8a8f98"
    };
    const bar = (x, from, to, fill) => h("rect", { x, y: y(to), width: each * 0.3, height: Math.max(0, y(from) - y(to)), fill });
    return h(
      "figure",
      {},
      h(
        "svg",
        { viewBox: `0 0 ${wide} ${high}`, class: "chart", role: "img", "aria-label": t("money.title") },
        marks.map((value) => [
          h("line", { x1: left, x2: wide, y1: y(value), y2: y(value), class: "grid" }),
          h("text", { x: left - 5, y: y(value) + 3.5, "text-anchor": "end" }, sumCell(value).text.replace("–", "0"))
        ]),
        sums.map((sum, at) => {
          const x = left + at * each + each * 0.17;
          let base = 0;
          return [
            payersOf(store.k).map((payer) => bar(x, base, base += sum[`${payer}_krw`] ?? 0, colours[payer])),
            bar(x + each * 0.34, 0, sum.opex_krw, colours.opex),
            h("text", { x: left + (at + 0.5) * each, y: high - 5, "text-anchor": "middle" }, String(years[at]))
          ];
        })
      ),
      h(
        "p",
        { class: "keys" },
        Object.entries(colours).map(
          ([key, background]) => h("span", {}, h("i", { style: { background } }), t(`money.${key}`))
        ),
        h("span", {}, t("money.unit", { unit: t("unit.money") }))
      )
    );
  };

  // report/overview.js
  var overview = () => {
    const map = printMap({
      box: regionBox(),
      label: t("report.map.hub"),
      avoid: page.config.districts.map((d) => d.at),
      over: (px) => [
        districtShape(store.hub, px, { fill: "#c2185b", "fill-opacity": 0.25, stroke: "#c2185b" }),
        mapBadge(store.hub.at, px, "★", "#fff", "#c2185b")
      ]
    });
    return [
      projectFacts(),
      mapFigure(
        t("report.map.hub"),
        map,
        baseKey({ outline: "#c2185b", label: t("report.hub") }),
        credits("boundary", "zones", "streets", "land")
      ),
      h("h3", {}, t("report.rules")),
      page.config.programme ? rulesTable() : h("p", {}, t("programme.none.rules")),
      page.config.programme && h("p", { class: "note" }, bdi(t("report.rules.plan", { plan: localised(page.config.plans[store.k]) })))
    ];
  };
  var projectFacts = () => {
    const { money: money2, programme, start, months } = page.config;
    const first = Number(start.slice(0, 4));
    const costs = (part) => {
      const at = planFact(store.k, part);
      const payers = payersOf(store.k).filter((payer) => hasFact(`${at}/capital/all/${payer}`)).map((payer, n) => [`${n ? ", " : ""}${t(`money.${payer}`)} `, fact(`${at}/capital/all/${payer}`)]);
      const said2 = { n: `${at}/services`, openings: `${at}/openings`, sum: `${at}/capital/all/all` };
      const figures = Object.fromEntries(Object.entries(said2).map(([name, id]) => [name, fact(id)]));
      return filled(payers.length ? "report.money.text" : "report.money.none", { ...figures, payers });
    };
    const built = money2[store.k].filter((row) => row.part === "in_district" && builtSum(row) > 0);
    return factsTable([
      [
        t("report.hub"),
        [bdi(store.hub.name), ` (${t(`kind.${store.hub.kind}`)}, `, fact(`candidate/${store.hub.id}/area`), ")"]
      ],
      [t("report.round"), programme ? roundText(programme) : t("programme.none")],
      [
        t("report.period"),
        t("report.period.text", {
          from: first,
          to: programme ? first + programme.years - 1 : Math.max(first, ...built.map((row) => row.year)),
          end: first + months / 12 - 1
        })
      ],
      [t("money.in"), costs("in_district")],
      [t("money.out"), costs("diffusion")],
      [
        t("report.opex"),
        filled(ownPlan() ? "report.opex.own" : "report.opex.text", { sum: fact(planFact(store.k, "running_year")) })
      ],
      [t("report.people"), regionFact("population")]
    ]);
  };
  var regionFact = (name) => hasFact(`region/${name}`) ? fact(`region/${name}`) : h("em", {}, t("missing"));
  var roundText = ({ label, ceiling_krw: ceiling, national_share_max: share, years }) => [
    bdi(label),
    ` · ${t("report.rules.ceiling", { ceiling: formatMoney(ceiling), share: formatStatedPercent(share), years })}`
  ];
  var rulesTable = () => {
    const tone = ({ binding, outcome }) => binding && { not_met: "bad", unknown: "open" }[outcome] || "";
    return makeTable(
      [t("report.rule"), t("report.found"), t("report.required"), t("report.outcome")],
      (page.config.rules[page.config.scenarios[store.k].id] ?? []).map((row) => [
        { text: page.texts[`rule.${row.rule}`] ? t(`rule.${row.rule}`) : row.rule, head: true },
        bdi(row.found),
        bdi(row.required),
        { text: row.binding ? t(`outcome.${row.outcome}`) : t("outcome.figure"), class: tone(row) }
      ])
    );
  };
  var diagnosis = () => {
    const { diagnosis: maps, sources } = page.config;
    return [
      factsTable([
        [t("report.area"), regionFact("area")],
        [t("layer.population"), regionFact("population")],
        [t("report.households"), regionFact("households")],
        [t("layer.elderly"), regionFact("elderly_share")],
        [t("report.youth"), regionFact("youth_share")],
        [t("layer.jobs"), regionFact("jobs")],
        [t("layer.old_buildings"), regionFact("old_buildings_share")],
        [t("report.stops"), regionFact("transit_stops")]
      ]),
      h(
        "div",
        { class: "pair" },
        maps.map((layer) => {
          const unit = layer.unit === "share" ? "%" : t(`unit.${layer.unit}`);
          const labels = layer.breaks.map(
            (value) => layer.unit === "share" ? formatNumber(value * 100) : formatNumber(value)
          );
          const title = `${t(`layer.${layer.key}`)} (${unit})`;
          const map = printMap({
            box: regionBox(),
            width: 0.5,
            labels: false,
            label: title,
            under: () => classOutlines(layer.key, layer.breaks.length + 1),
            over: (px) => hubOutline(px)
          });
          return mapFigure(
            title,
            map,
            makeStrip(title, ramp(layer.breaks.length + 1), labels),
            credits("counts", "buildings")
          );
        })
      ),
      h(
        "p",
        { class: "note" },
        h("b", {}, `${t("report.lacking")}: `),
        bdi(sources.missing.map((item) => localised(item.name)).join(", ") || t("data.none")),
        " ",
        t("report.lacking.where", { title: t("report.limits") })
      )
    ];
  };

  // report/sheets.js
  var sheetsSection = () => [
    h("p", { class: "note strong" }, bdi(page.config.provenance.services)),
    sheetsShown().map(sheetOf)
  ];
  var sheetOf = (sheet) => {
    const mine = openingsOf(null, sheet.id);
    const map = printMap({
      box: regionBox(),
      width: 0.45,
      labels: false,
      label: localised(sheet.name),
      over: (px) => [hubOutline(px), mine.map((opening) => mapSite(opening, px, 2.6))]
    });
    const source = `${t("source")}: ${mapSources()} · ${t("report.made")} ${page.config.made}`;
    return h(
      "article",
      { class: "sheet" },
      h("h3", {}, bdi(sheet.name)),
      h(
        "div",
        { class: "split" },
        h("figure", {}, map, siteKey(), h("p", { class: "source" }, source)),
        factsTable(sheetFacts(sheet, mine))
      ),
      mine.length ? [across(sheet.money[store.k], mine), moneyNote()] : h("p", {}, t("data.none"))
    );
  };
  var sheetFacts = (sheet, mine) => {
    const units = (part) => amount(unitsIn(mine.filter((opening) => opening.part === part)), sheet);
    const { kind, travel_s: seconds } = sheet.reach;
    const waiting = mine.filter((opening) => opening.works === null).length;
    return [
      [t("report.field"), t(`field.${sheet.field}`)],
      [
        t("report.units"),
        t("report.units.text", {
          inside: units("in_district"),
          outside: units("diffusion"),
          sites: new Set(mine.map((opening) => opening.cell)).size
        })
      ],
      [t("report.unit.cost"), unitCost(sheet, mine)],
      [t("report.cost.source"), [bdi(sheet.source), ` [${t(`evidence.${sheet.evidence}`)}]`]],
      [
        t("report.opex.rate"),
        `${formatStatedPercent(sheet.opex_share_year)} · ${t(ownPlan() ? "report.opex.capital" : "report.opex.owner")}`
      ],
      [
        t("report.reach"),
        [
          t(`reach.${kind}`, seconds ? { minutes: formatNumber(seconds / 60, 1) } : {}),
          sheet.covered.length ? bdi(t("reach.covered", { names: sheet.covered.map(localised).join(", ") })) : null
        ]
      ],
      [t("report.needs"), sheet.needs.length ? bdi(sheet.needs.map(localised).join(", ")) : t("data.none")],
      [t("report.group"), sheet.group ? bdi(sheet.group) : t("report.group.none")],
      usersFact(sheet),
      waiting ? [t("report.waiting"), t("report.waiting.text", { n: waiting })] : null
    ];
  };
  var unitCost = (sheet, mine) => {
    const unit = localised(sheet.unit);
    const each = mine.map((opening) => opening.capex_krw / opening.units);
    const [low, high] = [Math.min(...each), Math.max(...each)].map(formatMoney);
    if (mine.every((opening) => Math.abs(opening.capex_krw - sheet.capex_krw * opening.units) < 1))
      return `${formatMoney(sheet.capex_krw)} / ${unit}`;
    const own = low === high ? low : `${low}–${high}`;
    return t("report.unit.cost.own", { own, unit, listed: formatMoney(sheet.capex_krw) });
  };
  var usersFact = (sheet) => {
    const s = page.config.services.findIndex((service) => service.id === sheet.id);
    if (s < 0) return null;
    const end = page.config.months;
    const users = (where) => {
      const line = page.config.series[store.k][s][where];
      return `${formatNumber(line.mid[end])} (${rangeText(line.low?.[end], line.high?.[end])})`;
    };
    return [
      t("report.users.end", { year: yearOf(end - 1) }),
      `${t("chart.inside")} ${users("inside")}, ${t("chart.outside")} ${users("outside")}`
    ];
  };

  // report/index.js
  var startPaper = async () => {
    if (!begin("paper")) return;
    const { scenarios, diagnosis: diagnosis2, spreadYears } = page.config;
    store.k = Math.max(
      0,
      scenarios.findIndex((scenario) => scenario.id === page.state.hub)
    );
    await layBase();
    const names = [
      ...diagnosis2.map(({ key }) => key),
      ...scenarios.flatMap((_, k) => spreadYears.map((year) => `spread-${k}-${year}`))
    ];
    for (const name of names) {
      store.outlines[name] = [];
      for (let at = 0; at < 12; at++) {
        const bytes = await readBlob(`map-${name}-${at}`);
        if (bytes) store.outlines[name][at] = decodePathData(bytes);
      }
    }
    page.headButtons = [["report.print", () => window.print()]];
    onRender(() => {
      drawHead();
      drawPaper();
    });
    render();
    document.documentElement.dataset.ready = "true";
  };
  var drawPaper = () => {
    const { scenarios, districts } = page.config;
    store.hub = districts.find((district) => district.id === scenarios[store.k].hub);
    const sections = [
      ["overview", overview],
      ["diagnosis", diagnosis],
      ["candidates", candidatesSection],
      ["inside", insideSection],
      ["outside", outsideSection],
      ["money", moneySection],
      ["sheets", sheetsSection],
      ["effects", effectsSection],
      ["limits", limitsSection]
    ];
    const parts = sections.map(
      ([key, draw], at) => h("section", { id: key }, h("h2", {}, `${at + 1}. ${t(`report.${key}`)}`), draw())
    );
    replaceParts(document.getElementById("paper"), cover(sections), parts);
  };
  var cover = (sections) => {
    const { region, scenarios, programme, made } = page.config;
    const plans = scenarios.map((scenario, k) => [String(k), planName(scenario)]);
    return h(
      "section",
      { id: "cover" },
      region.synthetic ? h("p", { class: "note strong" }, t("synthetic.long")) : null,
      (page.config.sources?.warnings ?? []).map(
        (item) => h("p", { class: "note strong" }, `${t("data.warnings")}: `, bdi(localised(item)))
      ),
      h("p", { class: "kind" }, t("report.kind")),
      h("p", { class: "title" }, bdi(region.name), " ", t("report.of"), " ", bdi(store.hub.name)),
      h("p", {}, h("b", {}, `${t("report.plan")}: `, bdi(page.config.plans[store.k]))),
      h("p", {}, programme ? bdi(programme.label) : t("programme.none"), ` · ${t("report.made")} ${made}`),
      h("p", { class: "note strong" }, t("report.draft")),
      excludedNote(),
      h(
        "div",
        { class: "screen" },
        makePicker("hub", t(anyOwn() ? "scenario.own" : "scenario"), plans, String(store.k), (value) => {
          store.k = Number(value);
          keepState({ hub: scenarios[store.k].id });
          drawPaper();
        })
      ),
      h(
        "ol",
        { class: "contents" },
        sections.map(
          ([key]) => h(
            "li",
            {},
            h(
              "a",
              {
                href: `#${key}`,
                onclick: (event) => {
                  event.preventDefault();
                  document.getElementById(key).scrollIntoView();
                }
              },
              t(`report.${key}`)
            )
          )
        )
      )
    );
  };
  showParts(store, { openData, render });
  document.addEventListener("DOMContentLoaded", startPaper, { once: true });
})();
