// @ts-check
// What a checker needs without network: the issuer's keys, the status lists, the portal's clock, and
// which codes were seen. Fetched while there is network; kept in IndexedDB; nothing of a person.
import { fromBase64url, toBase64url } from "./base64url.js";
import { finished, openDatabase } from "./database.js";

const DATABASE = "dopa-check";
const KEPT = "kept";
const SEEN = "seen";
const CURVE = { name: "ECDSA", namedCurve: "P-256" };
const SIGNATURE = { name: "ECDSA", hash: "SHA-256" };
const PLACES_A_LIST = 2 ** 20;
const SEEN_FOR_SECONDS = 10 * 60;
const LIST_TYPE = "statuslist+jwt";

/** @typedef {{ hint: string, kid: string, key: CryptoKey }} IssuerKey */
/** @typedef {{ kty: string, crv: string, x: string, y: string, kid: string }} IssuerJwk */

/** @type {Promise<IDBDatabase> | null} */
let opened = null;

/**
 * @param {string} name
 * @param {IDBTransactionMode} mode
 */
async function store(name, mode) {
  opened ??= openDatabase(DATABASE, (made) => {
    made.createObjectStore(KEPT);
    made.createObjectStore(SEEN);
  });
  return (await opened).transaction(name, mode).objectStore(name);
}

/** @param {string} key */
async function get(key) {
  return finished((await store(KEPT, "readonly")).get(key));
}

/**
 * @param {string} key
 * @param {object} value
 */
async function put(key, value) {
  return finished((await store(KEPT, "readwrite")).put(value, key));
}

/** @param {Bytes} bytes */
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
/** @param {string} text */
const digest = async (text) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));

/**
 * The four bytes that name a key: the beginning of the hash of its thumbprint (RFC 7638).
 * @param {Pick<IssuerJwk, "crv" | "kty" | "x" | "y">} key
 */
export async function hintOf({ crv, kty, x, y }) {
  const canonical = await digest(JSON.stringify({ crv, kty, x, y }));
  return hex((await digest(toBase64url(canonical))).subarray(0, 4));
}

/** @param {IssuerJwk} key */
function imported({ kty, crv, x, y }) {
  return crypto.subtle.importKey("jwk", { kty, crv, x, y }, CURVE, false, ["verify"]);
}

/** @param {string} address */
async function fetchFresh(address) {
  const response = await fetch(address, { credentials: "omit", cache: "no-cache" });
  if (!response.ok) {
    throw new Error(`${response.status}`);
  }
  return response;
}

/**
 * @param {string} address
 * @returns {Promise<IssuerKey[]>}
 */
async function fetchKeys(address) {
  const response = await fetchFresh(address);
  const { keys } = await response.json();
  const known = await Promise.all(
    keys.map(async (/** @type {IssuerJwk} */ jwk) => ({
      hint: await hintOf(jwk),
      kid: jwk.kid,
      key: await imported(jwk),
    })),
  );
  const portalTime = Date.parse(response.headers.get("Date") ?? "");
  const now = Date.now();
  await put("keys", { known, at: now / 1000 });
  await put("clock", { ahead: (now - portalTime) / 1000 });
  return known;
}

/**
 * The list as it is signed, proven before it is kept.
 * @param {string} address
 * @param {number} number
 * @param {IssuerKey[]} keys
 */
async function fetchList(address, number, keys) {
  const token = await (await fetchFresh(address)).text();
  const [header, payload, signature] = token.split(".");
  const { alg, typ, kid } = JSON.parse(new TextDecoder().decode(fromBase64url(header)));
  const signer = keys.find((one) => one.kid === kid);
  const signed = new TextEncoder().encode(`${header}.${payload}`);
  const right =
    signer &&
    alg === "ES256" &&
    typ === LIST_TYPE &&
    (await crypto.subtle.verify(SIGNATURE, signer.key, fromBase64url(signature), signed));
  if (!right) {
    throw new Error("the list is not signed by the issuer");
  }
  const claims = JSON.parse(new TextDecoder().decode(fromBase64url(payload)));
  if (new URL(claims.sub).pathname !== new URL(address, location.href).pathname) {
    throw new Error("the list is another one");
  }
  const marked = markedIn(
    await inflated(fromBase64url(claims.status_list.lst)),
    claims.status_list.bits,
  );
  await put(`list-${number}`, { marked, at: claims.iat, end: claims.exp });
  return claims.iat;
}

/** @param {Bytes} packed */
export async function inflated(packed) {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * The few places that are not in force, each as place * 4 + value, in order: looked up without
 * inflating the list at each check.
 * @param {Bytes} bytes
 * @param {number} bits
 */
export function markedIn(bytes, bits) {
  if (bits !== 2) {
    throw new Error("the list has another number of bits");
  }
  /** @type {number[]} */
  const marked = [];
  bytes.forEach((byte, at) => {
    for (let place = 0; byte && place < 4; place += 1) {
      const value = (byte >> (2 * place)) & 3;
      if (value) {
        marked.push((4 * at + place) * 4 + value);
      }
    }
  });
  return Uint32Array.from(marked);
}

/**
 * Fetch all of it; when the oldest part was made, in seconds.
 * @param {{ keys: string, lists: string }} addresses
 * @returns {Promise<number>}
 */
export async function refreshTrust({ keys, lists }) {
  await forgetSeen(Date.now() / 1000);
  const known = await fetchKeys(keys);
  const { status_lists: addresses } = await (await fetchFresh(lists)).json();
  const made = await Promise.all(
    addresses.map((/** @type {string} */ address, /** @type {number} */ number) =>
      fetchList(new URL(address).pathname, number, known),
    ),
  );
  await put("lists", { at: Math.min(...made) });
  return Math.min(...made);
}

/** @returns {Promise<number>} */
export async function keptSince() {
  return (await get("lists").catch(() => null))?.at ?? 0;
}

/** @returns {Promise<{ known: IssuerKey[], at: number }>} */
export async function issuerKeys() {
  return (await get("keys")) ?? { known: [], at: 0 };
}

/**
 * How many seconds this device's clock was ahead of the portal's when both last spoke.
 * @returns {Promise<number>}
 */
export async function clockAhead() {
  return (await get("clock"))?.ahead ?? 0;
}

/**
 * The status of a place (0 in force, 1 ended, 2 suspended) and when its list was made and ends; null
 * where its list is not kept.
 * @param {number} place
 * @returns {Promise<{ value: number, at: number, end: number } | null>}
 */
export async function statusOf(place) {
  const list = await get(`list-${Math.floor(place / PLACES_A_LIST)}`);
  if (!list?.marked) {
    return null; // none yet, or one that an earlier version of this page has kept
  }
  return { value: valueAt(list.marked, place % PLACES_A_LIST), at: list.at, end: list.end };
}

/**
 * The value of a place in what `markedIn` made; 0 where it is not marked.
 * @param {Uint32Array} marked
 * @param {number} place
 */
export function valueAt(marked, place) {
  const first = place * 4;
  let [low, high] = [0, marked.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (marked[middle] < first) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return marked[low] < first + 4 ? marked[low] - first : 0;
}

/**
 * Whether this checker saw the code before; from now on it has.
 * @param {string} name
 * @param {number} now
 */
export async function seenBefore(name, now) {
  const seen = await store(SEEN, "readwrite");
  const asking = finished(seen.get(name));
  seen.put(now + SEEN_FOR_SECONDS, name);
  return (await asking) !== undefined;
}

/** @param {number} now */
async function forgetSeen(now) {
  const seen = await store(SEEN, "readwrite");
  const [names, until] = await Promise.all([finished(seen.getAllKeys()), finished(seen.getAll())]);
  for (const name of names.filter((_name, index) => until[index] < now)) {
    seen.delete(name);
  }
}
