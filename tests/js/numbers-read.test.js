import assert from "node:assert/strict";
import { test } from "node:test";
import { readable } from "../../static/js/numbers-read.js";

test("a long number is read with its thousands and in words", () => {
  assert.equal(readable("60000000", "en"), "60,000,000 (60 million)");
  assert.equal(readable("60000000", "th"), "60,000,000 (60 ล้าน)");
  assert.equal(readable("6000000", "en"), "6,000,000 (6 million)");
  assert.equal(readable("1250000", "en"), "1,250,000 (1.25 million)");
  assert.equal(readable(" 999999 ", "en"), "999,999");
});

test("what is no whole number is not read", () => {
  for (const typed of ["", "-1", "1e9", "12.5", "many", "1".repeat(16)]) {
    assert.equal(readable(typed, "en"), "");
  }
});
