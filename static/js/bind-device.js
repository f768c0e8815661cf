// Puts the public key of this device into the form that binds it. Without a key the form is sent
// all the same: the portal decides what that means.
import { canHoldKey, pendingKey } from "./device-key.js";

const form = document.querySelector("[data-dopa-bind-device]");
const field = form?.querySelector("[name=device_key]");

function sayNoKey() {
  for (const words of document.querySelectorAll("[data-dopa-no-key]")) {
    words.hidden = false;
  }
}

async function fill() {
  try {
    field.value = JSON.stringify((await pendingKey()).publicKey);
  } catch {
    field.value = ""; // a private window may refuse to store anything
    sayNoKey();
  }
}

if (field && !canHoldKey()) {
  field.value = "";
  sayNoKey();
} else if (field) {
  let ready = false;
  let filling = null;
  // Only for whoever uses the form: the card's page carries it hidden, with its key in place.
  const begin = () => {
    filling ??= fill().then(() => {
      ready = true;
    });
    return filling;
  };
  form.addEventListener("focusin", begin);
  form.addEventListener(
    "submit",
    async (event) => {
      if (ready) {
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation(); // the form is sent once, and not yet
      await begin();
      form.requestSubmit(event.submitter);
    },
    { capture: true },
  );
}
