// @ts-check
// What the page of the line says, and how often: pure, for the test.

/**
 * @typedef {{ state: string, before: number, least: number | null, most: number | null,
 *   in_hours: boolean, again: number, may_miss: boolean, stands_still: boolean }} Standing
 */

/**
 * The sentence with its values.
 * @param {string} sentence
 * @param {Record<string, string | number>} values
 */
export function filled(sentence, values) {
  return sentence.replaceAll(/\{(\w+)\}/g, (all, name) => String(values[name] ?? all));
}

/**
 * For how long one waits, in the page's words.
 * @param {Standing} standing
 * @param {(code: string) => string} word
 */
export function waitIn({ least, most, in_hours: inHours }, word) {
  if (most === null || least === null) {
    return word("unknown");
  }
  const under = inHours ? "under_hours" : "under";
  return filled(word(least ? (inHours ? "hours" : "minutes") : under), { least, most });
}

/**
 * Whether a screen reader is told: when half of those who were before at the last time are gone.
 * @param {number} before
 * @param {number} told
 */
export function isWorthSaying(before, told) {
  return before <= told / 2;
}

/**
 * Milliseconds until the next question; after failures longer, and never in step with others.
 * @param {number} again seconds, as the last answer had them
 * @param {number} failed how often in a row nothing came
 * @param {number} random 0 to 1
 */
export function pauseOf(again, failed, random) {
  const seconds = Math.min(300, Math.max(again, failed ? 5 * 2 ** failed : 0));
  return 1000 * seconds * (failed ? 0.75 + random / 2 : 1);
}
