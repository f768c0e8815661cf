// @ts-check
// Has the device ask for its holder's fingerprint or face, and a form carry what it answers.
import { find, findInput, part, sendOn } from "./dom.js";

/** Whether this device knows its holder, and this browser can ask it. */
export async function knowsHolder() {
  const asking = window.PublicKeyCredential?.isUserVerifyingPlatformAuthenticatorAvailable;
  return (
    Boolean(asking) && window.PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable()
  );
}

/**
 * What the portal asks the device; null where there is nothing to ask it.
 * @param {HTMLFormElement} form
 * @param {Record<string, string>} said
 */
async function asked(form, said) {
  const token = findInput(form, "[name=csrfmiddlewaretoken]").value;
  const body = new URLSearchParams({ csrfmiddlewaretoken: token, ...said });
  const answer = await fetch(form.dataset.ask ?? "", { method: "POST", body });
  return answer.ok ? answer.json() : null;
}

/**
 * `prove` makes what is sent with the question, `use` shows it to the device, `none` is told that
 * the portal has nothing to ask.
 * @param {HTMLFormElement} form
 * @param {{ prove?: () => Promise<Record<string, string>>, use: (options: object) => Promise<object>, none?: () => void }} how
 */
export function fillByPasskey(form, { prove = async () => ({}), use, none = () => {} }) {
  const field = findInput(form, "[name=passkey]");
  const trouble = part(form, "passkey-trouble");
  const button = find(form, "button", HTMLButtonElement);
  form.addEventListener("dopa-refused", () => {
    field.value = ""; // an answer serves once
  });
  form.addEventListener(
    "submit",
    async (event) => {
      if (field.value) {
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation(); // the form is sent once, and not yet
      trouble.hidden = true;
      button.setAttribute("aria-busy", "true");
      try {
        const options = await asked(form, await prove());
        if (!options) {
          none();
          throw new Error("there is nothing to ask");
        }
        field.value = JSON.stringify(await use(options));
        await sendOn(form, button);
      } catch {
        button.removeAttribute("aria-busy");
        trouble.hidden = false; // refused, timed out, or gone
      }
    },
    { capture: true },
  );
}
