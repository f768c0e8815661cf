// @ts-check
// Offers what this device can open the digital ID with beside the password; the password stays one
// press away. What the device has, it has noted beside its key (id-page.js); no PIN is kept.
import { canHoldKey, keptKey, latestKey, noteWays, portalClock, signToken } from "./device-key.js";
import { find, findInput, part } from "./dom.js";
import { fillByPasskey, knowsHolder } from "./passkey.js";
import { proveHolder } from "./prove-holder.js";

const LIFETIME = 30;
const box = part(document, "short-ways");
const byPassword = part(document, "by-password");
const byPasskey = find(box, "#by-passkey", HTMLFormElement);
const byPin = find(box, "#by-pin", HTMLFormElement);

/** The key that the session's device signs with; without a session, the latest of this browser. */
function chosenKey() {
  const { device, held } = box.dataset;
  if (device) {
    return keptKey(device);
  }
  return held ? Promise.resolve(null) : latestKey();
}

function usePassword() {
  byPassword.hidden = false;
  part(box, "use-password").hidden = true;
}

/**
 * @param {DeviceKey} key
 * @param {string} way
 * @param {HTMLFormElement} form
 */
async function forget(key, way, form) {
  const left = (key.ways ?? []).filter((one) => one !== way);
  form.hidden = true;
  usePassword();
  await noteWays(key, left).catch(() => {});
}

/** @param {DeviceKey} key */
function offerPasskey(key) {
  const clock = portalClock(Number(box.dataset.now));
  byPasskey.hidden = false;
  fillByPasskey(byPasskey, {
    prove: async () => ({
      proof: await signToken(key, { audience: "unlock", now: clock(), lifetime: LIFETIME }),
    }),
    use: (options) => window.webauthnJSON.get(options),
    none: () => usePassword(),
  });
}

/** @param {DeviceKey} key */
function offerPin(key) {
  byPin.hidden = false;
  proveHolder(
    byPin,
    () => {},
    () => Promise.resolve(key),
  );
  byPin.addEventListener("dopa-refused", () => {
    findInput(byPin, "[name=pin]").value = "";
    if (byPin.dataset.over) {
      forget(key, "pin", byPin);
    }
  });
}

async function begin() {
  const key = await chosenKey();
  const ways = key?.ways ?? [];
  const passkey = ways.includes("passkey") && (await knowsHolder());
  const pin = ways.includes("pin");
  if (!key || !(passkey || pin)) {
    return;
  }
  if (passkey) {
    offerPasskey(key);
  }
  if (pin) {
    offerPin(key);
  }
  part(box, "use-password").addEventListener("click", () => {
    usePassword();
    findInput(byPassword, "[name=password]").focus();
  });
  byPassword.hidden = true;
  box.hidden = false;
}

if (canHoldKey()) {
  // Without a store there is no short way, and the password's form stands as it does.
  begin().catch(() => {});
}
