// @ts-check
// Sets up fingerprint or face on this device, and notes beside its key what it has.
import { canHoldKey, keptKey, noteWays } from "./device-key.js";
import { part } from "./dom.js";
import { fillByPasskey, knowsHolder } from "./passkey.js";

const page = part(document, "set-up");
const form = page.querySelector("[data-dopa-new-passkey]");

/** @param {HTMLFormElement} form */
async function offer(form) {
  const known = await knowsHolder();
  form.hidden = !known;
  part(page, "no-passkey").hidden = known;
  fillByPasskey(form, { use: (options) => window.webauthnJSON.create(options) });
}

async function begin() {
  const { device = "", ways = "" } = page.dataset;
  const key = canHoldKey() ? await keptKey(device) : null;
  if (!key) {
    throw new Error("this browser does not hold the key");
  }
  await noteWays(key, ways.split(" ").filter(Boolean));
  if (form instanceof HTMLFormElement) {
    await offer(form);
  }
}

begin().catch(() => {
  part(page, "no-key").hidden = false;
});
