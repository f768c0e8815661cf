// @ts-check
// Adding a security key, or proving one: the browser asks for it, the form carries what it says.
import { find, findInput, part } from "./dom.js";

const form = find(document, "[data-dopa-security-key]", HTMLFormElement);
const data = JSON.parse(document.getElementById("security-key-data")?.textContent ?? "{}");
/** @type {Record<string, () => Promise<object>>} */
const does = {
  create: () => window.webauthnJSON.create(data.creation_options),
  get: () => window.webauthnJSON.get(data.request_options),
};

form.hidden = !window.PublicKeyCredential;
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const trouble = part(form, "key-trouble");
  trouble.hidden = true;
  try {
    const credential = await does[form.dataset.dopaSecurityKey ?? ""]();
    findInput(form, "input[name=credential]").value = JSON.stringify(credential);
    form.submit();
  } catch {
    trouble.hidden = false; // refused, timed out, or no key at hand
  }
});
