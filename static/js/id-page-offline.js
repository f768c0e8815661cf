// Opens the digital ID that this device keeps, where there is no network.
import { keyOf } from "./device-key.js";
import { isKept, openCard } from "./sealed-card.js";
import { when } from "./moments.js";
import { lockWhenIdle, showCodes, stayAwake } from "./code-screen.js";
import { wordsOf } from "./words.js";

const page = document.querySelector("[data-dopa-offline-card]");
const part = (name) => page.querySelector(`[data-dopa-${name}]`);
const form = part("open-kept");

function sayNothingKept() {
  part("locked").hidden = true;
  part("nothing-kept").hidden = false;
}

async function show(card) {
  const shown = part("show-id");
  Object.assign(shown.dataset, { device: card.device, keyX: card.keyX });
  part("face").innerHTML = card.face; // as the portal drew it: nobody else could seal it
  for (const choice of shown.querySelectorAll("[name=purpose]")) {
    choice.dataset.pass = card.passes[choice.value];
  }
  part("kept-at").textContent = when(wordsOf(page), card.at);
  part("locked").hidden = true;
  shown.hidden = false;
  shown.querySelector("h1").tabIndex = -1;
  shown.querySelector("h1").focus();
  const key = await keyOf(card.device, card.keyX);
  showCodes(shown, key, () => Date.now() / 1000 - card.ahead);
  stayAwake();
  lockWhenIdle(shown, () => location.reload());
}

async function open(event) {
  event.preventDefault();
  part("wrong").hidden = true;
  event.submitter?.setAttribute("aria-busy", "true");
  const card = await openCard(form.elements.password.value);
  event.submitter?.removeAttribute("aria-busy");
  form.reset();
  if (card) {
    await show(card);
  } else if (await isKept()) {
    part("wrong").hidden = false;
    form.elements.password.focus();
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

if (page) {
  part("lock-again").addEventListener("click", () => location.reload());
  window.addEventListener("online", () => (part("online").hidden = false));
  begin();
}
