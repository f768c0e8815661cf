// @ts-check
// What the selfie's page draws of the way through the head turns: a dot for each, an arrow for the
// one that is asked for, and a ring that closes while the face is held still.
import { find, part } from "./dom.js";

/**
 * @param {HTMLElement} form
 * @param {Round} round
 */
export function listSteps(form, round) {
  const items = Array.from({ length: round.of }, () => document.createElement("li"));
  part(form, "challenge-steps").replaceChildren(...items);
  markSteps(form, round);
}

/**
 * @param {HTMLElement} form
 * @param {Round} round
 */
export function markSteps(form, round) {
  [...part(form, "challenge-steps").children].forEach((item, place) => {
    const { dataset } = /** @type {HTMLElement} */ (item);
    dataset.step = place < round.done ? "done" : place === round.done ? "now" : "";
  });
}

/** @param {HTMLElement} form */
export function noSteps(form) {
  part(form, "challenge-steps").replaceChildren();
}

/**
 * @param {HTMLElement} form
 * @param {number} share
 */
export function closeRing(form, share) {
  const ring = find(form, "[data-dopa-progress]", SVGElement);
  ring.setAttribute("stroke-dasharray", `${Math.round(100 * Math.min(1, share))} 100`);
}

/**
 * Draw the arrow and the outline that moves as the head is to move; none for an empty code.
 * @param {HTMLElement} form
 * @param {string} code
 */
export function showMove(form, code) {
  find(form, "[data-dopa-move]", SVGElement).dataset.move = code;
}
