// @ts-check
// Judges a shown code without the portal, by what the checker's device keeps (trust.js).
import { factsOf, isOfDevice, isOfIssuer, readCode } from "./short-code.js";
import { clockAhead, issuerKeys, seenBefore, statusOf } from "./trust.js";

const LIFETIME_SECONDS = 30;
const CLOCK_SKEW_SECONDS = 5;
const TRAVEL_SECONDS = 15;
const CLOCK_IS_WRONG_SECONDS = 60;
const STATUSES = ["valid", "revoked", "suspended"];

/**
 * Which clock is wrong, if one is: this device's, by what it last heard of the portal's.
 * @param {ShortCode} code
 * @param {number} now
 */
async function timing(code, now) {
  const age = now - code.madeAt;
  if (age >= -CLOCK_SKEW_SECONDS && age <= LIFETIME_SECONDS + TRAVEL_SECONDS) {
    return null;
  }
  const ahead = await clockAhead();
  const told = { seconds: Math.abs(age), madeAt: code.madeAt };
  if (Math.abs(ahead) > CLOCK_IS_WRONG_SECONDS) {
    return { verdict: "own_clock", ...told, seconds: Math.abs(ahead) };
  }
  return { verdict: age < 0 ? "wrong_clock" : "too_old", ...told };
}

/** @param {ShortCode} code */
async function proven(code) {
  const { known, at } = await issuerKeys();
  if (!known.length) {
    return { verdict: "no_keys" };
  }
  const issuer = known.find(({ hint }) => hint === code.issuer);
  if (!issuer) {
    return { verdict: "unknown_key", keysAt: at };
  }
  if (!(await isOfIssuer(code, issuer.key))) {
    return { verdict: "not_ours" };
  }
  return (await isOfDevice(code)) ? null : { verdict: "changed" };
}

/**
 * @param {ShortCode} code
 * @param {number} now
 */
async function statusNow(code, now) {
  const [holder, device] = await Promise.all(code.places.map(statusOf));
  if (!holder || !device) {
    return { verdict: "no_list" };
  }
  const oldest = Math.min(holder.at, device.at);
  if (Math.min(holder.end, device.end) < now) {
    return { verdict: "old_list", listAt: oldest };
  }
  if (holder.value === 0 && device.value !== 0) {
    return { verdict: "removed", listAt: oldest };
  }
  return { verdict: STATUSES[holder.value] ?? "revoked", listAt: oldest };
}

/**
 * What this device finds; `now` in seconds by its own clock.
 * @param {string} text
 * @returns {Promise<Judgement>}
 */
export async function judge(text, now = Date.now() / 1000) {
  const code = readCode(text);
  if (!code) {
    return { verdict: "not_ours", shown: null };
  }
  const refusal = (await proven(code)) ?? (await timing(code, now));
  if (refusal) {
    return { shown: null, ...refusal };
  }
  if (await seenBefore(`${code.device}.${code.once}`, now)) {
    return { verdict: "replayed", shown: null };
  }
  if (code.end < now) {
    return { verdict: code.ownEnd ? "expired" : "old_pass", shown: null };
  }
  const [found, { at: keysAt }] = await Promise.all([statusNow(code, now), issuerKeys()]);
  return { ...found, shown: found.verdict === "valid" ? factsOf(code) : null, keysAt };
}

/**
 * A code that the portal judged is known to this device as well.
 * @param {string} text
 */
export async function rememberCode(text) {
  const code = readCode(text);
  if (code) {
    await seenBefore(`${code.device}.${code.once}`, Date.now() / 1000);
  }
}
