// Tables.

import { h } from "../lib/dom.js";

// head: texts; rows: lists of cells, a cell being a text, an element, or {text, class, head}.
export const makeTable = (head, rows, attributes = {}) => {
  const cell = (value, tag) => {
    const plain =
      value === null ||
      value === undefined ||
      typeof value !== "object" ||
      value instanceof Node ||
      Array.isArray(value);
    const { text, ...rest } = plain ? { text: value } : value;
    const name = rest.head ? "th" : tag;
    return h(
      name,
      {
        class: rest.class,
        title: rest.title,
        scope: name === "th" ? (tag === "th" ? "col" : "row") : null,
        colspan: rest.span,
      },
      text ?? "",
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
        head.map((value) => cell(value, "th")),
      ),
    ),
    h(
      "tbody",
      {},
      rows.map((row) =>
        h(
          "tr",
          {},
          row.map((value) => cell(value, "td")),
        ),
      ),
    ),
  );
};
