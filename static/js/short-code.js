// @ts-check
// The shown code in its short form, as identity/codes.py and identity/credential/passes.py lay it
// out: a pass of the issuer, the time, random bytes, the device's signature; all of it as digits,
// which a QR code packs closest and an address may hold.
const SIGNATURE = { name: "ECDSA", hash: "SHA-256" };
const CURVE = { name: "ECDSA", namedCurve: "P-256" };
const BLOCK_BYTES = 7;
const BLOCK_DIGITS = 17;
const DIGITS_OF_BYTES = [0, 3, 5, 8, 10, 13, 15, BLOCK_DIGITS];
const SHOWN = "dopa-show-2\n";
const PASSED = "dopa-pass-2\n";
const VERSION = 2;
const HEAD = 68;
const SIGNED = 64;
/** @type {ShortCode["purpose"][]} */
const PURPOSES = ["all", "photo", "age"];
const AGES = [18, 20, 60];
const PRIME = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;
const CURVE_B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;

/** @param {string} text */
export function isCode(text) {
  return /^[0-9]{1,2000}$/.test(text);
}

/** @param {Bytes} bytes */
export function toDigits(bytes) {
  let digits = "";
  for (let at = 0; at < bytes.length; at += BLOCK_BYTES) {
    const block = bytes.subarray(at, at + BLOCK_BYTES);
    const value = block.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
    digits += String(value).padStart(DIGITS_OF_BYTES[block.length], "0");
  }
  return digits;
}

/**
 * The bytes, or null where toDigits cannot have written this.
 * @param {string} text
 */
export function fromDigits(text) {
  const rest = DIGITS_OF_BYTES.indexOf(text.length % BLOCK_DIGITS);
  if (!isCode(text) || rest < 0) {
    return null;
  }
  const bytes = new Uint8Array(Math.floor(text.length / BLOCK_DIGITS) * BLOCK_BYTES + rest);
  for (let at = 0, place = 0; at < text.length; at += BLOCK_DIGITS) {
    const block = text.slice(at, at + BLOCK_DIGITS);
    const length = DIGITS_OF_BYTES.indexOf(block.length);
    let value = BigInt(block);
    for (let index = place + length - 1; index >= place; index -= 1) {
      bytes[index] = Number(value & 255n);
      value >>= 8n;
    }
    if (value) {
      return null;
    }
    place += length;
  }
  return bytes;
}

/** @param {(Bytes | number[])[]} parts */
function joined(...parts) {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** @param {string} text */
const ascii = (text) => new TextEncoder().encode(text);

/**
 * A code that this device signs now (seconds since 1970) with the pass of the purpose.
 * @param {Pick<DeviceKey, "privateKey">} key
 * @param {Bytes} pass
 * @param {number} now
 */
export async function signCode(key, pass, now) {
  const made = new Uint8Array(12);
  new DataView(made.buffer).setUint32(0, Math.floor(now));
  crypto.getRandomValues(made.subarray(4));
  const said = joined(pass, made);
  const signature = await crypto.subtle.sign(SIGNATURE, key.privateKey, joined(ascii(SHOWN), said));
  return toDigits(joined(said, new Uint8Array(signature)));
}

/** @param {Bytes} bytes */
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/**
 * What the digits say, unproven; null where they are no code.
 * @param {string} text
 * @returns {ShortCode | null}
 */
export function readCode(text) {
  const bytes = fromDigits(text);
  if (!bytes || bytes.length < HEAD || bytes[0] !== VERSION) {
    return null;
  }
  const view = new DataView(bytes.buffer);
  const endOfFacts = HEAD + bytes[HEAD - 1];
  const endOfPass = endOfFacts + SIGNED;
  const purpose = PURPOSES[bytes[1] & 3];
  if (bytes.length !== endOfPass + 12 + SIGNED || !purpose) {
    return null;
  }
  return {
    purpose,
    ownEnd: Boolean(bytes[1] & 4),
    inUtf8: Boolean(bytes[1] & 8),
    issuer: hex(bytes.subarray(2, 6)),
    end: view.getUint32(6),
    places: [view.getUint32(10), view.getUint32(14)],
    device: hex(bytes.subarray(18, 34)),
    key: bytes.subarray(34, 67),
    facts: bytes.subarray(HEAD, endOfFacts),
    passed: bytes.subarray(0, endOfFacts),
    passSignature: bytes.subarray(endOfFacts, endOfPass),
    madeAt: view.getUint32(endOfPass),
    once: hex(bytes.subarray(endOfPass + 4, endOfPass + 12)),
    shown: bytes.subarray(0, endOfPass + 12),
    signature: bytes.subarray(endOfPass + 12),
  };
}

/**
 * @param {ShortCode} code
 * @param {CryptoKey} issuerKey
 */
export function isOfIssuer(code, issuerKey) {
  const signed = joined(ascii(PASSED), code.passed);
  return crypto.subtle.verify(SIGNATURE, issuerKey, code.passSignature, signed);
}

/** @param {ShortCode} code */
export async function isOfDevice(code) {
  const point = uncompressed(code.key);
  if (!point) {
    return false;
  }
  const key = await crypto.subtle.importKey("raw", point, CURVE, false, ["verify"]);
  return crypto.subtle.verify(SIGNATURE, key, code.signature, joined(ascii(SHOWN), code.shown));
}

/**
 * @param {bigint} base
 * @param {bigint} exponent
 */
function power(base, exponent) {
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = (result * result) % PRIME;
    if (bit === "1") {
      result = (result * base) % PRIME;
    }
  }
  return result;
}

/**
 * SEC 1, 2.3.4: browsers import points with both coordinates only. Null for what is no point.
 * @param {Bytes} key
 */
export function uncompressed(key) {
  const x = BigInt(`0x${hex(key.subarray(1))}`);
  const square = (x ** 3n - 3n * x + CURVE_B) % PRIME;
  const root = power((square + PRIME) % PRIME, (PRIME + 1n) / 4n);
  const isRoot = (root * root - square) % PRIME === 0n;
  if (!isRoot || x >= PRIME || (key[0] !== 2 && key[0] !== 3)) {
    return null;
  }
  const y = root % 2n === BigInt(key[0] % 2) ? root : PRIME - root;
  const digits = y.toString(16).padStart(64, "0");
  return joined(
    [4],
    key.subarray(1),
    Uint8Array.from(digits.match(/../g) ?? [], (two) => parseInt(two, 16)),
  );
}

/**
 * @param {DataView} view
 * @param {number} at
 */
function isoDate(view, at) {
  const [year, month, day] = [view.getUint16(at), view.getUint8(at + 2), view.getUint8(at + 3)];
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  return [year && String(year), month && two(month), day && two(day)].filter(Boolean).join("-");
}

/**
 * The facts the holder agreed to show.
 * @param {ShortCode} code
 * @returns {ShownFacts}
 */
export function factsOf(code) {
  const { facts } = code;
  if (code.purpose === "age") {
    return {
      ages: Object.fromEntries(AGES.map((age, bit) => [age, Boolean((facts[0] >> bit) & 1)])),
    };
  }
  const letters = new TextDecoder(code.inUtf8 ? "utf-8" : "windows-874");
  const englishAt = 1 + facts[0];
  const rest = englishAt + 1 + facts[englishAt];
  const names = {
    name_th: letters.decode(facts.subarray(1, englishAt)),
    name_en: letters.decode(facts.subarray(englishAt + 1, rest)),
  };
  if (code.purpose === "photo") {
    return names;
  }
  const view = new DataView(facts.buffer, facts.byteOffset + rest, facts.length - rest);
  const digits = String(view.getUint32(0)).padStart(8, "0");
  return {
    ...names,
    number: `${digits[0]} ${digits.slice(1, 5)} xxxxx ${digits.slice(5, 7)} ${digits[7]}`,
    birth_date: isoDate(view, 4),
    expires_on: isoDate(view, 8) || null,
    assurance: `IAL${(view.getUint8(12) / 10).toFixed(1)}`,
  };
}
