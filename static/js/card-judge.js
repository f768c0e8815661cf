// @ts-check
// What a picture of the card says for the hint beside it, from pixels alone. Hints only: the server
// judges. docs/verification.md says on which pictures the thresholds were tried.
import { findCard, frameIn } from "./card-outline.js";

/**
 * `small`: the picture, about 320 pixels wide; `detail`: its middle, finer.
 * @typedef {import("./card-outline.js").Grey} Grey
 * @typedef {{ small: ImageData, detail: ImageData }} Seen
 */
const DARK = 55;
const WHITE = 250;
const GLARE_SHARE = 0.025; // of the frame
const SHARP = 0.075;
const EDGE = 20; // shades of grey
const LEAST_EDGES = 50; // pixels
const MOVED = 1.2; // pixels of a picture 320 wide, in so many milliseconds:
export const LOOK_EVERY = 125;
const SLOWEST = 3; // times as long is what a slow phone may take without seeing a hand sway

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
 * @param {Seen} seen
 * @param {Grey | null} before the last picture
 * @param {number} [apart] how many milliseconds lie between them
 * @returns {{ word: string, grey: Grey }}
 */
export function judgeCard(seen, before, apart = LOOK_EVERY) {
  const grey = greyOf(seen.small);
  const told = (/** @type {string} */ word) => ({ word, grey });
  if (brightness(grey) < DARK) {
    return told("dark");
  }
  if (!findCard(grey)) {
    return told("searching");
  }
  if (!before || !isStill(grey, before, apart)) {
    return told("moving");
  }
  return told(faultOf(seen) || "good");
}

/**
 * @param {Grey} now
 * @param {Grey} before
 * @param {number} apart
 */
export function isStill(now, before, apart) {
  const times = Math.min(SLOWEST, Math.max(1, apart / LOOK_EVERY));
  return movement(now, before) <= MOVED * times;
}

/**
 * What the light does to a picture of something else: "dark", "bright" or an empty string.
 * @param {ImageData} small
 */
export function judgeLight(small) {
  if (brightness(greyOf(small)) < DARK) {
    return "dark";
  }
  return whiteShare(small) > GLARE_SHARE ? "bright" : "";
}

/**
 * What makes a photo of the card useless: "glare", "blurred" or an empty string.
 * @param {Seen} seen
 */
export function faultOf({ small, detail }) {
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
 * How sharp edges are: what bends there (second derivative), by how steep it is (first), along the
 * direction in which it is less (a hand moves to one side). It falls with the square of a blur; the
 * grain of a sensor is no edge. 0 where there is no edge to speak of.
 * @param {Grey} grey
 */
export function sharpness({ pixels, width, height }) {
  const along = (/** @type {number} */ next) => {
    let bent = 0;
    let steep = 0;
    let edges = 0;
    for (let y = 1; y < height - 1; y += 1) {
      for (let at = y * width + 1; at < (y + 1) * width - 1; at += 1) {
        const step = pixels[at + next] - pixels[at - next];
        if (Math.abs(step) > EDGE) {
          bent += (pixels[at - next] + pixels[at + next] - 2 * pixels[at]) ** 2;
          steep += step ** 2;
          edges += 1;
        }
      }
    }
    return edges < LEAST_EDGES ? 0 : bent / steep;
  };
  return Math.min(along(1), along(width));
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
