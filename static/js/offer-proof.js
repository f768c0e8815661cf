// @ts-check
// Lets the device's key, where this browser holds one, prove the holder of the digital ID.
import { canHoldKey, latestKey, portalClock, signToken } from "./device-key.js";
import { findInput, sendOn } from "./dom.js";

const LIFETIME = 30;
const form = document.querySelector("[data-dopa-offer-proof]");

/** @param {HTMLFormElement} form */
async function offer(form) {
  const key = await latestKey();
  if (!key) {
    return;
  }
  const clock = portalClock(Number(form.dataset.now));
  document.querySelector("[data-dopa-offered]")?.removeAttribute("hidden");
  let signed = false;
  form.addEventListener("dopa-refused", () => {
    signed = false; // a signature serves once
  });
  form.addEventListener(
    "submit",
    async (event) => {
      if (signed) {
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation(); // the form is sent once, and not yet
      const claims = { audience: "unlock", now: clock(), lifetime: LIFETIME };
      findInput(form, "[name=proof]").value = await signToken(key, claims);
      signed = true;
      await sendOn(form, event.submitter);
    },
    { capture: true },
  );
}

if (form instanceof HTMLFormElement && canHoldKey()) {
  offer(form).catch(() => {
    // No store, no key: the page says what else can be done.
  });
}
