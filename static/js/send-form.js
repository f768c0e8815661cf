// @ts-check
// Sends the forms of a page without leaving it: what was typed and chosen stays when the connection is lost or
// something is refused, and no answer to a POST comes to lie behind the back button, where a browser
// has only a page of its own to show (core.sent_forms answers redirections in a header).
import { find, findAll, part } from "./dom.js";

const SENT = { "Dopa-Form": "1" };
const ERRORS = ".error-summary";
const BROKEN = 500;

const main = find(document, "main", HTMLElement);
const notArrived = part(document, "not-arrived");

/** @param {boolean} lost */
function tellLost(lost) {
  notArrived.hidden = !lost;
  if (lost) {
    notArrived.focus();
    notArrived.scrollIntoView({ block: "center" });
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} submitter
 */
function send(form, submitter) {
  const data = new FormData(form, submitter);
  const files = form.enctype === "multipart/form-data";
  // Without files no value is one, which the types do not know.
  const body = files ? data : new URLSearchParams(/** @type {any} */ (data));
  return fetch(addressOf(form), { method: "POST", body, headers: SENT });
}

/** @param {HTMLFormElement} form */
const addressOf = (form) => form.getAttribute("action") ?? location.href;

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} submitter
 */
async function submit(form, submitter) {
  form.dataset.dopaUnderWay = "1";
  submitter?.setAttribute("aria-busy", "true");
  tellLost(false);
  try {
    const answer = await send(form, submitter);
    const leads = answer.headers.get("Dopa-Location") ?? (answer.redirected && answer.url);
    if (leads) {
      location.assign(leads);
      return; // busy until the next page is there
    }
    if (answer.status >= BROKEN) {
      throw new Error(`status ${answer.status}`);
    }
    show(await answer.text(), form);
  } catch {
    tellLost(true);
  }
  release(form);
}

/** @param {HTMLFormElement} form */
function release(form) {
  delete form.dataset.dopaUnderWay;
  delete form.dataset.dopaSent;
  for (const busy of form.querySelectorAll("[aria-busy]")) {
    busy.removeAttribute("aria-busy");
  }
}

/**
 * The answer: the same form with what is wrong is said in this one, any other page is put in its place.
 * @param {string} text
 * @param {HTMLFormElement} form
 */
function show(text, form) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const answered = page.querySelector("main");
  const forms = findAll(document, "main form", HTMLFormElement);
  const again = answered?.querySelectorAll("form")[forms.indexOf(form)];
  if (again instanceof HTMLFormElement && again.id === form.id && page.querySelector(ERRORS)) {
    tellErrors(page);
    takeAnew(form, again);
  } else {
    document.title = page.title;
    answered?.querySelector("[data-dopa-not-arrived]")?.remove();
    main.replaceChildren(notArrived, ...(answered?.childNodes ?? []));
    main.focus();
    window.scrollTo(0, 0);
  }
}

/** @param {Document} page */
function tellErrors(page) {
  for (const old of main.querySelectorAll(`${ERRORS}, [id$="_error"]`)) {
    old.remove();
  }
  for (const field of main.querySelectorAll(".field--error")) {
    field.classList.remove("field--error");
  }
  for (const input of main.querySelectorAll("[aria-invalid]")) {
    input.removeAttribute("aria-invalid");
  }
  for (const told of findAll(page, 'main [id$="_error"]', HTMLElement)) {
    tellError(told, page);
  }
  const summary = find(page, ERRORS, HTMLElement);
  (main.querySelector("h1") ?? main.firstElementChild)?.before(summary);
  summary.focus();
}

/**
 * One field's error, before the field or its row.
 * @param {Element} told
 * @param {Document} page
 */
function tellError(told, page) {
  const id = told.id.replace(/_error$/, "");
  const input = document.getElementById(id);
  const place = input?.closest(".password-box, .choice, .field-row--date") ?? input;
  if (!input || !place) {
    return;
  }
  place.before(told);
  (place.closest(".field") ?? place.parentElement)?.classList.add("field--error");
  input.setAttribute("aria-invalid", "true");
  const described = page.getElementById(id)?.getAttribute("aria-describedby");
  input.setAttribute("aria-describedby", described ?? told.id);
}

/**
 * What serves once comes anew with each answer; scripts that sign hear of it.
 * @param {HTMLFormElement} form
 * @param {HTMLFormElement} again
 */
function takeAnew(form, again) {
  const token = again.querySelector("[name=csrfmiddlewaretoken]");
  const own = form.querySelector("[name=csrfmiddlewaretoken]");
  if (token instanceof HTMLInputElement && own instanceof HTMLInputElement) {
    own.value = token.value;
  }
  for (const name of ["nonce", "now", "over"]) {
    if (again.dataset[name]) {
      form.dataset[name] = again.dataset[name];
    }
  }
  form.dispatchEvent(new Event("dopa-refused"));
}

/**
 * Whether the form is sent to the portal itself, and its answer comes into this window.
 * @param {EventTarget | null} form
 * @param {HTMLElement | null} submitter
 * @returns {form is HTMLFormElement}
 */
function isOurs(form, submitter) {
  if (!(form instanceof HTMLFormElement) || form.getAttribute("method") !== "post") {
    return false;
  }
  const elsewhere = form.getAttribute("target") ?? submitter?.getAttribute("formtarget");
  return !elsewhere && new URL(addressOf(form), location.href).origin === location.origin;
}

// The last to listen: scripts that sign a form, or fill it, have stopped the event before.
window.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !isOurs(form, event.submitter)) {
    return;
  }
  event.preventDefault();
  if (!form.dataset.dopaUnderWay) {
    submit(form, event.submitter);
  }
});

window.addEventListener("pageshow", () => {
  findAll(document, "[data-dopa-under-way]", HTMLFormElement).forEach(release);
});
