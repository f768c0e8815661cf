// @ts-check
// IndexedDB in promises.

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
export function finished(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * Open a database of one version; `make` gets it when it is new, to create its stores.
 * @param {string} name
 * @param {(database: IDBDatabase) => void} make
 */
export function openDatabase(name, make) {
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => make(opening.result);
  return finished(opening);
}
