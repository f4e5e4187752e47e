// What is shared by all modules of a page: its data and texts, the language, the state kept in the address, and who is told
// of changes. What a page shows stands in its own store.

/**
 * @typedef {import("../types.js").Bilingual} Bilingual
 * @type {{
 *   config: import("../types.js").Config,
 *   texts: { [key: string]: Bilingual },
 *   messages: { [code: string]: { ko: import("../types.js").Parts, en: import("../types.js").Parts } },
 *   terms: { [code: string]: Bilingual },
 *   language: "ko" | "en",
 *   state: { [key: string]: any },
 *   renderers: (() => void)[],
 *   headButtons: [string, () => void][],
 * }}
 */
export const page = {
  config: /** @type {any} */ (null),
  texts: {},
  messages: {},
  terms: {},
  language: "ko",
  state: {},
  renderers: [],
  headButtons: [],
};

// The state is a flat set of texts after the # of the address, so that a view can be sent to a colleague.
export const readState = () => {
  page.state = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  if (page.state.lang === "en" || page.state.lang === "ko") page.language = page.state.lang;
};

/** @param {import("../types.js").State} changes */
export const keepState = (changes) => {
  Object.assign(page.state, changes);
  const known = Object.entries(page.state).filter(([, value]) => value !== null && value !== undefined && value !== "");
  history.replaceState(null, "", `#${new URLSearchParams(known)}`);
};

/** @param {"ko" | "en"} language */
export const setLanguage = (language) => {
  page.language = language;
  document.documentElement.lang = language;
  keepState({ lang: language });
  render();
};

// Everything that shows a text registers here, once, and is drawn again when the language changes.
/** @param {() => void} draw */
export const onRender = (draw) => page.renderers.push(draw);

export const render = () => page.renderers.forEach((draw) => draw());

const listeners = new Map();

// A part that changes what others show says so by name, and whoever put the page together knows who follows.
/** @param {string} topic @param {(...values: any[]) => void} act */
export const on = (topic, act) => listeners.set(topic, act);

/** @param {string} topic @param {any[]} values */
export const emit = (topic, ...values) => listeners.get(topic)?.(...values);
