// @ts-check
// Puts the public key of this device into the form that binds it. Without a key the form is sent
// all the same: the portal decides what that means.
import { canHoldKey, pendingKey } from "./device-key.js";
import { findInput, sendOn } from "./dom.js";

const form = document.querySelector("[data-dopa-bind-device]");

function sayNoKey() {
  for (const words of document.querySelectorAll("[data-dopa-no-key]")) {
    words.toggleAttribute("hidden", false);
  }
}

/** @param {HTMLInputElement} field */
async function fill(field) {
  try {
    field.value = JSON.stringify((await pendingKey()).publicKey);
  } catch {
    field.value = ""; // a private window may refuse to store anything
    sayNoKey();
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLInputElement} field
 */
function listen(form, field) {
  let ready = false;
  /** @type {Promise<void> | null} */
  let filling = null;
  // Only for whoever uses the form: the card's page carries it hidden, with its key in place.
  const begin = () => {
    filling ??= fill(field).then(() => {
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
      await sendOn(form, event.submitter);
    },
    { capture: true },
  );
}

if (form instanceof HTMLFormElement && form.querySelector("[name=device_key]")) {
  const field = findInput(form, "[name=device_key]");
  if (canHoldKey()) {
    listen(form, field);
  } else {
    field.value = "";
    sayNoKey();
  }
}
