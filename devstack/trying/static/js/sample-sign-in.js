// @ts-check
// Fills in password and code of the sample account that was chosen. Pressing is left to the person.

const ASK_EVERY = 2000; // milliseconds

/**
 * @param {string} name
 * @param {string} value
 */
function fill(name, value) {
  const field = document.querySelector(`main input[name=${name}]`);
  if (field instanceof HTMLInputElement) {
    field.value = value;
  }
}

/**
 * @param {string} address
 * @param {HTMLElement} told
 */
async function keepFilled(address, told) {
  const answer = await fetch(address);
  if (!answer.ok) {
    return;
  }
  const { email, password, code, seconds } = await answer.json();
  fill("login", email);
  fill("password", password);
  fill("code", code);
  const waits = !code && document.querySelector("main input[name=code]");
  const { filled = "", wait = "" } = told.dataset;
  const words = waits ? wait.replace("{seconds}", seconds) : filled;
  if (told.textContent !== words) {
    told.textContent = words;
  }
  told.hidden = false;
  setTimeout(() => keepFilled(address, told), ASK_EVERY);
}

const banner = document.querySelector("[data-dopa-sample-account]");
const told = banner?.querySelector("[data-dopa-sample-told]");
const door = document.querySelector("main input[name=login], main input[name=code]");
if (banner instanceof HTMLElement && told instanceof HTMLElement && door) {
  keepFilled(banner.dataset.dopaSampleAccount ?? "", told);
}
