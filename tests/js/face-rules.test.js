import assert from "node:assert/strict";
import { test } from "node:test";
import { fault, isOpen, looksStraight, notBack, STEPS } from "../../static/js/face-rules.js";

const GOOD = {
  size: 0.5,
  x: 0.5,
  y: 0.5,
  turn: 0,
  lift: 0.4,
  tilt: 0,
  eyes: 0.2,
  open: 0.2,
  box: [],
};
const faultOf = (changes, light = 120) => fault([{ ...GOOD, ...changes }], () => light);

test("one face in the middle, near enough and lit, has no fault", () => {
  assert.equal(faultOf({}), "");
});

test("each fault has its word", () => {
  const found = {
    far: faultOf({ size: 0.27 }),
    near: faultOf({ size: 0.86 }),
    left: faultOf({ x: 0.32 }),
    low: faultOf({ y: 0.71 }),
    dark: faultOf({}, 54),
    bright: faultOf({}, 236),
    none: fault([], () => 120),
    two: fault([GOOD, GOOD], () => 120),
  };
  assert.deepEqual(found, {
    far: "far",
    near: "near",
    left: "centre",
    low: "centre",
    dark: "face_dark",
    bright: "face_bright",
    none: "no_face",
    two: "several",
  });
});

test("at the edges nothing is wrong", () => {
  for (const edge of [{ size: 0.28 }, { size: 0.85 }, { x: 0.66 }, { y: 0.69 }]) {
    assert.equal(faultOf(edge), "", JSON.stringify(edge));
  }
  assert.deepEqual([faultOf({}, 55), faultOf({}, 235)], ["", ""]);
});

test("a movement is that movement alone", () => {
  const moved = {
    turn_left: { turn: 0.2, lift: 0.3 },
    turn_right: { turn: -0.2, lift: 0.3 },
    look_up: { turn: 0.1, lift: 0.32 },
    come_closer: { eyes: 0.24, lift: 0.3 },
  };
  for (const [asked, rule] of Object.entries(STEPS)) {
    const done = Object.keys(moved).filter((one) => rule({ ...GOOD, ...moved[one] }, GOOD));
    assert.deepEqual(done, [asked]);
  }
});

test("straight is neither turned nor tilted, and eyes are open or not", () => {
  assert.ok(looksStraight(GOOD));
  for (const crooked of [{ turn: 0.28 }, { turn: -0.28 }, { tilt: 14 }, { tilt: -14 }]) {
    assert.ok(!looksStraight({ ...GOOD, ...crooked }), JSON.stringify(crooked));
  }
  assert.deepEqual(
    [isOpen({ ...GOOD, open: 0.08 }), isOpen({ ...GOOD, open: 0.079 })],
    [true, false],
  );
});

test("after the movements a face is back where it was, or is told what it still does", () => {
  const told = (changes) => notBack({ ...GOOD, ...changes }, GOOD);
  const found = {
    same: told({}),
    breathing: told({ eyes: 0.216, turn: 0.05, lift: 0.37 }),
    nearer: told({ eyes: 0.22 }),
    close: told({ eyes: 0.24 }),
    turned: told({ turn: 0.2 }),
    lifted: told({ lift: 0.32 }),
    lifted_aside: told({ lift: 0.32, turn: 0.17 }),
  };
  assert.deepEqual(found, {
    same: "",
    breathing: "",
    nearer: "near",
    close: "near",
    turned: "straight",
    lifted: "straight",
    lifted_aside: "straight",
  });
});
