import assert from "node:assert/strict";
import { test } from "node:test";
import { isStill, sharpness } from "../../static/js/card-judge.js";

/** Soft stripes, moved to the right. */
function stripes(moved, { width = 320, height = 40, period = 24 } = {}) {
  const pixels = Float32Array.from({ length: width * height }, (_, at) => {
    return 120 + 60 * Math.sin((2 * Math.PI * ((at % width) - moved)) / period);
  });
  return { pixels, width, height };
}

test("a hand that sways is still where looks are far apart, one that moves on never is", () => {
  const still = (moved, apart) => isStill(stripes(moved), stripes(0), apart);
  assert.deepEqual([still(0.5, 125), still(2.5, 125)], [true, false]);
  assert.deepEqual([still(1.5, 500), still(8, 500), still(8, 5000)], [true, false, false]);
});

test("a picture without an edge, or of another size, is neither sharp nor still", () => {
  assert.equal(sharpness({ pixels: new Float32Array(4000).fill(90), width: 100, height: 40 }), 0);
  assert.equal(isStill(stripes(0), stripes(0, { height: 30 }), 125), false);
});
