import assert from "node:assert/strict";
import { test } from "node:test";
import { smallestStep } from "../../static/js/chart-scale.js";

test("an axis of counts goes in whole numbers, one of shares as it likes", () => {
  assert.equal(smallestStep([["1", null, "0"], ["2"]]), 1);
  assert.equal(smallestStep([["1"], ["0.5"]]), 0);
  assert.equal(smallestStep([[undefined], []]), 1);
});
