// Values that Python computed (tests/maps/web_values.py).
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

export const values = JSON.parse(readFileSync(new URL("values.json", import.meta.url), "utf8"));

export const close = (found, expected, within) =>
  assert.ok(
    found === expected || Math.abs(found - expected) <= within,
    `${found} is not within ${within} of ${expected}`,
  );
