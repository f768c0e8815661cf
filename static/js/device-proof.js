// @ts-check
// Signs a form with the key that was made before the selfie: what follows is accepted from this
// device alone. Where the key is another one, the page says how this device can take its place.
import { canHoldKey, pendingKey, signJws } from "./device-key.js";
import { find, findInput, part, sendOn } from "./dom.js";

const form = find(document, "[data-dopa-proven]", HTMLFormElement);
const field = findInput(form, "[name=proof]");

function sayOther() {
  part(document, "other-device").hidden = false;
  form.hidden = true;
}

async function offer() {
  const key = await pendingKey();
  if (key.publicKey.x !== form.dataset.keyX) {
    sayOther();
    return;
  }
  const said = {
    aud: form.dataset.dopaProven,
    sub: form.dataset.enrollment,
    nonce: form.dataset.nonce,
  };
  field.value = await signJws(key, { typ: "dopa-proof+jwt" }, said);
}

if (canHoldKey()) {
  let ready = offer().catch(sayOther);
  form.addEventListener("dopa-refused", () => {
    field.value = ""; // a signature serves once
    ready = offer().catch(sayOther);
  });
  form.addEventListener(
    "submit",
    (event) => {
      if (!field.value) {
        event.preventDefault();
        event.stopImmediatePropagation(); // sent once, and not before it is signed
        ready.then(() => (field.value ? sendOn(form, event.submitter) : undefined));
      }
    },
    { capture: true },
  );
} else {
  sayOther();
}
