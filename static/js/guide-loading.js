// @ts-check
// Fetches the face guide while somebody waits, and shows how far that is.
import { find } from "./dom.js";
import { openGuide } from "./face-guide.js";
import { fetchFiles, guideFiles } from "./guide-files.js";

/** @typedef {import("./face-guide.js").Guide} Guide */
const AGAIN_AFTER = 1500; // milliseconds, where the connection was lost

let posesAreHere = false;

/**
 * As far as the first hint needs it; the rest comes by and by.
 * @param {HTMLElement} form
 * @param {() => void} onTrouble the rest did not come yet
 */
export async function fetchGuide(form, onTrouble) {
  const files = guideFiles(form);
  const bar = find(form, "[data-dopa-loading]", HTMLProgressElement);
  const show = (/** @type {number} */ share) => {
    bar.hidden = share >= 1;
    bar.value = 100 * share;
  };
  await fetchFiles(files.first, show);
  const guide = await openGuide(files);
  fetchPoses();
  return guide;

  /** Again and again while there is no connection. */
  async function fetchPoses() {
    while (!posesAreHere) {
      try {
        await fetchFiles(files.later, show);
        posesAreHere = true;
      } catch {
        onTrouble();
        await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER));
      }
    }
  }
}

/**
 * Between two looks: from now on the guide sees how a head is held, if it has what it needs.
 * @param {Guide} guide
 */
export async function learnPoses(guide) {
  if (posesAreHere && !guide.posed) {
    await guide.learnPoses();
  }
}
