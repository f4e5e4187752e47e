// Values that Python computed (tests/maps/web_values.py).
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

/** @param {string} file */
export const readValues = (file) => JSON.parse(readFileSync(new URL(file, import.meta.url), "utf8"));

export const values = readValues("values.json");

export const close = (found, expected, within) =>
  assert.ok(
    found === expected || Math.abs(found - expected) <= within,
    `${found} is not within ${within} of ${expected}`,
  );
