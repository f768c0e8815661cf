// @ts-check
// An officer's case: decisions asked for by button or key, confirmed in a dialog; pictures compared.
import { startFilm } from "./case-film.js";
import { keysAreOn, onKeys, switchKeys } from "./case-keys.js";
import { Viewer } from "./case-viewer.js";
import { find, findAll, findInput, part } from "./dom.js";

/** @typedef {Record<string, () => unknown>} Actions what keys do */

const KEYS = { a: "approve", r: "reject", t: "ask_retake", s: "pass_to_second" };
const GO_ON = "dopa-go-on";

/** @param {string | undefined} move */
function openDecision(move) {
  const dialog = find(document, `#decide-${move}`, HTMLDialogElement);
  dialog.showModal();
  const first = "[data-dopa-error-summary], input:checked, input[type=checkbox], textarea, button";
  find(dialog, first, HTMLElement).focus();
}

/** @param {HTMLElement} dialog */
const reasonsIn = (dialog) => findAll(dialog, "[data-dopa-draft]", HTMLInputElement);

/**
 * The chosen reasons' sentences, as long as nobody has written words of their own.
 * @param {HTMLElement} dialog
 */
function startDraft(dialog) {
  const message = dialog.querySelector("textarea");
  const reasons = reasonsIn(dialog);
  let drafted = "";
  for (const reason of reasons) {
    reason.addEventListener("change", () => {
      const chosen = reasons.filter((one) => one.checked).map((one) => one.dataset.dopaDraft);
      if (message && message.value === drafted) {
        drafted = chosen.join("\n");
        message.value = drafted;
      }
    });
  }
}

/** @param {HTMLDialogElement} dialog */
function startDialog(dialog) {
  part(dialog, "close").addEventListener("click", () => dialog.close());
  startDraft(dialog);
  const form = find(dialog, "form", HTMLFormElement);
  const reasons = reasonsIn(dialog);
  const required = () =>
    reasons[0]?.toggleAttribute("required", !reasons.some((one) => one.checked));
  dialog.addEventListener("change", required);
  required();
  // A double click must not send a decision twice.
  form.addEventListener("submit", (event) => {
    event.submitter?.setAttribute("aria-busy", "true");
    setTimeout(() => event.submitter?.setAttribute("disabled", ""));
  });
}

function startGoingOn() {
  const choice = findInput(document, "[data-dopa-go-on]");
  const apply = () => {
    for (const then of findAll(document, "[data-dopa-then]", HTMLInputElement)) {
      then.value = choice.checked ? "next" : "queue";
    }
  };
  choice.checked = localStorage.getItem(GO_ON) !== "off";
  choice.addEventListener("change", () => {
    localStorage.setItem(GO_ON, choice.checked ? "on" : "off");
    apply();
  });
  apply();
}

/** @returns {Actions} */
function startDecisions() {
  const buttons = findAll(document, "[data-dopa-decide]", HTMLButtonElement);
  if (!buttons.length) {
    return {};
  }
  for (const button of buttons) {
    button.addEventListener("click", () => openDecision(button.dataset.dopaDecide));
  }
  for (const dialog of findAll(document, ".dialog--decision", HTMLDialogElement)) {
    startDialog(dialog);
  }
  startGoingOn();
  const failed = document.querySelector("[data-dopa-open-now]");
  if (failed) {
    openDecision(failed.id.replace("decide-", ""));
  }
  return Object.fromEntries(
    Object.entries(KEYS).map(([key, move]) => [key, () => openDecision(move)]),
  );
}

/** The viewer of this page's pictures, or nothing where it has none. */
function startViewer() {
  const dialog = document.querySelector("[data-dopa-viewer]");
  const figures = findAll(document, "[data-dopa-zoom]", HTMLElement).filter((figure) =>
    figure.querySelector("img"),
  );
  if (!(dialog instanceof HTMLDialogElement) || !figures.length) {
    return null;
  }
  const viewer = new Viewer(dialog, part(document, "pictures").dataset);
  for (const figure of figures) {
    viewer.add(figure);
  }
  return viewer;
}

/**
 * @param {ReturnType<typeof startViewer>} viewer
 * @returns {Actions}
 */
function startFaces(viewer) {
  const compare = document.querySelector("[data-dopa-compare]");
  if (!compare || !viewer) {
    return {};
  }
  const does = { c: () => viewer.openFaces(), o: () => viewer.openOverlay() };
  compare.addEventListener("click", does.c);
  part(document, "overlay").addEventListener("click", does.o);
  return does;
}

const openHelp = () => find(document, "#keys-help", HTMLDialogElement).showModal();
const choice = document.querySelector("[data-dopa-keys]");
if (choice instanceof HTMLInputElement) {
  choice.checked = keysAreOn();
  choice.addEventListener("change", () => switchKeys(choice.checked));
}
startFilm();
onKeys({ ...startDecisions(), ...startFaces(startViewer()), "?": openHelp });
