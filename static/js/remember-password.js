// @ts-check
// Lets the card's page keep the digital ID for when there is no network: it takes the password that
// is entered here, as a key.
import { findInput, sendOn } from "./dom.js";
import { rememberPassword } from "./sealed-card.js";

const form = document.querySelector("[data-dopa-remember]");

/** @param {HTMLFormElement} form */
function listen(form) {
  const field = findInput(form, "[name=password]");
  let remembered = false;
  // Other scripts hold the form back as well: until another password is typed, once is enough.
  for (const kind of ["input", "dopa-refused"]) {
    form.addEventListener(kind, () => {
      remembered = false;
    });
  }
  form.addEventListener(
    "submit",
    async (event) => {
      if (remembered) {
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation(); // the form is sent once, and not yet
      // Without a store the card opens with network only.
      await rememberPassword(field.value).catch(() => {});
      remembered = true;
      await sendOn(form, event.submitter);
    },
    { capture: true },
  );
}

if (form instanceof HTMLFormElement && window.isSecureContext && window.indexedDB) {
  listen(form);
}
