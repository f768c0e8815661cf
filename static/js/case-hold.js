// @ts-check
// While a case is mine, its page gives a sign of life; closing it gives the case back in moments.
import { find } from "./dom.js";
import { showGiven } from "./given.js";

const EVERY = 10_000;
const holder = find(document, "[data-dopa-hold]", HTMLElement);
const address = holder.dataset.dopaHold ?? "";
const token = find(holder, "[name=csrfmiddlewaretoken]", HTMLInputElement).value;
let isSending = false; // a form of this page decides what becomes of the case

/** @param {Record<string, string>} [more] */
function body(more = {}) {
  return new URLSearchParams({ csrfmiddlewaretoken: token, ...more });
}

async function giveSign() {
  const answer = await fetch(address, { method: "POST", body: body() });
  if (answer.status === 409 && !isSending) {
    location.reload(); // it went to somebody else: the page says to whom
  } else if (answer.ok && !answer.redirected) {
    showGiven((await answer.json()).given);
  }
}

const sign = () => giveSign().catch(() => {}); // offline: the next time will do

document.addEventListener("submit", () => {
  isSending = true;
});
window.addEventListener("pagehide", () => {
  if (!isSending) {
    navigator.sendBeacon(address, body({ leaving: "yes" }));
  }
});
// Shown again from the browser's memory, or after a while in the background.
window.addEventListener("pageshow", () => {
  isSending = false;
  sign();
});
document.addEventListener("visibilitychange", () => document.hidden || sign());
setInterval(sign, EVERY);
