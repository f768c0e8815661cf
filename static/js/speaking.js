// @ts-check
// Reads hints aloud in the page's language once somebody asked for it, here or on a page before.
const KEPT = "dopa-speaks";

/**
 * @param {HTMLElement} button
 * @returns {(text: string) => void} says a hint, in the place of one that is still being said
 */
export function speaker(button) {
  const speech = window.speechSynthesis;
  button.hidden = !speech;
  let on = Boolean(speech) && localStorage.getItem(KEPT) === "yes";
  button.setAttribute("aria-pressed", String(on));
  button.addEventListener("click", () => {
    on = !on;
    localStorage.setItem(KEPT, on ? "yes" : "no");
    button.setAttribute("aria-pressed", String(on));
    speech.cancel();
  });
  return (text) => {
    if (on) {
      const said = new SpeechSynthesisUtterance(text);
      said.lang = document.documentElement.lang;
      speech.cancel();
      speech.speak(said);
    }
  };
}
