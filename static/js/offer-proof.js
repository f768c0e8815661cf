// @ts-check
// Lets the device's key, where this browser holds one, prove the holder of the digital ID.
import { proveHolder } from "./prove-holder.js";

proveHolder(document.querySelector("[data-dopa-offer-proof]"), () => {
  document.querySelector("[data-dopa-offered]")?.removeAttribute("hidden");
});
