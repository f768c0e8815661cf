// @ts-check
// What a picture of the card says for the hint beside it, from pixels alone. Hints only: the server
// judges. docs/verification.md says on which pictures the thresholds were tried.
import { findCard, frameIn } from "./card-outline.js";

/** @typedef {import("./card-outline.js").Grey} Grey */
const DARK = 55;
const WHITE = 250;
const GLARE_SHARE = 0.012;
const SHARP = 0.3;
const MOVED = 1.2; // pixels of a picture 320 wide, from one look to the next

/**
 * @param {ImageData} image
 * @returns {Grey}
 */
export function greyOf({ data, width, height }) {
  const pixels = new Float32Array(width * height);
  for (let at = 0; at < pixels.length; at += 1) {
    pixels[at] = 0.299 * data[4 * at] + 0.587 * data[4 * at + 1] + 0.114 * data[4 * at + 2];
  }
  return { pixels, width, height };
}

/**
 * @param {ImageData} small the picture, about 320 pixels wide
 * @param {ImageData} detail a part of the card, as finely as the camera sees it
 * @param {Grey | null} before the last picture
 * @returns {{ word: string, grey: Grey }}
 */
export function judgeCard(small, detail, before) {
  const grey = greyOf(small);
  const told = (/** @type {string} */ word) => ({ word, grey });
  if (brightness(grey) < DARK) {
    return told("dark");
  }
  if (!findCard(grey)) {
    return told("searching");
  }
  if (before && movement(grey, before) > MOVED) {
    return told("moving");
  }
  return told(faultOf(small, detail) || "good");
}

/**
 * What makes a photo of the card useless: "glare", "blurred" or an empty string.
 * @param {ImageData} small
 * @param {ImageData} detail
 */
export function faultOf(small, detail) {
  if (whiteShare(small) > GLARE_SHARE) {
    return "glare";
  }
  return sharpness(greyOf(detail)) < SHARP ? "blurred" : "";
}

/** @param {Grey} grey */
function brightness({ pixels }) {
  return pixels.reduce((sum, pixel) => sum + pixel, 0) / pixels.length;
}

/**
 * The share of the frame that is so bright that nothing is seen there.
 * @param {ImageData} image
 */
export function whiteShare({ data, width, height }) {
  const { left, top, right, bottom } = frameIn({ width, height });
  let white = 0;
  let all = 0;
  for (let y = Math.round(top); y < bottom; y += 1) {
    for (let x = Math.round(left); x < right; x += 1) {
      const at = 4 * (y * width + x);
      white += Math.min(data[at], data[at + 1], data[at + 2]) >= WHITE ? 1 : 0;
      all += 1;
    }
  }
  return white / all;
}

/**
 * How much of what changes from pixel to pixel changes at once: the Laplacian's energy by that of
 * the gradient. It falls with the square of a blur, and knows nothing of contrast.
 * @param {Grey} grey
 */
export function sharpness({ pixels, width, height }) {
  let bent = 0;
  let sloped = 0;
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const at = y * width + x;
      const [left, right] = [pixels[at - 1], pixels[at + 1]];
      const [above, below] = [pixels[at - width], pixels[at + width]];
      bent += (left + right + above + below - 4 * pixels[at]) ** 2;
      sloped += (right - left) ** 2 + (below - above) ** 2;
    }
  }
  return bent / (sloped + width * height);
}

/**
 * About how many pixels the picture moved: what changed, by how steep it is.
 * @param {Grey} now
 * @param {Grey} before
 */
export function movement({ pixels, width }, before) {
  if (before.pixels.length !== pixels.length) {
    return Number.POSITIVE_INFINITY;
  }
  let changed = 0;
  let steep = 0;
  for (let at = width + 1; at < pixels.length - width - 1; at += 1) {
    changed += Math.abs(pixels[at] - before.pixels[at]);
    steep +=
      Math.abs(pixels[at + 1] - pixels[at - 1]) + Math.abs(pixels[at + width] - pixels[at - width]);
  }
  return (2 * changed) / (steep / 2 + 1);
}
