import assert from "node:assert/strict";
import { test } from "node:test";
import { MOST_FRAMES, RoundOver, settle, thinned } from "../../static/js/face-round.js";

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

test("a long burst is thinned out from its first frame to its last", () => {
  assert.deepEqual(thinned([1, 2, 3]), [1, 2, 3]);
  const chosen = thinned(Array.from({ length: 40 }, (_, place) => place));
  assert.equal(chosen.length, MOST_FRAMES);
  assert.deepEqual([chosen[0], chosen.at(-1)], [0, 39]);
  assert.equal(new Set(chosen).size, MOST_FRAMES);
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
