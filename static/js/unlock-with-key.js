// @ts-check
// Where the session has run out, the device's key says which digital ID the password is for.
import { part } from "./dom.js";
import { proveHolder } from "./prove-holder.js";

proveHolder(document.querySelector("[data-dopa-proof]"), () => {
  part(document, "known").hidden = false;
  document.querySelector("[data-dopa-unknown]")?.setAttribute("hidden", "");
});
