// @ts-check
// Opens the digital ID that this device keeps, where there is no network.

import { lockWhenIdle, showCodes, stayAwake } from "./code-screen.js";
import { keyOf } from "./device-key.js";
import { find, findAll, findInput, part as partOf } from "./dom.js";
import { when } from "./moments.js";
import { isKept, openCard } from "./sealed-card.js";
import { wordsOf } from "./words.js";

const page = find(document, "[data-dopa-offline-card]", HTMLElement);
const part = (/** @type {string} */ name) => partOf(page, name);
const form = find(page, "[data-dopa-open-kept]", HTMLFormElement);
const password = findInput(form, "[name=password]");

function sayNothingKept() {
  part("locked").hidden = true;
  part("nothing-kept").hidden = false;
}

/** @param {KeptCard} card */
async function show(card) {
  const shown = part("show-id");
  Object.assign(shown.dataset, { device: card.device, keyX: card.keyX });
  part("face").innerHTML = card.face; // as the portal drew it: nobody else could seal it
  for (const { dataset, value } of findAll(shown, "[name=purpose]", HTMLInputElement)) {
    dataset.pass = card.passes[value];
  }
  part("kept-at").textContent = when(wordsOf(page), card.at);
  part("locked").hidden = true;
  shown.hidden = false;
  const title = find(shown, "h1", HTMLElement);
  title.tabIndex = -1;
  title.focus();
  const key = await keyOf(card.device, card.keyX);
  if (!key) {
    throw new Error("the key of the kept card is gone");
  }
  showCodes(shown, key, () => Date.now() / 1000 - card.ahead);
  stayAwake();
  lockWhenIdle(shown, () => location.reload());
}

/** @param {SubmitEvent} event */
async function open(event) {
  event.preventDefault();
  part("wrong").hidden = true;
  event.submitter?.setAttribute("aria-busy", "true");
  const card = await openCard(password.value);
  event.submitter?.removeAttribute("aria-busy");
  form.reset();
  if (card) {
    await show(card);
  } else if (await isKept()) {
    part("wrong").hidden = false;
    password.focus();
  } else {
    sayNothingKept();
  }
}

async function begin() {
  if (await isKept().catch(() => false)) {
    form.addEventListener("submit", open);
    part("locked").hidden = false;
  } else {
    sayNothingKept();
  }
}

part("lock-again").addEventListener("click", () => location.reload());
window.addEventListener("online", () => {
  part("online").hidden = false;
});
begin();
