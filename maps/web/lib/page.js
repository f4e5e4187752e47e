// What is shared by all modules of a page: its data and language, the state kept in the address, and who is told of changes.

export const page = {
  config: null,
  texts: null,
  language: "ko",
  state: {},
  renderers: [],
  map: null,
  headButtons: [],
  tilesOn: false,
  cells: null,
  backdrop: [],
  hasBase: new Set(),
  home: () => {},
  settle: () => {},
  look: () => {},
  relabel: () => {},
  marked: () => [],
};

// The state is a flat set of texts after the # of the address, so that a view can be sent to a colleague.
export const readState = () => {
  page.state = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  if (page.state.lang === "en" || page.state.lang === "ko") page.language = page.state.lang;
};

export const keepState = (changes) => {
  Object.assign(page.state, changes);
  const known = Object.entries(page.state).filter(([, value]) => value !== null && value !== undefined && value !== "");
  history.replaceState(null, "", `#${new URLSearchParams(known)}`);
};

export const setLanguage = (language) => {
  page.language = language;
  document.documentElement.lang = language;
  keepState({ lang: language });
  render();
};

// Everything that shows a text registers here, once, and is drawn again when the language changes.
export const onRender = (draw) => page.renderers.push(draw);

export const render = () => page.renderers.forEach((draw) => draw());

const listeners = new Map();

// A part that changes what others show says so by name, and whoever put the page together knows who follows.
export const on = (topic, act) => listeners.set(topic, act);

export const emit = (topic, ...values) => listeners.get(topic)?.(...values);
