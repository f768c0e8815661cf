// Keeps the page that says "no network" and what pages are drawn with; never a page of a person, a
// photo or an answer of the API: what a device keeps of its holder's card is sealed (kept-card.js). Served from the root by core.public_pages.
const SHELL = "dopa-shell-1";
const OFFLINE = "/offline/";
const CARD = "/id/offline/";
const KEPT = { "/check/": "/check/", "/id/": CARD, "/id/unlock/": CARD, [CARD]: CARD };
const STATIC = "/static/";
const MOST_FILES = 120;

async function keepOfflinePage() {
  const cache = await caches.open(SHELL);
  const page = await fetch(OFFLINE, { cache: "reload" });
  const text = await page.clone().text();
  const named = [...text.matchAll(/(?:href|src)="(\/static\/[^"#]+)/g)].map((match) => match[1]);
  await cache.put(OFFLINE, page);
  // One file that is missing must not cost the page.
  await Promise.allSettled([...new Set(named)].map((file) => cache.add(file)));
}

async function dropOldShells() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith("dopa-shell-") && name !== SHELL);
  await Promise.all(old.map((name) => caches.delete(name)));
}

async function keep(request, response) {
  const cache = await caches.open(SHELL);
  await cache.put(request, response);
  const kept = await cache.keys();
  const files = kept.filter((one) => new URL(one.url).pathname !== OFFLINE);
  await Promise.all(files.slice(0, -MOST_FILES).map((one) => cache.delete(one)));
}

async function staticFile(event) {
  try {
    const response = await fetch(event.request);
    if (response.status === 200) {
      event.waitUntil(keep(event.request, response.clone()));
    }
    return response;
  } catch (error) {
    const kept = await caches.match(event.request);
    if (kept) {
      return kept;
    }
    throw error;
  }
}

// Checking and showing work without network: keep-page.js has put these pages into their own caches.
async function page(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const { pathname } = new URL(request.url);
    const own = pathname in KEPT && (await caches.match(KEPT[pathname]));
    const kept = own || (await caches.match(OFFLINE));
    if (kept) {
      return kept;
    }
    throw error;
  }
}

self.addEventListener("install", (event) => {
  event.waitUntil(keepOfflinePage().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOldShells().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin || request.method !== "GET") {
    return;
  }
  if (pathname.startsWith(STATIC)) {
    // Models for the selfie weigh megabytes; the browser's own cache keeps those.
    if (!pathname.startsWith(`${STATIC}vendor/human/`)) {
      event.respondWith(staticFile(event));
    }
  } else if (request.mode === "navigate") {
    event.respondWith(page(request));
  }
});
