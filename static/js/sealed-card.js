// @ts-check
// The digital ID as this device keeps it, to be opened without network: sealed with a key that is made
// from the password (PBKDF2 by SHA-256, AES-256-GCM). Five wrong passwords delete it; with network
// it comes back.
import { finished, openDatabase } from "./database.js";

const DATABASE = "dopa-card";
const STORE = "kept";
const CARD = "card";
const PASSWORD = "password";
const ROUNDS = 600_000; // OWASP's count for this derivation
const MOST_TRIES = 5;
const PASSWORD_WAITS = 10 * 60 * 1000;
const CARD_KEPT = 30 * 24 * 3600 * 1000; // as long as its passes are good

/** @param {IDBTransactionMode} mode */
async function store(mode) {
  const database = await openDatabase(DATABASE, (made) => made.createObjectStore(STORE));
  return database.transaction(STORE, mode).objectStore(STORE);
}

/** @param {string} key */
const get = async (key) => finished((await store("readonly")).get(key));
/**
 * @param {string} key
 * @param {object} value
 */
const put = async (key, value) => finished((await store("readwrite")).put(value, key));
/** @param {string} key */
const remove = async (key) => finished((await store("readwrite")).delete(key));

export const forgetCard = () => remove(CARD);

/**
 * The password as a key that nobody can read out; it waits for the card's page, which takes it.
 * @param {string} password
 */
export async function rememberPassword(password) {
  await put(PASSWORD, { key: await imported(password), at: Date.now() });
}

/** @param {string} password */
function imported(password) {
  const bytes = new TextEncoder().encode(password);
  return crypto.subtle.importKey("raw", bytes, "PBKDF2", false, ["deriveKey"]);
}

/**
 * @param {CryptoKey} password
 * @param {Bytes} salt
 */
function sealingKey(password, salt) {
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS };
  const what = { name: "AES-GCM", length: 256 };
  return crypto.subtle.deriveKey(how, password, what, false, ["encrypt", "decrypt"]);
}

/**
 * Whether it could be kept: not without a password that was entered just now.
 * @param {KeptCard} card
 */
export async function keepCard(card) {
  const waiting = await get(PASSWORD);
  await remove(PASSWORD);
  if (!waiting || Date.now() - waiting.at > PASSWORD_WAITS) {
    return false;
  }
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const key = await sealingKey(waiting.key, salt);
  const plain = new TextEncoder().encode(JSON.stringify(card));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain);
  await put(CARD, { salt, iv, sealed, tries: 0, at: Date.now() });
  return true;
}

/** When it was last sealed, in milliseconds since 1970; null where none is kept. */
export async function keptSince() {
  return /** @type {number | null} */ ((await get(CARD))?.at ?? null);
}

export async function isKept() {
  const kept = await get(CARD);
  if (kept && Date.now() - kept.at > CARD_KEPT) {
    await forgetCard();
  }
  return Boolean(kept) && Date.now() - kept.at <= CARD_KEPT;
}

/**
 * The card; null for a wrong password. The try is counted before it is made.
 * @param {string} password
 * @returns {Promise<KeptCard | null>}
 */
export async function openCard(password) {
  const kept = await get(CARD);
  if (!kept) {
    return null;
  }
  await (kept.tries + 1 < MOST_TRIES
    ? put(CARD, { ...kept, tries: kept.tries + 1 })
    : forgetCard());
  const key = await sealingKey(await imported(password), kept.salt);
  const how = { name: "AES-GCM", iv: kept.iv };
  const plain = await crypto.subtle.decrypt(how, key, kept.sealed).catch(() => null);
  if (plain) {
    await put(CARD, { ...kept, tries: 0 });
  }
  return plain && JSON.parse(new TextDecoder().decode(plain));
}
