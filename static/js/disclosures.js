// @ts-check
// What of a credential is shown: the disclosures that the holder agreed to (RFC 9901, section 4).
import { fromBase64url } from "./base64url.js";

const AGE = /^[0-9]+$/;

/**
 * The claim that a disclosure tells of; an age, which stands in an object of its own, by its year.
 * @param {string} disclosure
 */
export function nameIn(disclosure) {
  const [, name] = JSON.parse(new TextDecoder().decode(fromBase64url(disclosure)));
  return AGE.test(name) ? `age_over_${name}` : name;
}

/**
 * The credential with no other disclosures than those agreed to, ready for its key binding.
 * @param {string} credential
 * @param {Set<string>} agreed
 */
export function disclosed(credential, agreed) {
  const [signed, ...rest] = credential.split("~");
  const kept = rest.filter((one) => one && agreed.has(nameIn(one)));
  return [signed, ...kept, ""].join("~");
}
