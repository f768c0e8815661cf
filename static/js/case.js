// An officer's case: decisions asked for by button or key, confirmed in a dialog; pictures compared.
import { keysAreOn, onKeys, switchKeys } from "./case-keys.js";
import { startViewer } from "./case-viewer.js";

const KEYS = { a: "approve", r: "reject", t: "ask_retake", s: "pass_to_second" };
const GO_ON = "dopa-go-on";

function openDecision(move) {
  const dialog = document.getElementById(`decide-${move}`);
  dialog.showModal();
  const first = dialog.querySelector("input:checked, input[type=checkbox], textarea, button");
  first.focus();
}

// The chosen reasons' sentences, as long as nobody has written words of their own.
function startDraft(dialog) {
  const message = dialog.querySelector("textarea");
  const reasons = [...dialog.querySelectorAll("[data-dopa-draft]")];
  let drafted = "";
  for (const reason of reasons) {
    reason.addEventListener("change", () => {
      const chosen = reasons.filter((one) => one.checked).map((one) => one.dataset.dopaDraft);
      if (message.value === drafted) {
        drafted = chosen.join("\n");
        message.value = drafted;
      }
    });
  }
}

function startDialog(dialog) {
  dialog.querySelector("[data-dopa-close]").addEventListener("click", () => dialog.close());
  startDraft(dialog);
  const form = dialog.querySelector("form");
  const reasons = [...dialog.querySelectorAll("[data-dopa-draft]")];
  const required = () => reasons[0]?.toggleAttribute("required", !reasons.some((one) => one.checked));
  dialog.addEventListener("change", required);
  required();
  // A double click must not send a decision twice.
  form.addEventListener("submit", (event) => {
    event.submitter?.setAttribute("aria-busy", "true");
    setTimeout(() => event.submitter?.setAttribute("disabled", ""));
  });
}

function startGoingOn() {
  const choice = document.querySelector("[data-dopa-go-on]");
  const apply = () => {
    for (const then of document.querySelectorAll("[data-dopa-then]")) {
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

function startDecisions() {
  const buttons = [...document.querySelectorAll("[data-dopa-decide]")];
  if (!buttons.length) {
    return {};
  }
  for (const button of buttons) {
    button.addEventListener("click", () => openDecision(button.dataset.dopaDecide));
  }
  for (const dialog of document.querySelectorAll(".dialog--decision")) {
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

function startFaces(viewer) {
  const compare = document.querySelector("[data-dopa-compare]");
  if (!compare) {
    return {};
  }
  const does = { c: () => viewer.openFaces(), o: () => viewer.openOverlay() };
  compare.addEventListener("click", does.c);
  document.querySelector("[data-dopa-overlay]").addEventListener("click", does.o);
  return does;
}

const choice = document.querySelector("[data-dopa-keys]");
if (choice) {
  choice.checked = keysAreOn();
  choice.addEventListener("change", () => switchKeys(choice.checked));
}
const help = document.getElementById("keys-help");
onKeys({ ...startDecisions(), ...startFaces(startViewer()), "?": () => help.showModal() });
