// @ts-check
// Helps with a password: showing it, whether both entries are the same, the caps lock. It never
// keeps a form from being sent.
import { findAll, findInput } from "./dom.js";

const LEAST_CHARACTERS = 8;
const LEAST_DIFFERENT = 4;

for (const button of findAll(document, "[data-dopa-show-password]", HTMLButtonElement)) {
  const field = findInput(document, `#${button.dataset.dopaShowPassword}`);
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = field.type === "password";
    field.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
    field.focus();
  });
  field.form?.addEventListener("submit", () => {
    field.type = "password"; // browsers remember what stands in a text field
    button.setAttribute("aria-pressed", "false");
  });
}

for (const hint of findAll(document, "[data-dopa-caps-lock]", HTMLElement)) {
  hint.closest("form")?.addEventListener("keyup", (event) => {
    if (event.target instanceof HTMLInputElement && event.getModifierState) {
      hint.hidden = !event.getModifierState("CapsLock");
    }
  });
}

/** @type {Record<string, (text: string) => boolean>} */
const RULES = {
  length: (text) => [...text].length >= LEAST_CHARACTERS,
  variety: (text) => new Set(text).size >= LEAST_DIFFERENT,
};

/**
 * @param {HTMLElement} form
 * @param {string} text
 */
function tellRules(form, text) {
  for (const rule of findAll(form, "[data-dopa-rule]", HTMLElement)) {
    const holds = RULES[rule.dataset.dopaRule ?? ""];
    if (text && holds) {
      rule.dataset.met = String(holds(text));
    } else {
      delete rule.dataset.met; // nothing is typed: nothing is said
    }
  }
}

/**
 * @param {HTMLElement} same
 * @param {string} first
 * @param {string} second
 */
function tellSame(same, first, second) {
  const { dopaSameYes = "", dopaSameNo = "" } = same.dataset;
  const agree = first === second;
  const words = agree ? dopaSameYes : dopaSameNo;
  same.textContent = second ? words : "";
  same.dataset.met = String(agree);
}

for (const form of findAll(document, "[data-dopa-password]", HTMLElement)) {
  const [first, second] = findAll(form, ".password-box input", HTMLInputElement);
  const [same] = findAll(form, "[data-dopa-same]", HTMLElement);
  if (second && same) {
    form.addEventListener("input", () => {
      tellRules(form, first.value);
      tellSame(same, first.value, second.value);
    });
  }
}
