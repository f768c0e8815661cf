// @ts-check
// The key made for the consent belongs to the bound device from now on, whether the card is opened
// or not: a browser that has renewed its digital ID would else prove itself by the former key.
import { canHoldKey, keyOf } from "./device-key.js";
import { part } from "./dom.js";

const { dopaBound: device, keyX = "" } = part(document, "bound").dataset;

if (device && canHoldKey()) {
  keyOf(device, keyX).catch(() => {
    // No store: the card's page offers to bind this browser.
  });
}
