import assert from "node:assert/strict";
import { test } from "node:test";
import { advise } from "../../static/js/face-advice.js";
import { LEAST_FRAMES } from "../../static/js/face-round.js";

const STRAIGHT = {
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
const MOVED = {
  turn_left: { ...STRAIGHT, turn: 0.3 },
  look_up: { ...STRAIGHT, lift: 0.3 },
  come_closer: { ...STRAIGHT, eyes: 0.26, size: 0.9 },
};
const newRound = (...codes) => {
  const steps = codes.map((code) => ({ code, sentence: code }));
  return { steps, step: steps[0], straight: null, burst: [], made: false, rightSince: 0, done: 0 };
};

/** A look at the face at `time`, judged `slow` milliseconds later; the page's part done as it does. */
function look(round, face, time, slow = 30) {
  round.seenAt = time;
  const advice = advise(round, face ? [face] : [], () => 120, time + slow);
  if (advice.act === "straight") {
    round.straight = face;
  }
  if (advice.act === "straight" || advice.act === "frame") {
    round.burst.push({ taken: time });
  }
  if (round.made && round.burst.length >= LEAST_FRAMES) {
    round.done += 1;
    round.step = round.steps[round.done] ?? null;
    Object.assign(round, { made: false, burst: [] });
  }
  return advice;
}

test("a phone of one look a second sees who holds each movement for a second only", () => {
  const round = newRound("turn_left", "look_up");
  const person = (time) => {
    const moves = time % 5000 < 1000; // and looks ahead for four
    return moves && round.step && round.straight ? MOVED[round.step.code] : STRAIGHT;
  };
  let time = 0;
  while (look(round, person(time), time, 950).act !== "finish") {
    time += 1000;
    assert.ok(time < 30_000, "never finished");
  }
  assert.equal(round.done, 2);
  assert.ok(time < 20_000, String(time));
});

test("where looks are quick the face is held still for a while, and what is wrong begins it anew", () => {
  const round = newRound("turn_left");
  assert.equal(look(round, STRAIGHT, 1000).act, "");
  assert.equal(look(round, STRAIGHT, 1600).act, "");
  assert.deepEqual(look(round, null, 1650), { hint: "no_face", ring: 0, act: "" });
  assert.equal(look(round, STRAIGHT, 1700).act, "");
  assert.equal(look(round, STRAIGHT, 2400).act, "straight");
});

test("a movement seen once counts, and another one does not", () => {
  const round = newRound("look_up");
  look(round, STRAIGHT, 0, 800);
  assert.equal(look(round, MOVED.turn_left, 100).hint, "look_up");
  assert.equal(round.made, false);
  look(round, MOVED.look_up, 200);
  assert.equal(round.done, 1);
});

test("nearer than allowed is right only where coming nearer is asked for", () => {
  const round = newRound("come_closer");
  assert.equal(look(round, MOVED.come_closer, 0, 800).hint, "near"); // not what to measure by
  look(round, STRAIGHT, 1000, 800);
  assert.equal(look(round, MOVED.come_closer, 2000).act, "frame");
  assert.equal(round.made, true);
  look(round, MOVED.come_closer, 2100);
  assert.equal(look(round, MOVED.come_closer, 2200).hint, "near"); // and then back again
});

test("closed eyes and a crooked head are told apart", () => {
  const round = newRound("turn_left");
  assert.equal(look(round, { ...STRAIGHT, open: 0.01 }, 0).hint, "eyes");
  assert.equal(look(round, { ...STRAIGHT, tilt: 20 }, 0).hint, "straight");
});
