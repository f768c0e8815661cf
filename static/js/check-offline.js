// Makes the page of checking work without network, and puts what was found there into words.
import { wordsOf } from "./words.js";
import { keptSince, refreshTrust } from "./trust.js";

const CACHE = "dopa-check-1";
const FRESH_ENOUGH = 5 * 60 * 1000;
const CONNECT_FIRST = ["no_keys", "unknown_key", "no_list", "old_list", "old_pass"];
const page = document.querySelector("[data-dopa-check]");
const word = wordsOf(page);
const language = document.documentElement.lang;
const calendar = language === "th" ? "th-TH-u-ca-buddhist-nu-latn" : "en-GB";

function clockTime(seconds) {
  const options = { hour: "2-digit", minute: "2-digit", hour12: false };
  return new Date(seconds * 1000).toLocaleTimeString(calendar, options);
}

// "10:32 today", or with the day.
function when(seconds) {
  const at = new Date(seconds * 1000);
  if (at.toDateString() === new Date().toDateString()) {
    return word("today").replace("{time}", clockTime(seconds));
  }
  const day = at.toLocaleDateString(calendar, { day: "numeric", month: "short" });
  return word("on_a_day").replace("{day}", day).replace("{time}", clockTime(seconds));
}

function span(seconds) {
  const minutes = Math.round(seconds / 60);
  return minutes < 1
    ? word("seconds").replace("{count}", Math.round(seconds))
    : word("minutes").replace("{count}", minutes);
}

// The judgement as the page shows it: with a sentence, and how old is what it rests on.
export function tellOffline(found) {
  const { verdict, shown, seconds = 0, madeAt = 0, listAt = 0, keysAt = 0 } = found;
  const fill = (sentence) =>
    sentence
      .replaceAll("{span}", span(seconds))
      .replaceAll("{made}", clockTime(madeAt))
      .replaceAll("{now}", clockTime(Date.now() / 1000))
      .replaceAll("{list}", when(listAt))
      .replaceAll("{keys}", when(keysAt));
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
  const place = page.querySelector("[data-dopa-ready]");
  place.hidden = !since;
  place.querySelector("[data-dopa-ready-since]").textContent = since ? when(since) : "";
}

// All files this page is drawn with, the scanner and every letter included.
async function files() {
  const used = performance.getEntriesByType("resource").map(({ name }) => new URL(name));
  const ours = used.filter(
    ({ origin, pathname }) => origin === location.origin && pathname.startsWith("/static/"),
  );
  const addresses = new Set(ours.map(({ pathname }) => pathname));
  for (const sheet of [...addresses].filter((name) => name.endsWith(".css"))) {
    const text = await (await fetch(sheet)).text();
    for (const [, named] of text.matchAll(/url\("?([^")]+\.woff2)"?\)/g)) {
      addresses.add(new URL(named, new URL(sheet, location.href)).pathname);
    }
  }
  return [...addresses, page.dataset.scanner, page.dataset.scannerBinary];
}

async function keepPage() {
  const cache = await caches.open(CACHE);
  // Fetched as nobody: what is kept on a device says nothing about who used it.
  const own = await fetch(page.dataset.check, {
    credentials: "omit",
    headers: { "Accept-Language": language },
  });
  if (!own.ok) {
    return;
  }
  const wanted = await files();
  await Promise.allSettled(wanted.map((file) => cache.add(file)));
  await cache.put(page.dataset.check, own);
  const gone = (await cache.keys()).filter(({ url }) => {
    const { pathname } = new URL(url);
    return pathname !== page.dataset.check && !wanted.includes(pathname);
  });
  await Promise.all(gone.map((file) => cache.delete(file)));
}

let refreshed = 0;

async function refresh() {
  if (Date.now() - refreshed < FRESH_ENOUGH || document.hidden) {
    return;
  }
  refreshed = Date.now();
  await refreshTrust({ keys: page.dataset.keys, lists: page.dataset.lists }).catch(() => {
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
  await Promise.allSettled([refresh(), keepPage()]);
  page.dataset.kept = "yes";
}
