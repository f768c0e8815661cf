// The key N takes the next case, Z takes the last decision back; the queue's counts stay true while
// the page is open, and the list itself changes only when the officer asks for it.
import { onKeys } from "./case-keys.js";

const EVERY = 10_000;

const next = document.querySelector("[data-dopa-next]");
const undo = document.querySelector("[data-dopa-undo]");
onKeys({
  ...(next && { n: () => next.requestSubmit() }),
  ...(undo && { z: () => undo.isConnected && undo.requestSubmit() }),
});

if (undo) {
  const left = undo.querySelector("[data-dopa-undo-left]");
  const end = Date.now() + 1000 * Number(undo.dataset.dopaUndo);
  const ticking = setInterval(() => {
    left.textContent = Math.max(0, Math.ceil((end - Date.now()) / 1000));
    if (Date.now() >= end) {
      clearInterval(ticking);
      undo.remove();
    }
  }, 500);
}

const news = document.querySelector("[data-dopa-news]");

async function follow() {
  if (document.hidden) {
    return;
  }
  const answer = await fetch(news.dataset.dopaNews, { headers: { Accept: "application/json" } });
  if (!answer.ok || answer.redirected) {
    return;
  }
  const { counts } = await answer.json();
  for (const [name, count] of Object.entries(counts)) {
    const shown = document.querySelector(`[data-dopa-count="${name}"]`);
    if (shown.textContent !== String(count)) {
      shown.textContent = count;
      if (name === news.dataset.dopaQueue) {
        const link = news.querySelector("a");
        link.href = location.href;
        link.hidden = false;
      }
    }
  }
}

if (news) {
  setInterval(() => follow().catch(() => {}), EVERY); // offline: the next time will do
}
