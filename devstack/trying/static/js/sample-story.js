// @ts-check
// Renews the steps of a story while its page is open beside the one where they are taken.
import { find } from "./dom.js";

const EVERY = 3000; // milliseconds

async function renew() {
  if (document.hidden) {
    return;
  }
  const answer = await fetch(location.href);
  if (!answer.ok) {
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const steps = find(document, "[data-dopa-story]", HTMLElement);
  const fresh = find(page, "[data-dopa-story]", HTMLElement);
  // The token against forged requests is another one in every answer.
  if (fresh.innerText !== steps.dataset.told) {
    if (steps.dataset.told && !steps.contains(document.activeElement)) {
      steps.replaceChildren(...fresh.childNodes);
    }
    steps.dataset.told = fresh.innerText;
  }
}

setInterval(() => renew().catch(() => {}), EVERY);
