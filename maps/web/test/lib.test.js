import assert from "node:assert/strict";
import { test } from "node:test";
import { SHARE_OF_CODE, cumulated, decodeFrames, varints } from "../lib/codec.js";
import { csvText } from "../lib/csv.js";
import {
  formatMoney,
  formatNumber,
  formatPercent,
  formatQuantity,
  formatSigned,
  formatStatedPercent,
} from "../lib/format.js";
import { figureOf, textOf } from "../lib/facts.js";
import { page } from "../lib/page.js";
import { cutName, isolated, t } from "../lib/texts.js";
import { close, values } from "./values.js";

page.config = values;
page.texts = { hello: { ko: "{who} 안녕", en: "Hello {who}" }, "unit.person": { ko: "명", en: "people" } };

const inLanguage = (language, act) => {
  page.language = language;
  return act();
};

test("whole numbers and frames are unpacked as they were packed", () => {
  assert.deepEqual([...varints(Uint8Array.from(values.varints.bytes))], values.varints.numbers);
  assert.deepEqual([...cumulated([3, -1, 4, -1, 5])], values.varints.cumulated);
  const frames = decodeFrames(Uint8Array.from(values.frames.bytes), values.frames.frames.length);
  assert.deepEqual(
    frames.map((frame) => [...frame]),
    values.frames.frames,
  );
  [0, 1, 128, 255].forEach((code, at) => close(SHARE_OF_CODE[code], values.frames.shares[at], 1e-7));
});

test("a text that a spreadsheet might run is led by an apostrophe, as in Python's files", () => {
  for (const [text, written] of Object.entries(values.harmless))
    assert.equal(csvText([[text]]), `\ufeff${written}\r\n`);
  assert.equal(csvText([["a,b", 'say "x"', -1, null]]), '\ufeff"a,b","say ""x""",-1,\r\n');
});

test("texts are filled in the language of the page", () => {
  assert.equal(
    inLanguage("ko", () => t("hello", { who: "가람" })),
    "가람 안녕",
  );
  assert.equal(
    inLanguage("en", () => t("hello", { who: "Garam" })),
    "Hello Garam",
  );
  assert.throws(() => t("absent"), /no text for absent/);
});

test("a name that turns the text round is kept to itself", () => {
  assert.equal(isolated("plain 가람"), "plain 가람");
  assert.equal(isolated("a\u202eb\u2069"), "\u2068a\u202eb\u2069");
  assert.equal(cutName("abcdef", 4), "abc…");
});

test("numbers, shares, money and quantities", () => {
  assert.equal(formatNumber(12345.678, 1), "12,345.7");
  assert.equal(formatNumber(null), "–");
  for (const { share, digits, unlike, text } of values.percents)
    assert.equal(formatPercent(share, digits, unlike), text, `${share} with ${digits} digits`);
  assert.equal(formatPercent(null), "–");
  assert.deepEqual([0.5, 0.125, 0.07, 0.0033].map(formatStatedPercent), ["50%", "12.5%", "7%", "0.33%"]);
  assert.equal(formatNumber(-0.2), "0");
  assert.deepEqual(
    [0.0301, -0.0301, 0.0002, -0.0002].map((gap) => formatSigned(gap)),
    ["+0.030", "−0.030", "0.000", "0.000"],
  );
  assert.equal(
    inLanguage("ko", () => formatMoney(1.25e9)),
    "12.5억원",
  );
  assert.equal(
    inLanguage("en", () => formatMoney(1.25e9)),
    "KRW 1.25 bn",
  );
  assert.equal(
    inLanguage("en", () => formatQuantity(250000, "m2")),
    "0.25 km²",
  );
  assert.equal(
    inLanguage("ko", () => formatQuantity(1234, "person")),
    "1,234명",
  );
});

test("facts read as Python writes them", () => {
  const before = page.texts;
  page.texts = values.facts.texts;
  for (const language of ["ko", "en"])
    for (const { fact, [language]: said } of values.facts.said)
      assert.deepEqual(
        inLanguage(language, () => [figureOf(fact), textOf(fact)]),
        said,
        `${fact} in ${language}`,
      );
  page.texts = before;
});
