// @ts-check
// Fills a form's proof with a signature of the device's key as it is sent: whose digital ID it is about.
import { canHoldKey, latestKey, portalClock, signToken } from "./device-key.js";
import { findInput, sendOn } from "./dom.js";

const LIFETIME = 30;

/**
 * `offered` is called where this browser holds a key. Without a store there is none, and the page
 * already says what else can be done.
 * @param {Element | null} form
 * @param {() => void} offered
 * @param {() => Promise<DeviceKey | null>} choose
 */
export function proveHolder(form, offered, choose = latestKey) {
  if (form instanceof HTMLFormElement && canHoldKey()) {
    offer(form, offered, choose).catch(() => {});
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {() => void} offered
 * @param {() => Promise<DeviceKey | null>} choose
 */
async function offer(form, offered, choose) {
  const key = await choose();
  if (!key) {
    return;
  }
  const clock = portalClock(Number(form.dataset.now));
  offered();
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
