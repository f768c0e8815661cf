// @ts-check
// Makes the page of checking work without network, and puts what was found there into words.

import { part } from "./dom.js";
import { clockTime, when } from "./moments.js";
import { keepPage } from "./page-cache.js";
import { keptSince, refreshTrust } from "./trust.js";
import { wordsOf } from "./words.js";

const CACHE = "dopa-check-1";
const FRESH_ENOUGH = 5 * 60 * 1000;
const CONNECT_FIRST = ["no_keys", "unknown_key", "no_list", "old_list", "old_pass"];
const page = part(document, "check");
const word = wordsOf(page);

/** @param {number} seconds */
function span(seconds) {
  const minutes = Math.round(seconds / 60);
  return minutes < 1
    ? word("seconds").replace("{count}", String(Math.round(seconds)))
    : word("minutes").replace("{count}", String(minutes));
}

/**
 * The judgement as the page shows it: with a sentence, and how old is what it rests on.
 * @param {Judgement} found
 * @returns {Verdict}
 */
export function tellOffline(found) {
  const { verdict, shown, seconds = 0, madeAt = 0, listAt = 0, keysAt = 0 } = found;
  const fill = (/** @type {string} */ sentence) =>
    sentence
      .replaceAll("{span}", span(seconds))
      .replaceAll("{made}", clockTime(madeAt))
      .replaceAll("{now}", clockTime(Date.now() / 1000))
      .replaceAll("{list}", when(word, listAt))
      .replaceAll("{keys}", when(word, keysAt));
  return {
    verdict: CONNECT_FIRST.includes(verdict) ? "connect" : verdict,
    sentence: fill(word(verdict)),
    shown: shown && { photo: "", ...shown },
    offline: fill(word(shown ? "checked_offline" : "judged_offline")),
  };
}

export async function isReady() {
  return (await keptSince()) > 0;
}

async function sayReady() {
  const since = await keptSince();
  const place = part(page, "ready");
  place.hidden = !since;
  part(place, "ready-since").textContent = since ? when(word, since) : "";
}

async function keepThisPage() {
  const { check: address = "", scanner = "", scannerBinary = "" } = page.dataset;
  await keepPage({ cache: CACHE, address, files: [scanner, scannerBinary] });
}

let refreshed = 0;

async function refresh() {
  if (Date.now() - refreshed < FRESH_ENOUGH || document.hidden) {
    return;
  }
  refreshed = Date.now();
  const { keys = "", lists = "" } = page.dataset;
  await refreshTrust({ keys, lists }).catch(() => {
    refreshed = 0;
  });
  await sayReady();
}

export async function keepReady() {
  if (!("serviceWorker" in navigator && window.isSecureContext && window.indexedDB)) {
    return;
  }
  await sayReady();
  setInterval(refresh, FRESH_ENOUGH);
  window.addEventListener("online", refresh);
  document.addEventListener("visibilitychange", refresh);
  await navigator.serviceWorker.ready;
  await Promise.allSettled([refresh(), keepThisPage()]);
  page.dataset.kept = "yes";
}
