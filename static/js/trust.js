// What a checker needs without network: the issuer's keys, the status lists, the portal's clock, and
// which codes were seen. Fetched while there is network; kept in IndexedDB; nothing of a person.
import { finished, openDatabase } from "./database.js";

const DATABASE = "dopa-check";
const KEPT = "kept";
const SEEN = "seen";
const CURVE = { name: "ECDSA", namedCurve: "P-256" };
const SIGNATURE = { name: "ECDSA", hash: "SHA-256" };
const PLACES_A_LIST = 2 ** 20;
const SEEN_FOR_SECONDS = 10 * 60;
const LIST_TYPE = "statuslist+jwt";

let opened = null;

async function store(name, mode) {
  opened ??= openDatabase(DATABASE, (made) => {
    made.createObjectStore(KEPT);
    made.createObjectStore(SEEN);
  });
  return (await opened).transaction(name, mode).objectStore(name);
}

async function get(key) {
  return finished((await store(KEPT, "readonly")).get(key));
}

async function put(key, value) {
  return finished((await store(KEPT, "readwrite")).put(value, key));
}

function bytesOf(text) {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const digest = async (text) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));

// The four bytes that name a key: the beginning of the hash of its thumbprint (RFC 7638).
async function hintOf({ crv, kty, x, y }) {
  const canonical = await digest(JSON.stringify({ crv, kty, x, y }));
  const thumbprint = btoa(String.fromCharCode(...canonical))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
  return hex((await digest(thumbprint)).subarray(0, 4));
}

function imported({ kty, crv, x, y }) {
  return crypto.subtle.importKey("jwk", { kty, crv, x, y }, CURVE, false, ["verify"]);
}

async function fetchFresh(address) {
  const response = await fetch(address, { credentials: "omit", cache: "no-cache" });
  if (!response.ok) {
    throw new Error(`${response.status}`);
  }
  return response;
}

async function fetchKeys(address) {
  const response = await fetchFresh(address);
  const { keys } = await response.json();
  const known = await Promise.all(
    keys.map(async (jwk) => ({ hint: await hintOf(jwk), kid: jwk.kid, key: await imported(jwk) })),
  );
  const portalTime = Date.parse(response.headers.get("Date"));
  const now = Date.now();
  await put("keys", { known, at: now / 1000 });
  await put("clock", { ahead: (now - portalTime) / 1000 });
  return known;
}

// The list as it is signed, proven before it is kept.
async function fetchList(address, number, keys) {
  const token = await (await fetchFresh(address)).text();
  const [header, payload, signature] = token.split(".");
  const { alg, typ, kid } = JSON.parse(new TextDecoder().decode(bytesOf(header)));
  const signer = keys.find((one) => one.kid === kid);
  const signed = new TextEncoder().encode(`${header}.${payload}`);
  const right =
    signer &&
    alg === "ES256" &&
    typ === LIST_TYPE &&
    (await crypto.subtle.verify(SIGNATURE, signer.key, bytesOf(signature), signed));
  if (!right) {
    throw new Error("the list is not signed by the issuer");
  }
  const claims = JSON.parse(new TextDecoder().decode(bytesOf(payload)));
  if (new URL(claims.sub).pathname !== new URL(address, location.href).pathname) {
    throw new Error("the list is another one");
  }
  const marked = markedIn(await inflated(bytesOf(claims.status_list.lst)), claims.status_list.bits);
  await put(`list-${number}`, { marked, at: claims.iat, end: claims.exp });
  return claims.iat;
}

async function inflated(packed) {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

// The few places that are not in force, each as place * 4 + value, in order: looked up without
// inflating the list at each check.
function markedIn(bytes, bits) {
  if (bits !== 2) {
    throw new Error("the list has another number of bits");
  }
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

// Fetches all of it; `at` is when the oldest part was made, in seconds.
export async function refreshTrust({ keys, lists }) {
  await forgetSeen(Date.now() / 1000);
  const known = await fetchKeys(keys);
  const { status_lists: addresses } = await (await fetchFresh(lists)).json();
  const made = await Promise.all(
    addresses.map((address, number) => fetchList(new URL(address).pathname, number, known)),
  );
  await put("lists", { at: Math.min(...made) });
  return Math.min(...made);
}

export async function keptSince() {
  return (await get("lists").catch(() => null))?.at ?? 0;
}

export async function issuerKeys() {
  return (await get("keys")) ?? { known: [], at: 0 };
}

// How many seconds this device's clock was ahead of the portal's when both last spoke.
export async function clockAhead() {
  return (await get("clock"))?.ahead ?? 0;
}

// { value: 0 in force, 1 ended, 2 suspended; at, end } of a place; null where its list is not kept.
export async function statusOf(place) {
  const list = await get(`list-${Math.floor(place / PLACES_A_LIST)}`);
  if (!list?.marked) {
    return null; // none yet, or one that an earlier version of this page has kept
  }
  const first = (place % PLACES_A_LIST) * 4;
  let [low, high] = [0, list.marked.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list.marked[middle] < first) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  const found = list.marked[low];
  return { value: found < first + 4 ? found - first : 0, at: list.at, end: list.end };
}

// Whether this checker saw the code before; from now on it has.
export async function seenBefore(name, now) {
  const seen = await store(SEEN, "readwrite");
  const asking = finished(seen.get(name));
  seen.put(now + SEEN_FOR_SECONDS, name);
  return (await asking) !== undefined;
}

async function forgetSeen(now) {
  const seen = await store(SEEN, "readwrite");
  const [names, until] = await Promise.all([finished(seen.getAllKeys()), finished(seen.getAll())]);
  names.filter((_name, index) => until[index] < now).forEach((name) => seen.delete(name));
}
