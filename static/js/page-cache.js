// Puts a page and all it is drawn with into a cache of its own, from which the service worker takes
// it where there is no network.
const STATIC = "/static/";

// The files of ours that this page has used, every letter of its fonts included.
export async function usedFiles() {
  const used = performance.getEntriesByType("resource").map(({ name }) => new URL(name));
  const ours = used.filter(
    ({ origin, pathname }) => origin === location.origin && pathname.startsWith(STATIC),
  );
  const addresses = new Set(ours.map(({ pathname }) => pathname));
  for (const sheet of [...addresses].filter((name) => name.endsWith(".css"))) {
    const text = await (await fetch(sheet)).text();
    for (const [, named] of text.matchAll(/url\("?([^")]+\.woff2)"?\)/g)) {
      addresses.add(new URL(named, new URL(sheet, location.href)).pathname);
    }
  }
  return [...addresses];
}

export async function keepPage({ cache: name, address, files }) {
  const cache = await caches.open(name);
  // Fetched as nobody: what is kept on a device says nothing about who used it.
  const own = await fetch(address, {
    credentials: "omit",
    headers: { "Accept-Language": document.documentElement.lang },
  });
  if (!own.ok) {
    return;
  }
  await Promise.allSettled(files.map((file) => cache.add(file)));
  await cache.put(address, own);
  const gone = (await cache.keys()).filter(({ url }) => {
    const { pathname } = new URL(url);
    return pathname !== address && !files.includes(pathname);
  });
  await Promise.all(gone.map((file) => cache.delete(file)));
}
