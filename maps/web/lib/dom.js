// Elements, built and never written as HTML.

import { asWritten } from "./texts.js";

// Elements are built, never written as HTML: a text from a user's file can only ever be text.
/**
 * @param {string} tag
 * @param {{ [name: string]: any }} attributes
 * @param {any[]} children elements, texts, lists of these; null, undefined and false are left out
 * @returns {any}
 */
export const h = (tag, attributes = {}, ...children) => {
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
    "use",
  ].includes(tag);
  /** @type {any} */
  const element = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "style") Object.assign(element.style, value);
    else if (name === "value" || name === "checked" || name === "disabled" || name === "selected")
      element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(
    ...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false),
  );
  return element;
};

// A part that is drawn again gives the keyboard back to the control that had it.
/**
 * @param {Element} parent
 * @param {any[]} children
 */
export const replaceParts = (parent, ...children) => {
  const active = /** @type {HTMLElement} */ (document.activeElement);
  const held = parent.contains(active) ? active : null;
  const again = !held
    ? null
    : held.id
      ? `#${CSS.escape(held.id)}`
      : held.dataset.id
        ? `[data-id="${CSS.escape(held.dataset.id)}"]`
        : null;
  parent.replaceChildren(...children.flat(Infinity).filter((child) => child));
  const found = again ? /** @type {HTMLElement | null} */ (parent.querySelector(again)) : null;
  found?.focus({ preventScroll: true });
};

// One direction-neutral run: right-to-left marks inside a name cannot turn the text around it. The element does what the
// marks of ``isolated`` do, so that a name alone stands in it as written.
/**
 * @param {import("../types.js").Text} text
 * @param {string | null} title
 */
export const bdi = (text, title = null) => {
  const written = asWritten(text);
  const [begun, ended] = [/[\u2066-\u2068]/g, /\u2069/g].map((marks) => written.match(marks)?.length ?? 0);
  return h(
    "bdi",
    { title },
    begun === ended
      ? written.replace(/^\u2068([^\u2066-\u2069]*)\u2069$/, "$1")
      : written.replace(/[\u2066-\u2069]/g, ""),
  );
};
