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
  const inUse = document.hasFocus() && steps.contains(document.activeElement);
  if (fresh.textContent !== steps.textContent && !inUse) {
    steps.replaceChildren(...fresh.childNodes);
  }
}

setInterval(() => renew().catch(() => {}), EVERY);
