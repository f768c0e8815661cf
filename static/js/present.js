// @ts-check
// Answers a service's request as a wallet does (OpenID4VP 1.0; RFC 9901, section 4.3): of the
// credential, the disclosures that were agreed to, and a key-binding JWT signed on this device.
import { toBase64url } from "./base64url.js";
import { canHoldKey, keyOf, portalClock, signJws } from "./device-key.js";
import { disclosed } from "./disclosures.js";
import { find, findAll, part as partOf } from "./dom.js";

const page = find(document, "[data-dopa-present]", HTMLElement);
const part = (/** @type {string} */ name) => partOf(page, name);
const form = find(page, "[data-dopa-present-form]", HTMLFormElement);
const clock = portalClock(Number(page.dataset.now));

/**
 * @param {DeviceKey} key
 * @param {string} credential
 * @param {Set<string>} agreed
 */
async function presentation(key, credential, agreed) {
  const content = disclosed(credential, agreed);
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(content));
  const said = {
    aud: page.dataset.audience,
    nonce: page.dataset.nonce,
    iat: Math.floor(clock()),
    sd_hash: toBase64url(digest),
  };
  return content + (await signJws(key, { typ: "kb+jwt" }, said));
}

function agreedClaims() {
  const ticked = findAll(form, "[name=agreed]:checked", HTMLInputElement);
  const needed = (page.dataset.needed ?? "").split(" ");
  return new Set([...needed, ...ticked.map(({ value }) => value)]);
}

/**
 * @param {DeviceKey | null} key
 * @param {string} decision
 */
async function answer(key, decision) {
  if (decision === "decline") {
    return new URLSearchParams({ error: "access_denied" });
  }
  if (!key) {
    throw new Error("this device holds no key of the digital ID");
  }
  const answered = await fetch(page.dataset.credential ?? "");
  if (!answered.ok || answered.redirected) {
    location.reload(); // locked by now: the password is asked for
    return new Promise(() => {}); // never kept: the page is on its way out
  }
  const shown = await presentation(key, await answered.text(), agreedClaims());
  return new URLSearchParams({ vp_token: JSON.stringify({ [page.dataset.query ?? ""]: [shown] }) });
}

/** @param {string} decision */
function finish(decision) {
  form.hidden = true;
  const done = part(decision === "decline" ? "declined" : "shown");
  done.hidden = false;
  find(done, "h1", HTMLElement).focus();
}

/**
 * @param {DeviceKey | null} key
 * @param {string} decision
 */
async function send(key, decision) {
  const body = await answer(key, decision);
  const sent = await fetch(page.dataset.answer ?? "", { method: "POST", body });
  if (!sent.ok) {
    part(sent.status === 404 ? "closed" : sent.status === 400 ? "refused" : "not-sent").hidden =
      false;
    return;
  }
  const { redirect_uri: goesTo } = await sent.json();
  if (goesTo) {
    location.assign(goesTo);
  } else {
    finish(decision);
  }
}

/** @param {DeviceKey | null} key */
function listen(key) {
  let busy = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) {
      return;
    }
    busy = true;
    for (const name of ["not-sent", "closed", "refused"]) {
      part(name).hidden = true;
    }
    const button = /** @type {HTMLButtonElement} */ (event.submitter);
    button.setAttribute("aria-busy", "true");
    await send(key, button.value).catch(() => {
      part("not-sent").hidden = false;
    });
    button.removeAttribute("aria-busy");
    busy = false;
  });
}

async function begin() {
  const { device, keyX = "" } = page.dataset;
  const key = device && canHoldKey() ? await keyOf(device, keyX).catch(() => null) : null;
  if (!key) {
    part("unbound").hidden = false;
    find(form, "[value=show]", HTMLButtonElement).disabled = true;
  }
  listen(key);
}

begin();
