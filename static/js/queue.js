// @ts-check
// The key N takes the next case, Z takes the last decision back; the queue's counts stay true while
// the page is open, and the list itself changes only when the officer asks for it.
import { onKeys } from "./case-keys.js";
import { find, part } from "./dom.js";
import { showGiven } from "./given.js";

const EVERY = 10_000;
const number = new Intl.NumberFormat(document.documentElement.lang);

const next = document.querySelector("[data-dopa-next]");
const undo = document.querySelector("[data-dopa-undo]");
onKeys({
  ...(next instanceof HTMLFormElement && { n: () => next.requestSubmit() }),
  ...(undo instanceof HTMLFormElement && { z: () => undo.isConnected && undo.requestSubmit() }),
});

if (undo instanceof HTMLElement) {
  const left = part(undo, "undo-left");
  const end = Date.now() + 1000 * Number(undo.dataset.dopaUndo);
  const ticking = setInterval(() => {
    left.textContent = String(Math.max(0, Math.ceil((end - Date.now()) / 1000)));
    if (Date.now() >= end) {
      clearInterval(ticking);
      undo.remove();
    }
  }, 500);
}

const news = document.querySelector("[data-dopa-news]");

/** @param {HTMLElement} news */
async function follow(news) {
  if (document.hidden) {
    return;
  }
  const answer = await fetch(news.dataset.dopaNews ?? "", {
    headers: { Accept: "application/json" },
  });
  if (!answer.ok || answer.redirected) {
    return;
  }
  const { counts, given } = await answer.json();
  showGiven(given);
  for (const [name, count] of Object.entries(counts)) {
    const shown = find(document, `[data-dopa-count="${name}"]`, HTMLElement);
    const written = number.format(count);
    if (shown.textContent !== written) {
      shown.textContent = written;
      if (name === news.dataset.dopaQueue) {
        const link = find(news, "a", HTMLAnchorElement);
        link.href = location.href;
        link.hidden = false;
      }
    }
  }
}

if (news instanceof HTMLElement) {
  setInterval(() => follow(news).catch(() => {}), EVERY); // offline: the next time will do
}
