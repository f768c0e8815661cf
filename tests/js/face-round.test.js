import assert from "node:assert/strict";
import { test } from "node:test";
import {
  LEAST_FRAMES,
  MOST_FRAMES,
  RoundOver,
  settle,
  thinned,
} from "../../static/js/face-round.js";

const burstOf = (count) =>
  Array.from({ length: count }, (_, place) => ({
    picture: new Blob([`frame ${place}`]),
    taken: 100 * place,
  }));
const ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

function answering(status, body, asked = []) {
  globalThis.fetch = async (address, { body: said }) => {
    asked.push([address, Object.fromEntries(said)]);
    return new Response(JSON.stringify(body), { status });
  };
  return asked;
}

const placesOf = (burst) => burst.map(({ taken }) => taken / 100);

test("a long burst is thinned out from its first frame to its last", () => {
  assert.deepEqual(placesOf(thinned(burstOf(3))), [0, 1, 2]);
  const chosen = placesOf(thinned(burstOf(40)));
  assert.equal(chosen.length, MOST_FRAMES);
  assert.deepEqual([chosen[0], chosen.at(-1)], [0, 39]);
  assert.equal(new Set(chosen).size, MOST_FRAMES);
});

test("two steps are never more than 900 kB, as large as their frames may be", () => {
  for (const size of [30_000, 70_000, 80_000, 110_000, 140_000]) {
    const burst = burstOf(12).map((frame) => ({ ...frame, picture: { size } }));
    const chosen = placesOf(thinned(burst));
    assert.ok(2 * chosen.length * size <= 900_000, `${chosen.length} of ${size}`);
    assert.ok(chosen.length >= LEAST_FRAMES);
    assert.deepEqual([chosen[0], chosen.at(-1)], [0, 11]);
  }
  assert.equal(thinned(burstOf(2)).length, 2);
});

test("a step is settled by the hashes of its frames, and the next one is learnt", async () => {
  const round = { id: "c", done: 0, frames: [], burst: burstOf(2), step: { code: "turn_left" } };
  round.burst[0].picture = new Blob(["abc"]);
  const asked = answering(200, { step: { code: "look_up" } });
  await settle(round, "/step/", "token");
  assert.equal(asked[0][0], "/step/");
  assert.equal(asked[0][1].challenge, "c");
  assert.match(asked[0][1].digests, new RegExp(`^${ABC},[0-9a-f]{64}$`));
  assert.deepEqual([round.done, round.frames.length, round.burst], [1, 2, []]);
  assert.equal(round.step.code, "look_up");
});

test("what the portal refuses ends the round and keeps nothing", async () => {
  const round = { id: "c", done: 0, frames: [], burst: burstOf(3), step: { code: "turn_left" } };
  answering(400, { detail: "too late" });
  await assert.rejects(settle(round, "/step/", "token"), RoundOver);
  assert.deepEqual([round.done, round.frames.length, round.burst.length], [0, 0, 3]);
});
