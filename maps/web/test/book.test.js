import assert from "node:assert/strict";
import { test } from "node:test";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { cellsOf, lettersOf, placeOf } from "../book/cells.js";
import { areasOf, staleOf } from "../book/formulas.js";
import {
  apportioned,
  canChange,
  changesFor,
  costsFor,
  formulasFor,
  inUnit,
  moneyFor,
  monthIn,
  monthText,
  namedIn,
} from "../book/plan.js";
import { bookWith, openBook, staleAfter } from "../book/xlsx.js";
import { attributesOf, escaped, replaced, tagsOf, unescaped } from "../book/xml.js";

const REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const sheetOf = (rows) => `${HEAD}<worksheet><!-- <c r="A1"/> --><sheetData>${rows}</sheetData><x r="A1"/></worksheet>`;

// A workbook by the standard's minimum, its sheets in a folder of their own and one of them named by an absolute path.
const bookOf = (sheets, workbookEnd = "") => {
  const names = Object.keys(sheets);
  const related = names.map(
    (_, at) => `<Relationship Id="r${at}" Type="${REL}/worksheet" Target="${at ? "/xl/" : ""}sheets/s${at}.xml"/>`,
  );
  return zipSync({
    "_rels/.rels": strToU8(
      `<Relationships><Relationship Id="a" Type="${REL}/officeDocument" Target="xl/b.xml"/></Relationships>`,
    ),
    "xl/b.xml": strToU8(
      `${HEAD}<workbook xmlns:r="${REL}"><sheets>${names.map((name, at) => `<sheet name="${escaped(name)}" sheetId="${at + 1}" r:id="r${at}"/>`).join("")}</sheets>${workbookEnd}</workbook>`,
    ),
    "xl/_rels/b.xml.rels": strToU8(`<Relationships>${related.join("")}</Relationships>`),
    ...Object.fromEntries(names.map((name, at) => [`xl/sheets/s${at}.xml`, strToU8(sheetOf(sheets[name]))])),
    "xl/other.bin": Uint8Array.from([0, 255, 1]),
  });
};
const partOf = (bytes, path) => strFromU8(unzipSync(bytes)[path]);

test("tags stand where they stand, and a text comes back with its signs", () => {
  const text = `<?pi <a>?><!-- <b> --><x:c r="A>1" s='2'>&lt;<![CDATA[<d>]]></x:c><e/>`;
  const tags = [...tagsOf(text)];
  assert.deepEqual(
    tags.map(({ name, opens, closes }) => [name, opens, closes]),
    [
      ["c", true, false],
      ["c", false, true],
      ["e", true, true],
    ],
  );
  assert.deepEqual(attributesOf(tags[0]), { r: "A>1", s: "2" });
  assert.equal(unescaped("&lt;&#44032;&#x1F3D9;&amp;amp;&quot;"), '<가🏙&amp;"');
  assert.equal(unescaped(escaped(`<&>"가'`)), `<&>"가'`);
  assert.equal(
    replaced("abcdef", [
      { from: 4, to: 5, by: "X" },
      { from: 0, to: 2, by: "" },
    ]),
    "cdXf",
  );
});

test("columns are counted as spreadsheets count them", () => {
  for (const [number, letters] of [
    [1, "A"],
    [26, "Z"],
    [27, "AA"],
    [52, "AZ"],
    [702, "ZZ"],
    [703, "AAA"],
    [16384, "XFD"],
  ]) {
    assert.equal(lettersOf(number), letters);
    assert.deepEqual(placeOf(`${letters}7`), { column: number, row: 7 });
  }
});

test("cells are found whether they say where they stand or not", () => {
  const cells = cellsOf(
    sheetOf(
      '<row r="3"><c t="s"><v>4</v></c><c r="D3"/><c><f>A3+1</f><v>5</v></c></row><row><c t="inlineStr"><is><t>v</t></is></c></row>',
    ),
  );
  assert.deepEqual([...cells.keys()], ["A3", "D3", "E3", "A4"]);
  assert.deepEqual([cells.get("A3").type, cells.get("A3").value, cells.get("D3").value], ["s", "4", null]);
  assert.deepEqual([cells.get("E3").formula.text, cells.get("E3").value], ["A3+1", "5"]);
});

test("a change writes its cell, in its style, and no other letter of any part", () => {
  const kept = '<c r="C2" s="7" t="s"><v>0</v></c>';
  const bytes = bookOf({
    "가 & 나": `<row r="2" spans="1:3"><c r="A2" s="5" t="s"><v>3</v></c><c r="B2" s="6"><v>10</v></c>${kept}</row>`,
    other: '<row r="1"><c r="A1"><v>1</v></c></row>',
  });
  const book = openBook(bytes);
  const saved = bookWith(book, [
    { sheet: "가 & 나", at: "A2", value: "a<b ", kind: "text" },
    { sheet: "가 & 나", at: "B2", value: "0.5", kind: "number" },
  ]);
  assert.equal(
    partOf(saved, "xl/sheets/s0.xml"),
    sheetOf(
      `<row r="2" spans="1:3"><c r="A2" s="5" t="inlineStr"><is><t xml:space="preserve">a&lt;b </t></is></c><c r="B2" s="6"><v>0.5</v></c>${kept}</row>`,
    ),
  );
  const [before, after] = [unzipSync(bytes), unzipSync(saved)];
  assert.deepEqual(Object.keys(after), Object.keys(before));
  for (const path of Object.keys(before)) if (path !== "xl/sheets/s0.xml") assert.deepEqual(after[path], before[path]);
  assert.deepEqual(bookWith(openBook(bytes), []), bytes);
  assert.deepEqual(bookWith(openBook(saved), []), saved);
  assert.throws(() => bookWith(book, [{ sheet: "other", at: "Z9", value: "1", kind: "number" }]), /Z9/);
});

test("a sheet whose elements bear a prefix keeps it, and the same changes give the same bytes", () => {
  const parts = unzipSync(bookOf({ one: "" }));
  const sheet = (cell) => `<x:worksheet><x:sheetData><x:row r="1">${cell}</x:row></x:sheetData></x:worksheet>`;
  parts["xl/sheets/s0.xml"] = strToU8(sheet('<x:c r="A1" s="1" t="s"><x:v>0</x:v></x:c>'));
  const change = [{ sheet: "one", at: "A1", value: "가", kind: "text" }];
  const saved = [0, 1].map(() => bookWith(openBook(zipSync(parts)), change));
  const cell = '<x:c r="A1" s="1" t="inlineStr"><x:is><x:t>가</x:t></x:is></x:c>';
  assert.equal(partOf(saved[0], "xl/sheets/s0.xml"), sheet(cell));
  assert.deepEqual(saved[0], saved[1]);
});

test("a formula says what it reads, or that it does not", () => {
  const area = (west, north, east, south, sheet = "s") => ({ sheet, west, north, east, south });
  const cases = [
    ['SUM(A1:B$3,"A9",$C4)*2%', [area(1, 1, 2, 3), area(3, 4, 3, 4)]],
    ["'그 ''것'!D5+지구내!E6", [area(4, 5, 4, 5, "그 '것"), area(5, 6, 5, 6, "지구내")]],
    ["LOG10(B:C)+IF(TRUE,1.5E+3,2:2)", [area(2, 1, 3, 1048576), area(1, 2, 16384, 2)]],
    ["price*2", null],
    ['INDIRECT("A1")', null],
    ["SUM(S1:S3!A1)", null],
    ["'a:b'!A1", null],
    ["[1]x!A1", null],
    ["T[col]", null],
    ["#REF!+1", null],
  ];
  for (const [text, areas] of cases) assert.deepEqual(areasOf(text, "s"), areas, text);
  assert.deepEqual(areasOf("A$1+$B2", "s", { column: 2, row: 3 }), [area(3, 1, 3, 1), area(2, 5, 2, 5)]);
  assert.equal(areasOf("SUM(A:A)", "s", { column: 1, row: 0 }), null);
});

test("values that rest on a change are worked out again, and no others", () => {
  const one = `<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1*2</f><v>2</v></c><c r="C1" s="3" t="str"><f>B1&amp;""</f><v>2</v></c><c r="D1"><f>A2</f><v>9</v></c></row>`;
  const shared = `<row r="2"><c r="A2"><f t="shared" ref="A2:A3" si="0">A1+1</f><v>2</v></c></row><row r="3"><c r="A3"><f t="shared" si="0"/><v>3</v></c></row>`;
  const two = `<row r="1"><c r="A1"><f>one!Z1</f><v>4</v></c><c r="B1"><f>rate</f><v>5</v></c></row>`;
  const bytes = bookOf({ one: one + shared, two }, "<definedNames/><other/>");
  const changes = [{ sheet: "one", at: "A1", value: "7", kind: "number" }];
  const book = openBook(bytes);
  assert.deepEqual(Object.fromEntries(staleAfter(book, changes)), {
    one: ["B1", "A2", "C1", "D1", "A3"],
    two: ["B1"],
  });
  const saved = bookWith(book, changes);
  const again = openBook(saved);
  assert.deepEqual(
    [...again.sheets[0].cells].filter(([, cell]) => cell.value !== null).map(([at]) => at),
    ["A1"],
  );
  assert.match(partOf(saved, "xl/sheets/s0.xml"), /<c r="C1" s="3"><f>B1&amp;""<\/f><\/c>/);
  assert.match(partOf(saved, "xl/sheets/s1.xml"), /<f>one!Z1<\/f><v>4<\/v>/);
  assert.match(partOf(saved, "xl/b.xml"), /<definedNames\/><calcPr fullCalcOnLoad="1"\/><other\/>/);
  const known = openBook(bookOf({ one: one + shared, two }, '<calcPr calcId="1"/>'));
  assert.match(partOf(bookWith(known, changes), "xl/b.xml"), /<calcPr calcId="1" fullCalcOnLoad="1"\/>/);
  assert.deepEqual(staleOf(book.sheets, []), new Map());
});

test("won are shared out to the last", () => {
  assert.deepEqual(apportioned(10, [1, 1, 1]), [4, 3, 3]);
  assert.deepEqual(apportioned(7, [0, 5, 2]), [0, 5, 2]);
  assert.deepEqual(apportioned(100, [2, 3, 1]), [33, 50, 17]);
  assert.deepEqual(apportioned(900_000_000_000_001, [1, 1]), [450_000_000_000_001, 450_000_000_000_000]);
  const row = { units: 3, won: { capex_krw: 100, opex_krw_year: 10, city_krw: 67, other_krw: 33 } };
  assert.deepEqual(moneyFor(row, 2), { capex_krw: 67, opex_krw_year: 7, city_krw: 45, other_krw: 22 });
  assert.deepEqual(moneyFor({ units: 2, won: { capex_krw: 0, opex_krw_year: 0 } }, 1), {
    capex_krw: 0,
    opex_krw_year: 0,
  });
});

test("sums stand in the workbook's unit with all their digits", () => {
  for (const [won, unit, text] of [
    [12_345, 1, "12345"],
    [120_000_000, 10 ** 8, "1.2"],
    [1, 10 ** 8, "0.00000001"],
    [5_000, 1000, "5"],
    [0, 1000, "0"],
  ])
    assert.equal(inUnit(won, unit), text);
});

test("a month stays a text or a day as its cell has it", () => {
  assert.equal(monthText("2027-03", 10), "2028-01");
  assert.equal(monthText("2027-01", 11), "2027-12");
  assert.deepEqual(monthIn({ type: "s", value: "4" }, "2028-02", false), { value: "2028-02", kind: "text" });
  // 2027-01-31 is day 46418 of Excel's, 2028-02-29 day 46812; counted from 1904 both are 1462 less.
  assert.deepEqual(monthIn({ type: "n", value: "46418" }, "2028-02", false), { value: "46812", kind: "number" });
  assert.deepEqual(monthIn({ type: "n", value: "44956.5" }, "2028-02", true), { value: "45350.5", kind: "number" });
  assert.deepEqual(monthIn({ type: "d", value: "2027-01-31" }, "2028-02", false), { value: "2028-02-29", kind: "day" });
});

const PLAN = {
  unit: 1000,
  names: { diffusion: "out", funding: "money" },
  letters: {
    diffusion: {
      site: "H",
      opens: "A",
      zone: "B",
      units: "C",
      capex_krw: "D",
      opex_krw_year: "E",
      city_krw: "F",
      other_krw: "G",
    },
    funding: { city_krw: "A", other_krw: "B" },
  },
  zones: [
    { id: "A", written: "가람동" },
    { id: "B", written: "B" },
  ],
  rows: [
    {
      number: "n1",
      service: "net",
      part: "diffusion",
      row: 1,
      zone: "A",
      coded: false,
      site: null,
      month: 0,
      units: 4,
      won: { capex_krw: 400_000, opex_krw_year: 40_000, city_krw: 300_000, other_krw: 100_000 },
    },
  ],
  spending: [
    { row: 1, year: 2027, won: { city_krw: 350_000 } },
    { row: 2, year: 2028, won: { city_krw: 50_000, other_krw: 100_000 } },
  ],
  items: { net: { spent: [0, 1], named: { funding: [1, 2] } }, n1: { spent: [], named: { estimate: [9] } } },
};
const filled = (letters, row) => [...letters].map((letter) => `<c r="${letter}${row}"><v>1</v></c>`).join("");
const book = () =>
  openBook(
    bookOf({
      out: `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>0</v></c><c r="C1" t="s"><v>0</v></c>${filled("DEF", 1)}<c r="G1"><f>D1-F1</f><v>1</v></c></row>`,
      money: `<row r="1">${filled("AB", 1)}</row><row r="2">${filled("AB", 2)}</row>`,
    }),
  );

test("fewer units take their money from the row and from the year that spends it", () => {
  const changes = changesFor(book(), PLAN, { n1: { units: 3, zone: "B", month: 14 } }, "2027-01");
  assert.deepEqual(
    changes.map(({ sheet, at, value, kind }) => `${sheet}!${at}=${value} ${kind}`),
    [
      "out!A1=2028-03 text",
      "out!B1=B text",
      "out!C1=3 text",
      "out!D1=300 number",
      "out!E1=30 number",
      "out!F1=225 number",
      "out!G1=75 number",
      "money!A1=275 number",
      "money!B2=75 number",
    ],
  );
  assert.deepEqual(changesFor(book(), PLAN, { n1: { units: 4, zone: "A", month: 0 } }, "2027-01"), []);
});

test("what stood at a site is laid out in the zone that it goes to", () => {
  const at = (letter) => `<c r="${letter}1" t="s"><v>0</v></c>`;
  const own = (letters) => openBook(bookOf({ out: `<row r="1">${[...letters].map(at).join("")}</row>`, money: "" }));
  const sited = (row) => ({ ...PLAN, rows: [{ ...PLAN.rows[0], site: "c1", ...row }] });
  const edits = { n1: { zone: "B" } };
  assert.deepEqual(
    changesFor(own("BH"), sited({ coded: true }), edits, "2027-01").map(({ at, value }) => `${at}=${value}`),
    ["B1=B", "H1=auto"],
  );
  // Neither inside the hub, nor where the row has no cell for its zone, nor over a formula.
  const can = (book, row) => canChange(book, sited(row), sited(row).rows[0], "zone");
  assert.deepEqual([can(own("BH"), {}), can(own("H"), {}), can(own("BH"), { zone: null })], [true, false, false]);
  const hub = {
    ...sited({ part: "in_district" }),
    names: { in_district: "out" },
    letters: { in_district: PLAN.letters.diffusion },
  };
  assert.equal(canChange(own("BH"), hub, hub.rows[0], "zone"), false);
});

test("costs stand in the year of opening, and years that stay the same are left out", () => {
  const row = (number, month, units, cost) => ({
    number,
    month,
    units,
    won: { capex_krw: cost, opex_krw_year: 0, city_krw: cost },
  });
  const plan = { rows: [row("a", 0, 2, 100), row("b", 12, 1, 40), row("c", 24, 1, 7)] };
  assert.deepEqual(costsFor(plan, {}, "2027-01"), { years: [], whole: { before: 147, after: 147 } });
  assert.deepEqual(costsFor(plan, { a: { units: 1, month: 11 }, b: { month: 35 } }, "2027-01"), {
    years: [
      ["2027", { before: 100, after: 50 }],
      ["2028", { before: 40, after: 0 }],
      ["2029", { before: 7, after: 47 }],
    ],
    whole: { before: 147, after: 97 },
  });
});

test("rows of other sheets name an opening or its service", () => {
  const [row] = PLAN.rows;
  assert.deepEqual(
    ["funding", "estimate", "operation"].map((sheet) => namedIn(PLAN, row, sheet)),
    [[1, 2], [9], []],
  );
});

test("a formula of the team's is named and left alone", () => {
  const [row] = PLAN.rows;
  assert.deepEqual(formulasFor(book(), PLAN, row, "units"), [{ sheet: "out", at: "G1" }]);
  assert.deepEqual(formulasFor(book(), PLAN, row, "month"), []);
  assert.throws(() => bookWith(book(), changesFor(book(), PLAN, { n1: { units: 3 } }, "2027-01")), /G1/);
});
