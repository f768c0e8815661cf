// The sentences a script may say stand in the page, in its language: <template data-dopa-words>.

/** A function from a word's code to its sentence; an unknown code gives an empty string. */
export function wordsOf(element) {
  const words = new Map();
  for (const template of element.querySelectorAll("template[data-dopa-words]")) {
    for (const word of template.content.querySelectorAll("[data-dopa-word]")) {
      words.set(word.dataset.dopaWord, word.textContent);
    }
  }
  return (code) => words.get(code) ?? "";
}
