// @ts-check
// A try at the selfie begins with the head turns that the portal asks for.

/** The portal asks for no more head turns of this person; the message is a sentence for them. */
export class NoMoreTurns extends Error {}

/**
 * Ask the portal for head turns; throws NoMoreTurns.
 * @param {string} address
 * @param {string} token against forged requests
 * @returns {Promise<Round>}
 */
export async function newRound(address, token) {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "X-CSRFToken": token },
  });
  if (answer.status === 409) {
    throw new NoMoreTurns((await answer.json()).detail);
  }
  if (!answer.ok) {
    throw new Error("no challenge");
  }
  const challenge = await answer.json();
  return {
    id: challenge.id,
    steps: challenge.steps,
    over: Date.now() + 1000 * (challenge.seconds - 30),
    done: 0,
    straight: null,
    frames: [],
    times: [],
    rightSince: 0,
    seenAt: 0,
    began: Date.now(),
  };
}
