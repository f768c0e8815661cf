// The key a digital ID is shown with: made on this device, kept in IndexedDB, never to be read out.
// A record is { id, privateKey, publicKey (JWK), madeAt }; its id is the device's, or "pending"
// until the portal has bound it.
import { finished, openDatabase } from "./database.js";

const DATABASE = "dopa";
const STORE = "keys";
const PENDING = "pending";
const CURVE = { name: "ECDSA", namedCurve: "P-256" };
const SIGNATURE = { name: "ECDSA", hash: "SHA-256" };

export function canHoldKey() {
  return Boolean(window.isSecureContext && window.crypto?.subtle && window.indexedDB);
}

async function store(mode) {
  const database = await openDatabase(DATABASE, (made) =>
    made.createObjectStore(STORE, { keyPath: "id" }),
  );
  return database.transaction(STORE, mode).objectStore(STORE);
}

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

// The key of a device, tied to it now if it still waits. `x` names the public key that the portal
// bound: a key left over from another try is not taken for it.
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

export async function latestKey() {
  const all = await finished((await store("readonly")).getAll());
  const bound = all.filter((record) => record.id !== PENDING);
  return bound.sort((one, other) => other.madeAt - one.madeAt)[0] ?? null;
}

export function base64url(bytes) {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

function encoded(value) {
  return base64url(new TextEncoder().encode(JSON.stringify(value)));
}

// A compact JWS by the device's key.
export async function signJws(key, header, claims) {
  const text = `${encoded({ alg: "ES256", ...header })}.${encoded(claims)}`;
  const bytes = new TextEncoder().encode(text);
  return `${text}.${base64url(await crypto.subtle.sign(SIGNATURE, key.privateKey, bytes))}`;
}

// One that proves the device: it lives for `lifetime` seconds from `now` (seconds since 1970).
export function signToken(key, { audience, now, lifetime }) {
  const issued = Math.floor(now);
  const claims = {
    aud: audience,
    iat: issued,
    exp: issued + lifetime,
    jti: base64url(crypto.getRandomValues(new Uint8Array(12))),
  };
  return signJws(key, { typ: "dopa-show+jwt", kid: key.id }, claims);
}

// The portal's time as this device can tell it. Small differences are the way's, not the clock's.
export function portalClock(rendered) {
  const ahead = Date.now() / 1000 - rendered;
  const offset = Math.abs(ahead) < 5 ? 0 : ahead;
  return () => Date.now() / 1000 - offset;
}
