// The tags of an XML text with their places: a part of it can be written anew while every other letter stays as it was.

const TAG =
  /<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>|<\?[^]*?\?>|<(\/?)([^\s/>!?]+)((?:\s+[^\s=>]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/g;
const ATTRIBUTE = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const ENTITY = /&(?:#x([0-9a-fA-F]+)|#([0-9]+)|(lt|gt|amp|quot|apos));/g;
const NAMED = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/**
 * @typedef {{ name: string, written: string, from: number, to: number, opens: boolean, closes: boolean, inner: string }} Tag
 * name: without a prefix; opens and closes: both where the element is empty; inner: its attributes as written
 */

/**
 * All tags of a text in their order; comments and the like are passed over.
 * @param {string} text
 * @returns {Generator<Tag>}
 */
export function* tagsOf(text) {
  for (const match of text.matchAll(TAG)) {
    const [whole, slash, written, inner, empty] = match;
    if (written === undefined) continue;
    const name = written.slice(written.indexOf(":") + 1);
    yield {
      name,
      written,
      from: match.index,
      to: match.index + whole.length,
      opens: !slash,
      closes: Boolean(slash || empty),
      inner,
    };
  }
}

/**
 * A tag's attributes as written, their texts unescaped.
 * @param {Tag} tag
 * @returns {{ [name: string]: string }}
 */
export const attributesOf = (tag) =>
  Object.fromEntries(
    [...tag.inner.matchAll(ATTRIBUTE)].map(([, name, double, single]) => [name, unescaped(double ?? single)]),
  );

/** @param {string} text as XML writes it */
export const unescaped = (text) =>
  text.replace(ENTITY, (_, hex, decimal, name) =>
    name
      ? NAMED[/** @type {keyof typeof NAMED} */ (name)]
      : String.fromCodePoint(parseInt(hex ?? decimal, hex ? 16 : 10)),
  );

/** @param {string} text */
export const escaped = (text) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/**
 * A text with parts of it replaced.
 * @param {string} text
 * @param {{ from: number, to: number, by: string }[]} parts that do not overlap
 */
export const replaced = (text, parts) => {
  let out = "";
  let at = 0;
  for (const { from, to, by } of [...parts].sort((one, other) => one.from - other.from)) {
    out += text.slice(at, from) + by;
    at = to;
  }
  return out + text.slice(at);
};
