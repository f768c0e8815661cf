// Lets the device's key, where this browser holds one, prove the holder of the digital ID.
import { canHoldKey, latestKey, portalClock, signToken } from "./device-key.js";

const LIFETIME = 30;
const form = document.querySelector("[data-dopa-offer-proof]");

async function offer() {
  const key = await latestKey();
  if (!key) {
    return;
  }
  const clock = portalClock(Number(form.dataset.now));
  const offered = document.querySelector("[data-dopa-offered]");
  if (offered) {
    offered.hidden = false;
  }
  let signed = false;
  form.addEventListener(
    "submit",
    async (event) => {
      if (signed) {
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation(); // the form is sent once, and not yet
      const claims = { audience: "unlock", now: clock(), lifetime: LIFETIME };
      form.querySelector("[name=proof]").value = await signToken(key, claims);
      signed = true;
      form.requestSubmit(event.submitter);
    },
    { capture: true },
  );
}

if (form && canHoldKey()) {
  offer().catch(() => {
    // No store, no key: the page says what else can be done.
  });
}
