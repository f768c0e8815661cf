import assert from "node:assert/strict";
import { test } from "node:test";
import { pauses, places } from "../../static/js/case-film.js";

test("frames lie in rows of their own lengths", () => {
  assert.deepEqual(places([2, 1]), [
    { row: 0, column: 0 },
    { row: 0, column: 1 },
    { row: 1, column: 0 },
  ]);
});

test("a film runs as fast as it was taken, and waits for nobody's answer", () => {
  assert.deepEqual(pauses([0, 120, 3000, 3090]), [120, 700, 90]);
  assert.deepEqual(pauses([]), []);
});
