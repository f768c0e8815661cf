// @ts-check
// Checks a shown digital ID: takes the code from the address, the camera, a photo or pasted text,
// asks the portal and says what it answered. Without network the device judges for itself.

import { isReady, keepReady, tellOffline } from "./check-readiness.js";
import { hideVerdict, showVerdict } from "./check-verdict.js";
import { find, findInput, part as partOf } from "./dom.js";
import { judge, rememberCode } from "./judge-code.js";
import { readPhoto, startScanning } from "./scanner.js";
import { isCode } from "./short-code.js";

const TOKEN = /^([\w-]+\.[\w-]+\.[\w-]+|[0-9]{1,2000})$/;
const ANSWER_WITHIN = 8 * 1000;
const RESULT_STAYS = 2 * 60 * 1000;
const CLOCK_MAY_DIFFER = 60 * 1000;
const page = partOf(document, "check");
const part = (/** @type {string} */ name) => partOf(page, name);
const video = find(page, "[data-dopa-video]", HTMLVideoElement);
const say = page.dataset;
const scanner = { script: say.scanner ?? "", binary: say.scannerBinary ?? "" };
let asked = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let hiding;
/** @type {Awaited<ReturnType<typeof startScanning>> | null} */
let scan = null;

/** The portal has answered, but not with a verdict. */
class Refused extends Error {
  /** @param {number} status */
  constructor(status) {
    super("refused");
    this.status = status;
  }
}

/** @param {string | undefined} sentence */
function tell(sentence, busy = false) {
  part("status").textContent = sentence ?? "";
  page.toggleAttribute("aria-busy", busy);
}

/**
 * The token in what was scanned; empty if the code is somebody else's.
 * @param {string} text
 */
function tokenIn(text) {
  const trimmed = text.trim();
  if (TOKEN.test(trimmed)) {
    return trimmed;
  }
  const address = URL.canParse(trimmed) ? new URL(trimmed) : null;
  const ours = address?.origin === location.origin && address.pathname === page.dataset.check;
  const token = address && ours ? address.hash.slice(1) : "";
  return TOKEN.test(token) ? token : "";
}

/** @param {string | null} portalTime */
function sayClock(portalTime) {
  const wrong = Math.abs(Date.now() - Date.parse(portalTime ?? "")) > CLOCK_MAY_DIFFER;
  part("clock").textContent = wrong ? (say.sayClock ?? "") : "";
}

/** @param {unknown} error */
function problem(error) {
  if (!navigator.onLine) {
    return say.sayOffline;
  }
  return error instanceof Refused && error.status === 429 ? say.sayTooOften : say.sayFailed;
}

// A signed-in officer says what the check is for; anyone else has no such choice on the page.
function occasion() {
  const field = document.querySelector("[data-dopa-occasions]");
  return (
    field && {
      name: findInput(field, "[name=occasion]:checked").value,
      token: findInput(field, "[name=csrfmiddlewaretoken]").value,
    }
  );
}

/**
 * @param {string} token
 * @returns {Promise<Verdict>}
 */
async function answer(token) {
  const official = occasion();
  const response = await fetch(page.dataset.api ?? "", {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      Accept: "application/json",
      ...(official && { "X-CSRFToken": official.token }),
    },
    signal: AbortSignal.timeout(ANSWER_WITHIN),
    body: JSON.stringify({ token, ...(official && { occasion: official.name }) }),
  });
  sayClock(response.headers.get("Date"));
  rememberCode(token).catch(() => {});
  if (!response.ok) {
    throw new Refused(response.status);
  }
  return response.json();
}

/**
 * The portal's answer, or this device's own where the portal cannot be reached.
 * @param {string} token
 */
async function found(token) {
  try {
    return await answer(token);
  } catch (error) {
    if (error instanceof Refused || !isCode(token) || !(await isReady())) {
      throw error;
    }
    return tellOffline(await judge(token));
  }
}

/** @param {string} text */
async function check(text) {
  asked += 1;
  const turn = asked;
  clearTimeout(hiding);
  hideVerdict(page);
  const token = tokenIn(text);
  if (!token) {
    tell("");
    showVerdict(page, { verdict: "not_ours", sentence: say.sayNotOurs ?? "", shown: null });
    return;
  }
  tell(say.sayAsking, true);
  try {
    const told = await found(token);
    if (turn === asked) {
      tell("");
      showVerdict(page, told);
      hiding = setTimeout(forget, RESULT_STAYS);
    }
  } catch (error) {
    if (turn === asked) {
      tell(problem(error));
    }
  }
}

function forget() {
  hideVerdict(page);
  tell(say.sayHidden);
}

function checkAddress() {
  if (location.hash.length > 1) {
    const address = location.href;
    // Neither the history nor a reload may hold a token: it works once.
    history.replaceState(null, "", location.pathname + location.search);
    check(address);
  }
}

/** @param {boolean} on */
function showCamera(on) {
  part("scan-view").hidden = !on;
  part("scan-stop").hidden = !on;
  part("scan-start").hidden = on;
  part("scan-words").hidden = on;
}

function stopScanning() {
  scan?.stop();
  scan = null;
  showCamera(false);
}

async function scanNow() {
  hideVerdict(page);
  showCamera(true);
  tell(say.sayScanning);
  try {
    scan = await startScanning(video, scanner);
    const text = await scan.code;
    stopScanning();
    check(text);
  } catch {
    stopScanning();
    tell(say.sayNoCamera);
  }
}

async function checkPhoto() {
  const [file] = photo.files ?? [];
  const text = file ? await readPhoto(file, scanner).catch(() => "") : "";
  if (text) {
    check(text);
  } else if (file) {
    hideVerdict(page);
    tell(say.sayNothingFound);
  }
  photo.value = "";
}

const photo = findInput(page, "[data-dopa-photo]");
photo.addEventListener("change", checkPhoto);
part("scan-start").hidden = !navigator.mediaDevices?.getUserMedia;
part("scan-start").addEventListener("click", scanNow);
part("scan-stop").addEventListener("click", () => {
  stopScanning();
  tell("");
});
part("paste").addEventListener("submit", (event) => {
  event.preventDefault();
  check(findInput(part("paste"), "input").value);
});
document.addEventListener("visibilitychange", () => document.hidden && scan && stopScanning());
window.addEventListener("pagehide", () => hideVerdict(page));
window.addEventListener("hashchange", checkAddress);
checkAddress();
keepReady();
