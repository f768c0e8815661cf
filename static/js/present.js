// Answers a service's request as a wallet does (OpenID4VP 1.0; RFC 9901, section 4.3): of the
// credential, the disclosures that were agreed to, and a key-binding JWT signed on this device.
import { base64url, canHoldKey, keyOf, portalClock, signJws } from "./device-key.js";

const AGE = /^[0-9]+$/;
const page = document.querySelector("[data-dopa-present]");
const part = (name) => page.querySelector(`[data-dopa-${name}]`);
const form = part("present-form");
const clock = portalClock(Number(page.dataset.now));

function nameIn(disclosure) {
  const binary = atob(disclosure.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
  const [, name] = JSON.parse(new TextDecoder().decode(bytes));
  return AGE.test(name) ? `age_over_${name}` : name;
}

async function presentation(key, credential, agreed) {
  const [signed, ...rest] = credential.split("~");
  const kept = rest.filter((one) => one && agreed.has(nameIn(one)));
  const content = [signed, ...kept, ""].join("~");
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(content));
  const said = {
    aud: page.dataset.audience,
    nonce: page.dataset.nonce,
    iat: Math.floor(clock()),
    sd_hash: base64url(digest),
  };
  return content + (await signJws(key, { typ: "kb+jwt" }, said));
}

function agreedClaims() {
  const ticked = [...form.querySelectorAll("[name=agreed]:checked")].map(({ value }) => value);
  return new Set([...page.dataset.needed.split(" "), ...ticked]);
}

async function answer(key, decision) {
  if (decision === "decline") {
    return new URLSearchParams({ error: "access_denied" });
  }
  const answered = await fetch(page.dataset.credential);
  if (!answered.ok || answered.redirected) {
    location.reload(); // locked by now: the password is asked for
    return new Promise(() => {});
  }
  const shown = await presentation(key, await answered.text(), agreedClaims());
  return new URLSearchParams({ vp_token: JSON.stringify({ [page.dataset.query]: [shown] }) });
}

function finish(decision) {
  form.hidden = true;
  const done = part(decision === "decline" ? "declined" : "shown");
  done.hidden = false;
  done.querySelector("h1").focus();
}

async function send(key, decision) {
  const body = await answer(key, decision);
  const sent = await fetch(page.dataset.answer, { method: "POST", body });
  if (!sent.ok) {
    part(sent.status === 404 ? "closed" : sent.status === 400 ? "refused" : "not-sent").hidden = false;
    return;
  }
  const { redirect_uri: goesTo } = await sent.json();
  if (goesTo) {
    location.assign(goesTo);
  } else {
    finish(decision);
  }
}

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
    event.submitter.setAttribute("aria-busy", "true");
    await send(key, event.submitter.value).catch(() => (part("not-sent").hidden = false));
    event.submitter.removeAttribute("aria-busy");
    busy = false;
  });
}

async function begin() {
  const { device, keyX } = page.dataset;
  const key = device && canHoldKey() ? await keyOf(device, keyX).catch(() => null) : null;
  if (!key) {
    part("unbound").hidden = false;
    form.querySelector("[value=show]").disabled = true;
  }
  listen(key);
}

begin();
