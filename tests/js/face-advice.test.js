import assert from "node:assert/strict";
import { test } from "node:test";
import { advise } from "../../static/js/face-advice.js";
import { keepFrame, LEAST_FRAMES } from "../../static/js/face-round.js";

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
const CANVAS = { toBlob: (take) => take(new Blob(["picture"])) };
const MOVED = {
  turn_left: { ...STRAIGHT, turn: 0.3 },
  look_up: { ...STRAIGHT, lift: 0.3 },
  come_closer: { ...STRAIGHT, eyes: 0.26, size: 0.9 },
};
const newRound = (...codes) => {
  const steps = codes.map((code) => ({ code, sentence: code }));
  const kept = { straight: null, burst: [], frames: [] };
  return { steps, step: steps[0], ...kept, made: false, rightSince: 0, done: 0 };
};

/** A look at the face at `time`, judged `slow` milliseconds later; the page's part done as it does. */
async function look(round, face, time, slow = 30) {
  round.seenAt = time;
  const advice = advise(round, face ? [face] : [], () => 120, time + slow);
  if (advice.act === "straight") {
    round.straight = face;
  }
  if (advice.act === "straight" || advice.act === "frame") {
    await keepFrame(round, CANVAS);
  }
  if (round.made && round.burst.length >= LEAST_FRAMES) {
    round.done += 1;
    round.step = round.steps[round.done] ?? null;
    round.frames.push(...round.burst);
    Object.assign(round, { made: false, burst: [] });
  }
  return advice;
}

test("a phone of one look a second sees who holds each movement for a second only", async () => {
  const round = newRound("turn_left", "look_up");
  const person = (time) => {
    const moves = time % 5000 < 1000; // and looks ahead for four
    return moves && round.step && round.straight ? MOVED[round.step.code] : STRAIGHT;
  };
  let time = 0;
  while ((await look(round, person(time), time, 950)).act !== "finish") {
    time += 1000;
    assert.ok(time < 30_000, "never finished");
  }
  assert.equal(round.done, 2);
  assert.ok(time < 20_000, String(time));
});

test("a phone that looks sixty times a second sends no two frames that the portal finds too close", async () => {
  for (let after = 200; after < 330; after += 10) {
    const round = newRound("turn_left", "look_up");
    const seen = new Set();
    let told = 0;
    for (let time = 0; round.step; time += 16) {
      assert.ok(time < 10_000, "never finished");
      const { code } = round.step;
      const kept = round.frames.length + round.burst.length;
      const moves = round.straight && time - told > after;
      await look(round, moves ? MOVED[code] : STRAIGHT, time, 10);
      if (moves && round.frames.length + round.burst.length > kept) {
        seen.add(code);
      }
      told = round.straight && round.step?.code === code ? told : time;
    }
    const times = round.frames.map(({ taken }) => taken);
    const gaps = times.slice(1).map((one, place) => one - times[place]);
    assert.ok(Math.min(...gaps) >= 60, String(times));
    assert.equal(seen.size, 2, "a frame of each movement");
  }
});

test("where looks are quick the face is held still for a while, and what is wrong begins it anew", async () => {
  const round = newRound("turn_left");
  assert.equal((await look(round, STRAIGHT, 1000)).act, "");
  assert.equal((await look(round, STRAIGHT, 1600)).act, "");
  assert.deepEqual(await look(round, null, 1650), { hint: "no_face", ring: 0, act: "" });
  assert.equal((await look(round, STRAIGHT, 1700)).act, "");
  assert.equal((await look(round, STRAIGHT, 2400)).act, "straight");
});

test("a movement seen once counts, and another one does not", async () => {
  const round = newRound("look_up");
  await look(round, STRAIGHT, 0, 800);
  assert.equal((await look(round, MOVED.turn_left, 200)).hint, "straight"); // first, to be seen to lift
  assert.equal(round.made, false);
  await look(round, MOVED.look_up, 400);
  assert.equal(round.done, 1);
});

test("nearer than allowed is right only where coming nearer is asked for", async () => {
  const round = newRound("come_closer");
  assert.equal((await look(round, MOVED.come_closer, 0, 800)).hint, "near"); // not what to measure by
  await look(round, STRAIGHT, 1000, 800);
  assert.equal((await look(round, MOVED.come_closer, 2000)).act, "frame");
  assert.equal(round.made, true);
  await look(round, MOVED.come_closer, 2100);
  assert.equal((await look(round, MOVED.come_closer, 2200)).hint, "near"); // and then back again
});

test("closed eyes and a crooked head are told apart", async () => {
  const round = newRound("turn_left");
  assert.equal((await look(round, { ...STRAIGHT, open: 0.01 }, 0)).hint, "eyes");
  assert.equal((await look(round, { ...STRAIGHT, tilt: 20 }, 0)).hint, "straight");
});

test("the colours of the screen begin once the face looks ahead again, and the selfie comes after", async () => {
  const round = { ...newRound("colours"), straight: STRAIGHT };
  assert.deepEqual((await look(round, MOVED.turn_left, 0, 800)).act, "");
  assert.equal((await look(round, STRAIGHT, 1000)).act, "");
  assert.equal((await look(round, STRAIGHT, 1800)).act, "colours");
  round.step = null;
  await look(round, STRAIGHT, 2000);
  assert.equal((await look(round, STRAIGHT, 2800)).act, "finish");
});
