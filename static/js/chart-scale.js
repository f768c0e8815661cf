// @ts-check
// What the axis of values has to know of the numbers.

/**
 * The smallest step of an axis: counts go in whole numbers, shares and rates as they like.
 * @param {(string | null | undefined)[][]} columns numbers as text, nothing where there is none
 */
export function smallestStep(columns) {
  const isWhole = columns.flat().every((value) => !value || Number.isInteger(Number(value)));
  return isWhole ? 1 : 0;
}
