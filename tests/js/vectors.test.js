// The scripts read what the portal's Python writes: tests/vectors/browser.json, which
// tests/identity/test_vectors.py computes.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fromBase64url, toBase64url } from "../../static/js/base64url.js";
import { disclosed, nameIn } from "../../static/js/disclosures.js";
import {
  factsOf,
  fromDigits,
  isOfDevice,
  isOfIssuer,
  readCode,
  signCode,
  toDigits,
  uncompressed,
} from "../../static/js/short-code.js";
import { hintOf, inflated, markedIn, valueAt } from "../../static/js/trust.js";

const vectors = JSON.parse(readFileSync(new URL("../vectors/browser.json", import.meta.url)));
const CURVE = { name: "ECDSA", namedCurve: "P-256" };
const bytes = (hex) => Uint8Array.from(Buffer.from(hex, "hex"));
const hex = (data) => Buffer.from(data).toString("hex");
const issuerKey = crypto.subtle.importKey("jwk", vectors.issuer.jwk, CURVE, false, ["verify"]);

test("Base64url of every length, both ways", () => {
  for (const [data, text] of vectors.base64url) {
    assert.equal(toBase64url(bytes(data)), text);
    assert.equal(hex(fromBase64url(text)), data);
  }
});

test("bytes as digits, both ways", () => {
  for (const [data, digits] of vectors.digits) {
    assert.equal(toDigits(bytes(data)), digits);
    assert.equal(hex(fromDigits(digits)), data);
  }
});

test("digits that no bytes write are refused", () => {
  assert.ok(vectors.not_digits.length >= 5);
  for (const text of vectors.not_digits) {
    assert.equal(fromDigits(text), null, text);
  }
});

test("compressed points of P-256 become whole, and what is no point does not", () => {
  for (const { compressed, whole } of vectors.points) {
    assert.equal(hex(uncompressed(bytes(compressed))), whole);
  }
  assert.ok(vectors.not_points.length);
  for (const compressed of [
    ...vectors.not_points,
    `04${"11".repeat(32)}`,
    `02${"ff".repeat(32)}`,
  ]) {
    assert.equal(uncompressed(bytes(compressed)), null, compressed);
  }
});

test("the issuer's key has the name that passes call it by", async () => {
  assert.equal(await hintOf(vectors.issuer.jwk), vectors.issuer.hint);
});

test("each place of a status list has its value", async () => {
  const { encoded, bits, size, values } = vectors.status_list;
  const marked = markedIn(await inflated(fromBase64url(encoded)), bits);
  for (let place = 0; place < size; place += 1) {
    assert.equal(valueAt(marked, place), values[place] ?? 0, `place ${place}`);
  }
  assert.throws(() => markedIn(new Uint8Array(1), 1));
});

for (const vector of vectors.codes) {
  test(`a code is read and proven: ${vector.case}`, async () => {
    const code = readCode(vector.code);
    assert.equal(code.purpose, vector.purpose);
    assert.equal(code.device, vector.device);
    assert.equal(code.issuer, vectors.issuer.hint);
    assert.deepEqual(code.places, vector.places);
    assert.equal(code.madeAt, vector.made_at);
    assert.equal(code.once, vector.once);
    assert.deepEqual(factsOf(code), vector.facts);
    assert.ok(await isOfIssuer(code, await issuerKey));
    assert.ok(await isOfDevice(code));
  });

  test(`a code with another byte is not proven: ${vector.case}`, async () => {
    const whole = fromDigits(vector.code);
    for (let at = 0; at < whole.length; at += 1) {
      const code = readCode(toDigits(whole.with(at, whole[at] ^ 1)));
      const proven = code && (await isOfIssuer(code, await issuerKey)) && (await isOfDevice(code));
      assert.ok(!proven, `byte ${at}`);
    }
  });
}

test("a code that this device signs is of this device", async () => {
  const pair = await crypto.subtle.generateKey(CURVE, true, ["sign", "verify"]);
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const pass = fromDigits(vectors.codes[0].code).slice(0, -76);
  pass.set([2 + (point[64] % 2), ...point.subarray(1, 33)], 34);
  const code = readCode(await signCode(pair, pass, 1_767_323_045.9));
  assert.equal(code.madeAt, 1_767_323_045);
  assert.ok(await isOfDevice(code));
  assert.ok(!(await isOfIssuer(code, await issuerKey))); // the issuer passed another key
});

test("a presentation holds the disclosures that were agreed to, and no other", () => {
  const { credential, names, agreed, presented } = vectors.credential;
  assert.deepEqual(credential.split("~").slice(1, -1).map(nameIn), names);
  assert.equal(disclosed(credential, new Set(agreed)), presented);
  assert.equal(disclosed(credential, new Set()).split("~").length, 2);
});
