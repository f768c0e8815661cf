// Shows the digital ID, and keeps it on this device for when there is no network.
import { canHoldKey, keyOf, portalClock } from "./device-key.js";
import { forgetCard, keepCard } from "./sealed-card.js";
import { keepPage } from "./page-cache.js";
import { lockWhenIdle, showCodes, stayAwake } from "./code-screen.js";

const CACHE = "dopa-card-1";
const page = document.querySelector("[data-dopa-show-id]");
const part = (name) => page.querySelector(`[data-dopa-${name}]`);

function dataAddress(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}

async function keepForOffline(clock) {
  const face = page.querySelector(".id-card").cloneNode(true);
  const photo = face.querySelector(".id-card__photo");
  if (photo) {
    photo.setAttribute("src", await dataAddress(await (await fetch(photo.src)).blob()));
  }
  const choices = [...page.querySelectorAll("[name=purpose]")];
  const { device, keyX, offline } = page.dataset;
  const kept = await keepCard({
    face: face.outerHTML,
    passes: Object.fromEntries(choices.map(({ value, dataset }) => [value, dataset.pass])),
    device,
    keyX,
    ahead: Date.now() / 1000 - clock(),
    at: clock(),
  });
  if (kept) {
    await keepPage({ cache: CACHE, address: offline });
    page.dataset.kept = "yes";
  }
}

async function begin() {
  const { device, keyX, now } = page.dataset;
  const key = device && canHoldKey() ? await keyOf(device, keyX).catch(() => null) : null;
  if (!key) {
    part("bind").hidden = false;
    await forgetCard();
    return;
  }
  const clock = portalClock(Number(now));
  showCodes(page, key, clock);
  stayAwake();
  await keepForOffline(clock);
}

if (page) {
  lockWhenIdle(page, () => part("lock").submit());
  // Without a store, or without room in it, the card opens with network only.
  (page.dataset.active ? begin() : forgetCard()).catch(() => {});
}
