// @ts-check
// A photo out of the gallery goes as large as the portal keeps it and no larger: the rest would be
// thrown away there, after minutes on a slow line. Where and when it was taken stays on the phone.

import { asJpeg } from "./camera.js";
import { findAll } from "./dom.js";

/**
 * Whenever a photo is chosen, put a smaller one in its place. Whoever sends it before that sends
 * the photo as it is. A page that takes the camera alone has nowhere to choose one.
 * @param {HTMLFormElement} form
 * @param {number} longest side, in pixels
 */
export function makeSmaller(form, longest) {
  for (const input of findAll(form, "input[type=file]", HTMLInputElement)) {
    input.addEventListener("change", () => replace(input, longest));
  }
}

/**
 * @param {HTMLInputElement} input
 * @param {number} longest
 */
async function replace(input, longest) {
  const photo = input.files?.[0];
  const smaller = photo && (await shrunk(photo, longest));
  if (smaller && input.files?.[0] === photo) {
    const chosen = new DataTransfer();
    chosen.items.add(new File([smaller], photo.name, { type: smaller.type }));
    input.files = chosen.files;
  }
}

/**
 * Null for what is small enough, and for what this browser cannot read: the portal may.
 * @param {File} photo
 * @param {number} longest
 */
async function shrunk(photo, longest) {
  try {
    const picture = await createImageBitmap(photo); // upright
    const scale = longest / Math.max(picture.width, picture.height);
    if (scale >= 1) {
      return null;
    }
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(scale * picture.width);
    canvas.height = Math.round(scale * picture.height);
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    context.imageSmoothingQuality = "high";
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    return await asJpeg(canvas);
  } catch {
    return null;
  }
}
