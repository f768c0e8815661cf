// @ts-check
// What was about some days: which words a chart shows where.

/**
 * @typedef {{ from: number, to: number, number: number, words: string }} Mark places are those of
 *   the categories, oldest first; the number is that of the list below the chart
 * @param {string | undefined} written as the page has it
 * @returns {Mark[]}
 */
export function marksOf(written) {
  return JSON.parse(written || "[]");
}

/**
 * A mark alone has its words beside it; of several only their numbers leave room for each other.
 * @param {Mark} mark
 * @param {Mark[]} all
 */
export function label(mark, all) {
  return all.length === 1 ? mark.words : String(mark.number);
}

/**
 * @param {number} place
 * @param {Mark[]} all
 */
export function wordsAt(place, all) {
  return all.filter(({ from, to }) => from <= place && place <= to).map(({ words }) => words);
}

/**
 * The target's line across the chart; none where there is no target.
 * @param {DOMStringMap} dataset
 */
export function targetLine({ target }) {
  return target ? [{ yAxis: Number(target) }] : [];
}

/**
 * Where the axis ends, so that a target has room above; null leaves it to the chart.
 * @param {string | undefined} target
 * @returns {(reach: { max: number }) => number | null}
 */
export function topOf(target) {
  const wanted = 1.1 * Number(target ?? 0);
  const step = 10 ** Math.floor(Math.log10(wanted || 1)) / 2;
  return ({ max }) => (wanted > max ? step * Math.ceil(wanted / step) : null);
}
