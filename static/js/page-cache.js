// @ts-check
// Puts a page and all it is drawn with into a cache of its own, from which the service worker takes
// it where there is no network.
const STATIC = "/static/";
/** @type {Record<string, RegExp>} */
const NAMING = {
  html: /\b(?:href|src)="(\/static\/[^"#]+)/g,
  css: /\burl\("([^"]+)"\)/g,
  js: /\b(?:from|import)[\s(]*"(\.{1,2}\/[^"]+)"/g,
};

/**
 * The static files that a page, a style sheet or a module at this address names.
 * @param {string} text
 * @param {string} address
 */
export function namedIn(text, address) {
  const kind = /\.m?js$/.test(address) ? "js" : address.endsWith(".css") ? "css" : "html";
  const named = [...text.matchAll(NAMING[kind])].map(([, name]) => name);
  const paths = named.map(
    (name) => new URL(name, new URL(address, "https://any.example")).pathname,
  );
  return [...new Set(paths)].filter((path) => path.startsWith(STATIC));
}

/**
 * Keep a file and what it names: where one module is missing, none of them runs.
 * @param {Cache} cache
 * @param {string} address
 * @param {Set<string>} kept
 */
async function keepFile(cache, address, kept) {
  if (kept.has(address)) {
    return;
  }
  kept.add(address);
  const answer = await fetch(address);
  if (!answer.ok) {
    return;
  }
  const text = /\.(m?js|css)$/.test(address) ? await answer.clone().text() : "";
  await cache.put(address, answer);
  await keepFiles(cache, namedIn(text, address), kept);
}

/**
 * One file that is missing must not cost the others.
 * @param {Cache} cache
 * @param {string[]} addresses
 * @param {Set<string>} kept
 */
function keepFiles(cache, addresses, kept) {
  return Promise.allSettled(addresses.map((address) => keepFile(cache, address, kept)));
}

/**
 * Keep the page at `address`; `files` are what its scripts fetch by themselves.
 * @param {{ cache: string, address: string, files?: string[] }} about
 */
export async function keepPage({ cache: name, address, files = [] }) {
  const cache = await caches.open(name);
  // Fetched as nobody: what is kept on a device says nothing about who used it.
  const own = await fetch(address, {
    credentials: "omit",
    headers: { "Accept-Language": document.documentElement.lang },
  });
  if (!own.ok) {
    return;
  }
  const kept = new Set([address]);
  await keepFiles(cache, [...namedIn(await own.clone().text(), address), ...files], kept);
  await cache.put(address, own);
  const gone = (await cache.keys()).filter(({ url }) => !kept.has(new URL(url).pathname));
  await Promise.all(gone.map((file) => cache.delete(file)));
}
