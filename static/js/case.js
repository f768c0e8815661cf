// An officer's case: decisions asked for by button or key, confirmed in a dialog; pictures enlarged.
import { keysAreOn, onKeys, switchKeys } from "./case_keys.js";
import { startZoom } from "./case_zoom.js";

const KEYS = { a: "approve", r: "reject", t: "ask_retake", s: "pass_to_second" };

function openDecision(move) {
  const dialog = document.getElementById(`decide-${move}`);
  dialog.showModal();
  const first = dialog.querySelector("input[type=radio]:checked, input[type=radio], textarea, button");
  first.focus();
}

function startDecisions() {
  const buttons = [...document.querySelectorAll("[data-dopa-decide]")];
  if (!buttons.length) {
    return;
  }
  for (const button of buttons) {
    button.addEventListener("click", () => openDecision(button.dataset.dopaDecide));
  }
  for (const dialog of document.querySelectorAll(".dialog--decision")) {
    dialog.querySelector("[data-dopa-close]").addEventListener("click", () => dialog.close());
    // A double click must not send a decision twice.
    dialog.querySelector("form").addEventListener("submit", (event) => {
      event.submitter?.setAttribute("aria-busy", "true");
      setTimeout(() => event.submitter?.setAttribute("disabled", ""));
    });
  }
  const failed = document.querySelector("[data-dopa-open-now]");
  if (failed) {
    openDecision(failed.id.replace("decide-", ""));
  }
  onKeys(
    Object.fromEntries(Object.entries(KEYS).map(([key, move]) => [key, () => openDecision(move)])),
  );
}

const choice = document.querySelector("[data-dopa-keys]");
if (choice) {
  choice.checked = keysAreOn();
  choice.addEventListener("change", () => switchKeys(choice.checked));
}
startDecisions();
startZoom();
