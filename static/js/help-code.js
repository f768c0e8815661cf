// @ts-check
// Tells whoever is on the phone with 1548 that an agent has opened the step.
import { find, part } from "./dom.js";
import { wordsOf } from "./words.js";

const box = part(document, "call");
const said = find(box, "[data-dopa-call-said]", HTMLElement);
const word = wordsOf(box);
const PAUSE = 3000;
const LAST = Date.now() + 10 * 60_000; // the code has run out then
const ANSWER = { headers: { Accept: "application/json" } };

/** When an agent opened a step of this registration last, or null. */
async function openedAt() {
  const answer = await fetch(box.dataset.dopaCall ?? "", { ...ANSWER, cache: "no-store" });
  return answer.ok ? (await answer.json()).agent_looked : undefined;
}

/** @param {string | null | undefined} before */
async function watch(before) {
  const now = await openedAt().catch(() => undefined);
  if (now && before !== undefined && now !== before) {
    said.textContent = word("opened");
  } else if (Date.now() < LAST) {
    setTimeout(() => watch(before === undefined ? now : before), PAUSE);
  }
}

watch(undefined);
