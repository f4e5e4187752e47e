// What every page needs: its data, its texts in both languages, numbers, elements, and the state kept in the address.
"use strict";

const G = { config: null, texts: null, language: "ko", state: {}, renderers: [] };

// Elements are built, never written as HTML: a text from a user's file can only ever be text.
G.h = (tag, attributes = {}, ...children) => {
  const svg = ["svg", "g", "path", "rect", "line", "text", "circle", "pattern", "defs", "title", "polyline", "use"].includes(tag);
  const element = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "style") Object.assign(element.style, value);
    else if (name === "value" || name === "checked" || name === "disabled" || name === "selected") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
};

// A part that is drawn again gives the keyboard back to the control that had it.
G.replace = (parent, ...children) => {
  const held = parent.contains(document.activeElement) ? document.activeElement : parent;
  const again = held === parent ? null : held.id ? `#${CSS.escape(held.id)}` : held.dataset.id ? `[data-id="${CSS.escape(held.dataset.id)}"]` : null;
  parent.replaceChildren(...children.flat(Infinity).filter((child) => child));
  if (again) parent.querySelector(again)?.focus({ preventScroll: true });
};

// One direction-neutral run: right-to-left marks inside a name cannot turn the text around it. The element does what the
// marks of G.isolated do, so that a name alone stands in it as written.
G.name = (text, title = null) => {
  const written = G.asWritten(text);
  const [begun, ended] = [/[\u2066-\u2068]/g, /\u2069/g].map((marks) => written.match(marks)?.length ?? 0);
  return G.h("bdi", { title }, begun === ended ? written.replace(/^\u2068([^\u2066-\u2069]*)\u2069$/, "$1") : written.replace(/[\u2066-\u2069]/g, ""));
};

// ---- data -----------------------------------------------------------------------------------------------------------

G.json = (id) => JSON.parse(document.getElementById(id).textContent);

G.blob = async (name) => {
  const element = document.getElementById(`blob-${name}`);
  if (!element) return null;
  const packed = Uint8Array.from(atob(element.textContent), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
};

// Zigzag variable-length integers (maps/embed.py: varints).
G.varints = (bytes) => {
  let count = 0;
  for (const byte of bytes) count += byte < 128;
  const out = new Float64Array(count);
  for (let at = 0, number = 0; number < count; number++) {
    let value = 0, scale = 1, byte;
    do {
      byte = bytes[at++];
      value += (byte & 127) * scale;
      scale *= 128;
    } while (byte > 127);
    out[number] = value % 2 ? -(value + 1) / 2 : value / 2;
  }
  return out;
};

G.cumulated = (steps) => {
  const out = new Int32Array(steps.length);
  let sum = 0;
  for (let i = 0; i < steps.length; i++) out[i] = sum += steps[i];
  return out;
};

// ---- texts and numbers ----------------------------------------------------------------------------------------------

// A text of assets/text.json; {name} in it is filled from ``values``.
G.t = (key, values = {}) => {
  const entry = G.texts[key];
  if (!entry) throw new Error(`no text for ${key}`);
  return entry[G.language].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
};

// A text that comes in both languages with the data, as it is in the files.
G.asWritten = (text) => (text === null || text === undefined ? "" : typeof text === "string" ? text : text[G.language]);

// Letters that run from right to left, and marks that turn the text after them round.
const TURNS = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]/;

// Such a text between marks that end whatever it begins, so that it turns nothing but itself wherever it is put. Marks
// that would end ours are taken out.
G.isolated = (text) => (TURNS.test(text) ? `\u2068${text.replace(/[\u2066-\u2069]/g, "")}\u2069` : text);

G.both = (text) => G.isolated(G.asWritten(text));

// A name cut to so many letters.
G.cut = (name, most) => {
  const text = G.asWritten(name);
  return G.isolated(text.length > most ? `${text.slice(0, most - 1)}…` : text);
};

// Remarks of the tables come as "한국어 / English", all of the Korean first or pair by pair, joined by "; ": each in the
// language of the page, and once where both are the same.
G.remark = (text) => {
  const korean = /[가-힣]/, index = G.language === "ko" ? 0 : 1;
  const parts = (text ?? "").split(" / ");
  // Each side may hold as many sentences as it likes.
  if (parts.length === 2 && korean.test(parts[0]) && !korean.test(parts[1])) return parts[index];
  const said = [];
  let waiting = [], due = 0; // Korean remarks whose English is still to come, and English ones still to come
  for (const part of (text ?? "").split("; ")) {
    const pair = part.match(/^(.*[가-힣].*?) \/ ([^가-힣]+)$/);
    if (pair) {
      said.push(...(index === 0 ? [...waiting, pair[1]] : [pair[2]]));
      [waiting, due] = [[], waiting.length];
    } else if (due && !korean.test(part)) {
      if (index === 1) said.push(part);
      due -= 1;
    } else if (korean.test(part) && !part.includes(" / ")) {
      waiting.push(part);
    } else {
      const [first, second, ...more] = part.split(" / ");
      said.push(...waiting, first === second && !more.length ? first : part);
      waiting = [];
    }
  }
  return [...said, ...waiting].join("; ");
};

// Making one takes far longer than using it, and a list of hundreds of candidates uses thousands.
const formats = new Map();

const format = (digits) => {
  const key = `${G.language} ${digits}`;
  if (!formats.has(key)) formats.set(key, new Intl.NumberFormat(G.language === "ko" ? "ko-KR" : "en-GB", { minimumFractionDigits: 0, maximumFractionDigits: digits }));
  return formats.get(key);
};

G.number = (value, digits = 0) => (value === null || value === undefined || Number.isNaN(value) ? "–" : format(digits).format(value));

G.fixed = (value, digits) => (value === null || value === undefined ? "–" : value.toFixed(digits));

// A difference with its sign; what rounds to nothing has none.
G.signed = (value, digits = 3) => {
  const size = Math.abs(value).toFixed(digits);
  return `${Number(size) === 0 ? "" : value > 0 ? "+" : "−"}${size}`;
};

G.percent = (share, digits = 1) => (share === null || share === undefined ? "–" : `${G.number(share * 100, digits)}%`);

// Three significant digits or all digits before the point, whichever is more.
G.measure = (value) => {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  const size = Math.abs(value);
  return G.number(value, size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);
};

G.money = (krw) =>
  G.language === "ko"
    ? `${G.number(krw / 1e8, krw < 1e9 ? 2 : 1)}억원`
    : `KRW ${G.number(krw / 1e9, krw < 1e9 ? 3 : 2)} bn`;

// Units as the tables carry them, in words a reader of either language knows; others are shown as they are.
G.unit = (unit) => {
  const entry = G.texts[`unit.${unit}`];
  return entry ? entry[G.language] : unit === "1" || !unit ? "" : unit;
};

// 20 km, 16곳, 12 × 10대, 20 × 주차장(50면): short Korean counters follow the figure, other units are multiplied.
G.units = (n, unit) => G.number(n) + (unit === "km" ? " " : /^\d/.test(unit) || G.language !== "ko" || unit.length > 3 ? " × " : "") + unit;

const YES_NO = "yes (1) / no (0)";

G.quantity = (value, unit) => {
  if (value === null || value === undefined) return "–";
  if (unit === YES_NO) return G.t(value ? "yes" : "no");
  if (unit === "share") return G.percent(value);
  if (unit === "KRW") return G.money(value);
  if (unit === "m2") return value >= 1e5 ? `${G.number(value / 1e6, 2)} km²` : `${G.number(value)} m²`;
  if (unit === "km2") return `${G.number(value, 2)} km²`;
  const label = G.unit(unit);
  const tight = G.language === "ko" && /^[가-힣]/.test(label);
  return `${G.measure(value)}${label ? (tight ? "" : " ") + label : ""}`;
};

// ---- state ----------------------------------------------------------------------------------------------------------

// The state is a flat set of texts after the # of the address, so that a view can be sent to a colleague.
G.readState = () => {
  G.state = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  if (G.state.lang === "en" || G.state.lang === "ko") G.language = G.state.lang;
};

G.keep = (changes) => {
  Object.assign(G.state, changes);
  const known = Object.entries(G.state).filter(([, value]) => value !== null && value !== undefined && value !== "");
  history.replaceState(null, "", `#${new URLSearchParams(known)}`);
};

G.speak = (language) => {
  G.language = language;
  document.documentElement.lang = language;
  G.keep({ lang: language });
  G.render();
};

// Everything that shows a text registers here, once, and is drawn again when the language changes.
G.onRender = (draw) => G.renderers.push(draw);
G.render = () => G.renderers.forEach((draw) => draw());

// ---- files handed out -------------------------------------------------------------------------------------------------

// A field that a spreadsheet would run as a formula is kept a text by a leading apostrophe.
G.csv = (rows) =>
  "\ufeff" +
  rows
    .map((row) =>
      row
        .map((value) => {
          if (value === null || value === undefined) return "";
          if (typeof value === "number") return String(value);
          const text = G.config.formula.some((sign) => value.startsWith(sign)) ? `'${value}` : value;
          return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
        })
        .join(","),
    )
    .join("\r\n") +
  "\r\n";

G.download = (name, text) => {
  const link = G.h("a", { href: URL.createObjectURL(new Blob([text], { type: "text/csv" })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
};

// ---- start ------------------------------------------------------------------------------------------------------------

// Whether the page can be opened: its data are read; a browser too old is told so in ``place``.
G.begin = (place) => {
  G.config = G.json("config");
  G.texts = G.json("texts");
  G.readState();
  document.documentElement.lang = G.language;
  if (typeof DecompressionStream !== "undefined") return true;
  document.getElementById(place).replaceChildren(G.h("p", { class: "note strong" }, G.t("old.browser")));
  return false;
};

G.start = async (map) => {
  if (!G.begin("stage")) return;
  G.map = map;
  await G.layGround(map);
  G.drawShell();
  await G.open(map);
  G.onRender(G.relabel);
  G.render();
  G.home(); // again, now that the legend has its size
  G.look(); // at the part that the address names, if it does
  document.documentElement.dataset.ready = "true";
};
