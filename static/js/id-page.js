// @ts-check
// Shows the digital ID, and keeps it on this device for when there is no network.

import { lockWhenIdle, showCodes, stayAwake } from "./code-screen.js";
import { canHoldKey, keyOf, noteWays, portalClock } from "./device-key.js";
import { find, findAll, part } from "./dom.js";
import { keepPage } from "./page-cache.js";
import { forgetCard, keepCard, keptSince } from "./sealed-card.js";

const CACHE = "dopa-card-1";
const SOON_TOO_OLD = 20 * 24 * 3600 * 1000; // of the thirty days that it is kept
const shown = document.querySelector("[data-dopa-show-id]");

/**
 * @param {Blob} blob
 * @returns {Promise<string>}
 */
function dataAddress(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}

/**
 * @param {HTMLElement} page
 * @param {() => number} clock
 */
async function keepForOffline(page, clock) {
  const face = /** @type {Element} */ (find(page, ".id-card", Element).cloneNode(true));
  const photo = face.querySelector(".id-card__photo");
  if (photo instanceof HTMLImageElement) {
    photo.setAttribute("src", await dataAddress(await (await fetch(photo.src)).blob()));
  }
  const choices = findAll(page, "[name=purpose]", HTMLInputElement);
  const { device = "", keyX = "", offline = "" } = page.dataset;
  const kept = await keepCard({
    face: face.outerHTML,
    passes: Object.fromEntries(choices.map(({ value, dataset }) => [value, dataset.pass ?? ""])),
    device,
    keyX,
    ahead: Date.now() / 1000 - clock(),
    at: clock(),
  });
  if (kept) {
    await keepPage({ cache: CACHE, address: offline });
    page.dataset.kept = "yes";
  } else {
    // Opened without the password, which alone can seal it: the former copy stays as it is.
    const since = await keptSince();
    part(page, "seal-again").hidden = since !== null && Date.now() - since < SOON_TOO_OLD;
  }
}

/** @param {HTMLElement} page */
async function begin(page) {
  const { device, keyX = "", now } = page.dataset;
  const key = device && canHoldKey() ? await keyOf(device, keyX).catch(() => null) : null;
  if (!key) {
    part(page, "bind").hidden = false;
    await forgetCard();
    return;
  }
  await noteWays(key, (page.dataset.ways ?? "").split(" ").filter(Boolean)).catch(() => {});
  const clock = portalClock(Number(now));
  showCodes(page, key, clock);
  stayAwake();
  await keepForOffline(page, clock);
}

if (shown instanceof HTMLElement) {
  lockWhenIdle(shown, () => find(shown, "[data-dopa-lock]", HTMLFormElement).submit());
  // Without a store, or without room in it, the card opens with network only.
  (shown.dataset.active ? begin(shown) : forgetCard()).catch(() => {});
}
