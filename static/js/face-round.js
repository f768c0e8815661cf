// @ts-check
// A try at the selfie: the head turns that the portal asks for, one after the other. Each is told
// once the frames of the one before are settled by their hashes: nobody films what is not told yet.

import { asJpeg } from "./camera.js";

const QUALITY = 0.85;
const FRAMES_APART = 120; // milliseconds
const LEAST_APART = 80; // the portal takes none of less than 60

/** The portal asks for no more head turns of this person; the message is a sentence for them. */
export class NoMoreTurns extends Error {}

/** This try is over: too slow, or asked for anew in another window. */
export class RoundOver extends Error {}

export const LEAST_FRAMES = 3; // of a step, as registration/services/challenges.py has them
export const MOST_FRAMES = 6; // what a slow line sends in some seconds
export const MOST_BYTES = 420_000; // of a step: in the dark a frame is twice as large

/**
 * Ask the portal for a head turn; throws NoMoreTurns.
 * @param {string} address
 * @param {string} token against forged requests
 * @param {boolean} [colours] whether those of the screen may be shown as well
 * @returns {Promise<Round>}
 */
export async function newRound(address, token, colours = false) {
  const told = await ask(address, token, colours ? { colours: "yes" } : {});
  return {
    id: told.id,
    step: told.step,
    of: told.of,
    over: Date.now() + 1000 * (told.seconds - 30),
    done: 0,
    made: false,
    straight: null,
    burst: [],
    frames: [],
    rightSince: 0,
    seenAt: 0,
    began: Date.now(),
  };
}

/**
 * Settle the frames of the step that was told, and learn the next; throws RoundOver.
 * @param {Round} round
 * @param {string} address
 * @param {string} token
 */
export async function settle(round, address, token) {
  const burst = thinned(round.burst);
  const hashes = await Promise.all(burst.map(async ({ picture }) => sha256(picture)));
  const told = await ask(address, token, { challenge: round.id, digests: hashes.join(",") });
  round.frames.push(...burst);
  round.burst = [];
  round.made = false;
  round.done += 1;
  round.step = told.step;
}

/**
 * Whether what was just looked at may follow the frame before it, of this step or of the last: a
 * fast phone looks oftener than the portal takes frames.
 * @param {Round} round
 * @param {number} [apart] milliseconds
 */
export function mayFollow({ burst, frames, seenAt }, apart = LEAST_APART) {
  const before = burst.at(-1) ?? frames.at(-1);
  return !before || seenAt - before.taken >= apart;
}

/**
 * Keep what was just looked at, unless the last frame is as good as this one.
 * @param {Round} round
 * @param {HTMLCanvasElement} canvas
 */
export async function keepFrame(round, canvas) {
  if (mayFollow(round, round.made ? LEAST_APART : FRAMES_APART)) {
    round.burst.push({ picture: await asJpeg(canvas, QUALITY), taken: round.seenAt });
  }
}

/**
 * At most MOST_FRAMES of a step's, from its first to its last; fewer where they are more than
 * MOST_BYTES, and never less than LEAST_FRAMES.
 * @param {FaceFrame[]} burst
 * @returns {FaceFrame[]}
 */
export function thinned(burst) {
  for (let count = Math.min(MOST_FRAMES, burst.length); count > LEAST_FRAMES; count -= 1) {
    const chosen = spread(burst, count);
    if (chosen.reduce((bytes, { picture }) => bytes + picture.size, 0) <= MOST_BYTES) {
      return chosen;
    }
  }
  return burst.length > LEAST_FRAMES ? spread(burst, LEAST_FRAMES) : burst;
}

/**
 * @param {FaceFrame[]} burst
 * @param {number} count
 */
function spread(burst, count) {
  const apart = (burst.length - 1) / (count - 1);
  return Array.from({ length: count }, (_, place) => burst[Math.round(place * apart)]);
}

/**
 * What of a round goes with the selfie.
 * @param {Round} round
 * @param {string} camera what the browser calls it
 * @returns {[string, string | Blob][]}
 */
export function entriesOf({ id, frames }, camera) {
  const times = frames.map(({ taken }) => taken - frames[0].taken);
  /** @type {[string, Blob][]} */
  const files = frames.map(({ picture }) => ["frames", new File([picture], "frame.jpg")]);
  return [...files, ["frame_times", JSON.stringify(times)], ["challenge", id], ["camera", camera]];
}

/** @param {Blob} picture */
async function sha256(picture) {
  const digest = await crypto.subtle.digest("SHA-256", await picture.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * @param {string} address
 * @param {string} token
 * @param {Record<string, string>} said
 */
async function ask(address, token, said) {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "X-CSRFToken": token },
    body: new URLSearchParams(said),
  });
  if (answer.status === 409) {
    throw new NoMoreTurns((await answer.json()).detail);
  }
  if (answer.status === 400) {
    throw new RoundOver((await answer.json()).detail);
  }
  if (!answer.ok) {
    throw new Error("no challenge");
  }
  return answer.json();
}
