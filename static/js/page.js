// @ts-check
// What every page does a little better with a script: focus on errors, no double sending, copying,
// dialogs, keeping what was typed when the language is switched.
const once = "[data-dopa-once]";

const summary = document.querySelector("[data-dopa-error-summary]");
if (summary instanceof HTMLElement) {
  summary.focus();
}

// On a phone the menu is one line, pushed to where one is.
const menu = document.querySelector(".staff-menu");
const here = menu?.querySelector("[aria-current]");
if (menu && here instanceof HTMLElement) {
  menu.scrollLeft = here.offsetLeft - (menu.clientWidth - here.offsetWidth) / 2;
}

document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) {
    return;
  }
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (form.matches("[data-dopa-keep-typed]")) {
    keepTyped();
  }
  if (form.matches(once)) {
    if (form.dataset.dopaSent) {
      event.preventDefault();
      return;
    }
    form.dataset.dopaSent = "1";
    event.submitter?.setAttribute("aria-busy", "true");
  }
});

// The back button shows the page as it was left: its forms may be sent again.
window.addEventListener("pageshow", () => {
  for (const one of document.querySelectorAll(once)) {
    const form = /** @type {HTMLFormElement} */ (one);
    delete form.dataset.dopaSent;
    form.querySelector("[aria-busy]")?.removeAttribute("aria-busy");
  }
});

document.addEventListener("click", async (event) => {
  const target = /** @type {Element} */ (event.target);
  const opener = target.closest("[data-dopa-open]");
  const dialog = opener && document.getElementById(opener.getAttribute("data-dopa-open") ?? "");
  if (dialog instanceof HTMLDialogElement) {
    dialog.showModal();
  }
  target.closest("[data-dopa-close]")?.closest("dialog")?.close();
  const copier = target.closest("[data-dopa-copy]");
  if (copier instanceof HTMLElement) {
    await copy(copier);
  }
});

for (const button of document.querySelectorAll("[data-dopa-copy]")) {
  button.toggleAttribute("hidden", !navigator.clipboard);
}

/** @param {HTMLElement} button */
async function copy(button) {
  await navigator.clipboard.writeText(button.dataset.dopaCopy ?? "");
  const label = /** @type {HTMLElement} */ (button.querySelector("span"));
  const before = label.textContent;
  label.textContent = button.dataset.dopaCopied ?? "";
  label.setAttribute("role", "status");
  setTimeout(() => {
    label.textContent = before;
  }, 2000);
}

// Typed text rides over a change of language in this tab's memory; secrets and files never do.
const key = `typed:${location.pathname}`;
const fields = "main form input:not([type=password],[type=hidden],[type=file]), main form select";

/** @returns {HTMLInputElement[]} selects have what is used of them here */
const typedFields = () =>
  [...document.querySelectorAll(fields)].map((field) => /** @type {HTMLInputElement} */ (field));

function keepTyped() {
  /** @type {Record<string, string | boolean>} */
  const typed = {};
  for (const field of typedFields()) {
    typed[field.name] = field.type === "checkbox" ? field.checked : field.value;
  }
  sessionStorage.setItem(key, JSON.stringify(typed));
}

function bringTypedBack() {
  const typed = JSON.parse(sessionStorage.getItem(key) ?? "{}");
  sessionStorage.removeItem(key);
  for (const field of typedFields()) {
    if (field.type === "checkbox" && field.name in typed) {
      field.checked = typed[field.name];
    } else if (field.name in typed) {
      field.value = typed[field.name];
    }
  }
}

bringTypedBack();
