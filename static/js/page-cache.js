// Puts a page and all it is drawn with into a cache of its own, from which the service worker takes
// it where there is no network.
const STATIC = "/static/";
const NAMING = {
  html: /\b(?:href|src)="(\/static\/[^"#]+)/g,
  css: /\burl\("([^"]+)"\)/g,
  js: /\b(?:from|import)[\s(]*"(\.{1,2}\/[^"]+)"/g,
};

// The static files that a page, a style sheet or a module at this address names.
export function namedIn(text, address) {
  const kind = /\.m?js$/.test(address) ? "js" : address.endsWith(".css") ? "css" : "html";
  const named = [...text.matchAll(NAMING[kind])].map(([, name]) => name);
  const paths = named.map((name) => new URL(name, new URL(address, "https://any.example")).pathname);
  return [...new Set(paths)].filter((path) => path.startsWith(STATIC));
}

// Keeps a file and, one after the other, what it names: a module that is not there opens no page.
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

// One file that is missing must not cost the others.
function keepFiles(cache, addresses, kept) {
  return Promise.allSettled(addresses.map((address) => keepFile(cache, address, kept)));
}

// `files` are what the page's scripts fetch by themselves.
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
