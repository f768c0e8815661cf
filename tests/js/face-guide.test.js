import assert from "node:assert/strict";
import { test } from "node:test";
import { isSomebody } from "../../static/js/face-guide.js";

test("what the detector takes for a second face in a curtain is nobody", () => {
  const found = [{ boxScore: 0.87 }, { boxScore: 0.27 }];
  assert.deepEqual(found.filter(isSomebody), [found[0]]);
});

test("a second person is somebody, and whoever is alone before the camera stays so in bad light", () => {
  const two = [{ boxScore: 0.87 }, { boxScore: 0.51 }];
  const alone = [{ boxScore: 0.3 }];
  assert.deepEqual([two.filter(isSomebody), alone.filter(isSomebody)], [two, alone]);
});
