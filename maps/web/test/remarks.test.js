import assert from "node:assert/strict";
import { test } from "node:test";
import { page } from "../lib/page.js";
import { asWritten, localised } from "../lib/texts.js";
import { readValues } from "./values.js";

const { remarks, catalogue, numbers } = readValues("remarks.json");
const languages = /** @type {("ko" | "en")[]} */ (["ko", "en"]);
Object.assign(page, catalogue);

const inEach = (act) => {
  for (const language of languages) {
    page.language = language;
    act(language);
  }
};

test("every remark reads as Python says it", () => {
  assert.deepEqual(new Set(remarks.map(({ remark }) => remark.code)), new Set(Object.keys(page.messages)));
  inEach((language) => {
    for (const { remark, text } of remarks) assert.equal(asWritten(remark), text[language], remark.code);
  });
});

test("a number reads as Python says it, in every way there is to say one", () => {
  const code = "a number";
  inEach((language) => {
    for (const [how, value, text] of numbers) {
      page.messages[code] = { ko: [["value", how, ""]], en: [["value", how, ""]] };
      assert.equal(asWritten({ code, values: { value } }), text[language], `${how} of ${value}`);
    }
  });
  delete page.messages[code];
});

test("some remarks are one text; none are none", () => {
  const [one, other] = remarks;
  inEach((language) => {
    assert.equal(asWritten([one.remark, other.remark]), `${one.text[language]}; ${other.text[language]}`);
    assert.equal(asWritten([]), "");
    assert.equal(asWritten(null), "");
  });
});

test("a value that turns the text round is kept to itself", () => {
  page.language = "en";
  assert.equal(localised({ code: "stated", values: { text: "a\u202eb" } }), "\u2068a\u202eb\u2069");
});

test("an unknown code is an error, not a silent gap", () => {
  assert.throws(() => asWritten({ code: "nothing.like.it", values: {} }));
});
