// @ts-check
// The code of an appointment, from the camera or from the address a phone's own camera opened: it
// goes into the field, and from the camera straight to the appointment.

import { find, findInput, part } from "./dom.js";
import { startScanning } from "./scanner.js";

const page = part(document, "scan-appointment");
const form = find(page, "[data-dopa-scanned]", HTMLFormElement);
const field = findInput(form, "[name=code]");
const start = part(page, "scan-start");
const stop = part(page, "scan-stop");
const view = part(page, "scan-view");
const said = part(page, "scan-said");
const video = find(page, "[data-dopa-video]", HTMLVideoElement);
const source = {
  script: page.dataset.scanner ?? "",
  binary: page.dataset.scannerBinary ?? "",
};
/** @type {Awaited<ReturnType<typeof startScanning>> | null} */
let scan = null;
let turn = 0; // the camera of an earlier turn that starts only now is put out again

/** @param {boolean} scanning */
function show(scanning) {
  view.hidden = !scanning;
  stop.hidden = !scanning;
  start.hidden = scanning;
}

/** @param {string} [words] */
function end(words = "") {
  turn += 1;
  scan?.stop();
  scan = null;
  said.textContent = words;
  show(false);
}

async function look() {
  turn += 1;
  const mine = turn;
  said.textContent = page.dataset.sayScanning ?? "";
  show(true);
  stop.focus();
  try {
    const started = await startScanning(video, source);
    if (mine !== turn) {
      started.stop();
      return;
    }
    scan = started;
    field.value = await started.code;
    end();
    form.requestSubmit();
  } catch {
    if (mine === turn) {
      end(page.dataset.sayNoCamera);
    }
  }
}

start.addEventListener("click", look);
stop.addEventListener("click", () => {
  end();
  start.focus();
});
document.addEventListener("visibilitychange", () => document.hidden && !view.hidden && end());
start.hidden = !navigator.mediaDevices?.getUserMedia;

if (location.hash.length > 1) {
  // Not sent by itself: an address may come from anywhere, a press is the officer's. As it stands:
  // a reference has nothing that an address writes otherwise.
  field.value = location.hash.slice(1);
  history.replaceState(null, "", location.pathname + location.search);
  field.focus();
}
