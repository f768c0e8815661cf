// @ts-check
// A case that a supervisor gave me while this page is open: said where it is seen, opened by a press.
import { find } from "./dom.js";

/** @typedef {{ reference: string, take: string } | null} Given */

/** @param {Given} given */
export function showGiven(given) {
  const place = find(document, "[data-dopa-given]", HTMLElement);
  const form = find(place, "form", HTMLFormElement);
  if (given) {
    form.action = given.take;
    find(form, "[data-dopa-given-reference]", HTMLElement).textContent = given.reference;
  }
  form.hidden = !given;
}
