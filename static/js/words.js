// @ts-check
// The sentences a script may say stand in the page, in its language: <template data-dopa-words>.
import { findAll } from "./dom.js";

/**
 * A function from a word's code to its sentence; an unknown code gives an empty string.
 * @param {ParentNode} element
 * @returns {(code: string) => string}
 */
export function wordsOf(element) {
  /** @type {Map<string, string>} */
  const words = new Map();
  for (const { content } of findAll(element, "[data-dopa-words]", HTMLTemplateElement)) {
    for (const word of content.querySelectorAll("[data-dopa-word]")) {
      words.set(word.getAttribute("data-dopa-word") ?? "", word.textContent ?? "");
    }
  }
  return (code) => words.get(code) ?? "";
}
