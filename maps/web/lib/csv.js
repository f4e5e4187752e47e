// Tables handed out as CSV.

import { download } from "./download.js";
import { page } from "./page.js";

// A field that a spreadsheet would run as a formula is kept a text by a leading apostrophe.
/** @param {(string | number | null | undefined)[][]} rows */
export const csvText = (rows) =>
  "\ufeff" +
  rows
    .map((row) =>
      row
        .map((value) => {
          if (value === null || value === undefined) return "";
          if (typeof value === "number") return String(value);
          const text = page.config.formula.some((sign) => value.startsWith(sign)) ? `'${value}` : value;
          return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
        })
        .join(","),
    )
    .join("\r\n") +
  "\r\n";

/**
 * @param {string} name of the file
 * @param {string} text
 */
export const downloadText = (name, text) => download(name, text, "text/csv");
