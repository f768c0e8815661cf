// Where the session has run out, the device's key says which digital ID the password is for.
import { canHoldKey, latestKey, portalClock, signToken } from "./device-key.js";

const LIFETIME = 30;
const form = document.querySelector("[data-dopa-proof]");

async function offer() {
  const key = await latestKey();
  if (!key) {
    return;
  }
  const clock = portalClock(Number(form.dataset.now));
  document.querySelector("[data-dopa-known]").hidden = false;
  const unknown = document.querySelector("[data-dopa-unknown]");
  if (unknown) {
    unknown.hidden = true;
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const claims = { audience: "unlock", now: clock(), lifetime: LIFETIME };
    form.querySelector("[name=proof]").value = await signToken(key, claims);
    form.submit();
  });
}

if (form && canHoldKey()) {
  offer().catch(() => {
    // No store, no key: the page already says what else can be done.
  });
}
