"""The key that a phone makes before the selfie, where a test begins after it."""

import json

from playwright.sync_api import Page

from tests.portal import Portal

MAKE = """async () => {
  const finished = (asked) => new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  const opening = indexedDB.open("dopa", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("keys", { keyPath: "id" });
  const database = await finished(opening);
  const curve = { name: "ECDSA", namedCurve: "P-256" };
  const pair = await crypto.subtle.generateKey(curve, false, ["sign", "verify"]);
  const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", pair.publicKey);
  const record = {
    id: "pending", privateKey: pair.privateKey, publicKey: { kty, crv, x, y }, madeAt: Date.now(),
  };
  await finished(database.transaction("keys", "readwrite").objectStore("keys").put(record));
  database.close();
  return record.publicKey;
}"""


def key_of_the_selfie(page: Page, portal: Portal, enrollment: str) -> None:
    """Make it in this browser, and have it stand as the one that came with the verified selfie."""
    page.goto("/resume/")
    key = json.dumps(page.evaluate(MAKE))
    change = "UPDATE registration_enrollment SET device_key = %s::jsonb WHERE id = %s"
    portal.query(change, key, enrollment)
