// @ts-check
// What makes the portal an app: the service worker, and the button that puts it on the home screen.
/** @type {InstallPromptEvent | null} */
let offer = null;

/** @param {boolean} hidden */
function showButtons(hidden) {
  for (const button of document.querySelectorAll("[data-dopa-install]")) {
    button.toggleAttribute("hidden", hidden);
  }
}

window.addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  offer = event;
  showButtons(false);
});

window.addEventListener("appinstalled", () => showButtons(true));

document.addEventListener("click", async (event) => {
  const { target } = event;
  if (!(target instanceof Element) || !target.closest("[data-dopa-install]") || !offer) {
    return;
  }
  await offer.prompt();
  offer = null; // a browser lets each offer be made once
  showButtons(true);
});

if ("serviceWorker" in navigator && window.isSecureContext) {
  navigator.serviceWorker.register("/service-worker.js").catch(() => {
    // Private windows refuse; everything but the offline page works without.
  });
}
