// @ts-check
// The key a digital ID is shown with: made on this device, kept in IndexedDB, never to be read out.
import { toBase64url } from "./base64url.js";
import { finished, openDatabase } from "./database.js";

const DATABASE = "dopa";
const STORE = "keys";
const PENDING = "pending";
const CURVE = { name: "ECDSA", namedCurve: "P-256" };
const SIGNATURE = { name: "ECDSA", hash: "SHA-256" };

export function canHoldKey() {
  return Boolean(window.isSecureContext && window.crypto?.subtle && window.indexedDB);
}

/** @param {IDBTransactionMode} mode */
async function store(mode) {
  const database = await openDatabase(DATABASE, (made) =>
    made.createObjectStore(STORE, { keyPath: "id" }),
  );
  return database.transaction(STORE, mode).objectStore(STORE);
}

/**
 * The key that waits to be bound, made now where there is none.
 * @returns {Promise<DeviceKey>}
 */
export async function pendingKey() {
  const kept = await finished((await store("readonly")).get(PENDING));
  if (kept) {
    return kept;
  }
  const pair = await crypto.subtle.generateKey(CURVE, false, ["sign", "verify"]);
  const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", pair.publicKey);
  const record = {
    id: PENDING,
    privateKey: pair.privateKey,
    publicKey: { kty, crv, x, y },
    madeAt: Date.now(),
  };
  await finished((await store("readwrite")).put(record));
  return record;
}

/**
 * The key of a device, tied to it now if it still waits. `x` names the public key that the portal
 * bound: a key left over from another try is not taken for it.
 * @param {string} device
 * @param {string} x
 * @returns {Promise<DeviceKey | null>}
 */
export async function keyOf(device, x) {
  const keys = await store("readwrite");
  const known = await finished(keys.get(device));
  if (known) {
    return known;
  }
  const pending = await finished(keys.get(PENDING));
  if (pending?.publicKey.x !== x) {
    return null;
  }
  const tied = { ...pending, id: device };
  // Both asked for at once: a page that is left in between leaves none of them half done.
  await Promise.all([finished(keys.put(tied)), finished(keys.delete(PENDING))]);
  return tied;
}

/**
 * @param {string} device
 * @returns {Promise<DeviceKey | null>}
 */
export async function keptKey(device) {
  return (await finished((await store("readonly")).get(device))) ?? null;
}

/**
 * Which short ways open the digital ID on this device, for the page that asks how to open it.
 * @param {DeviceKey} key
 * @param {string[]} ways
 */
export async function noteWays(key, ways) {
  if (ways.join() !== (key.ways ?? []).join()) {
    await finished((await store("readwrite")).put({ ...key, ways }));
  }
}

/** @returns {Promise<DeviceKey | null>} */
export async function latestKey() {
  /** @type {DeviceKey[]} */
  const all = await finished((await store("readonly")).getAll());
  const bound = all.filter((record) => record.id !== PENDING);
  return bound.sort((one, other) => other.madeAt - one.madeAt)[0] ?? null;
}

/** @param {object} value */
function encoded(value) {
  return toBase64url(new TextEncoder().encode(JSON.stringify(value)));
}

/**
 * A compact JWS by the device's key.
 * @param {Pick<DeviceKey, "privateKey">} key
 * @param {object} header
 * @param {object} claims
 */
export async function signJws(key, header, claims) {
  const text = `${encoded({ alg: "ES256", ...header })}.${encoded(claims)}`;
  const bytes = new TextEncoder().encode(text);
  return `${text}.${toBase64url(await crypto.subtle.sign(SIGNATURE, key.privateKey, bytes))}`;
}

/**
 * One that proves the device: it lives for `lifetime` seconds from `now` (seconds since 1970).
 * @param {DeviceKey} key
 * @param {{ audience: string, now: number, lifetime: number }} about
 */
export function signToken(key, { audience, now, lifetime }) {
  const issued = Math.floor(now);
  const claims = {
    aud: audience,
    iat: issued,
    exp: issued + lifetime,
    jti: toBase64url(crypto.getRandomValues(new Uint8Array(12))),
  };
  return signJws(key, { typ: "dopa-show+jwt", kid: key.id }, claims);
}

/**
 * The portal's time as this device can tell it, in seconds; `rendered` is when the portal wrote the
 * page. Small differences are the way's, not the clock's.
 * @param {number} rendered
 */
export function portalClock(rendered) {
  const ahead = Date.now() / 1000 - rendered;
  const offset = Math.abs(ahead) < 5 ? 0 : ahead;
  return () => Date.now() / 1000 - offset;
}

/**
 * Put the public half of the pending key into a form, where this browser can hold one.
 * @param {HTMLInputElement} input
 */
export async function offerKey(input) {
  try {
    if (canHoldKey()) {
      input.value = JSON.stringify((await pendingKey()).publicKey);
    }
  } catch {
    // A private window may refuse to store: the way then goes on from another device.
  }
}
