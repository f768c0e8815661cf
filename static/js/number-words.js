// @ts-check
// A long number beside its field as people read it, while it is typed: 60000000 is 60,000,000, 60 million.
import { findAll } from "./dom.js";
import { readable } from "./numbers-read.js";

for (const field of findAll(document, "input[data-dopa-readable]", HTMLInputElement)) {
  const words = document.createElement("output");
  words.htmlFor.add(field.id);
  words.className = "number-words";
  field.after(" ", words);
  const tell = () => {
    words.textContent = readable(field.value, document.documentElement.lang);
  };
  field.addEventListener("input", tell);
  tell();
}
