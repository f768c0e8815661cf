// @ts-check
// Whether a card fills the frame that is drawn over the live picture: four edges, each near its side
// of the frame, as far apart as a card is wide and high. Pure: grey pixels in, the card's place out.

export const ASPECT = 85.6 / 53.98;
export const FRAME_SHARE = 0.84; // of the picture's width, as capture.css draws the frame
const OUTWARD = 0.07; // how far from the frame an edge may lie, as shares of the picture's width
const INWARD = 0.1;
const SLANT = 0.035; // of an edge's length: how crooked it may lie to either side
const SAMPLES = 48;
const APART = 2; // pixels to either side of an edge between which its step is measured
const STEP = 10; // shades of grey that are a step
const LEAST = 0.5; // of an edge has to be one, in one direction
const KEPT = 6;
const ASPECT_OFF = 0.09;

/**
 * A grey picture, row by row.
 * @typedef {{ pixels: Float32Array, width: number, height: number }} Grey
 * @typedef {{ at: number, score: number }} Line where it crosses the side's middle
 * @typedef {{ left: number, top: number, right: number, bottom: number }} Box
 */

/**
 * The frame's place in a picture of this size.
 * @param {{ width: number, height: number }} size
 * @returns {Box}
 */
export function frameIn({ width, height }) {
  const wide = width * FRAME_SHARE;
  const high = wide / ASPECT;
  const left = (width - wide) / 2;
  const top = (height - high) / 2;
  return { left, top, right: left + wide, bottom: top + high };
}

/**
 * Where the card lies (the middles of its edges), or null where none fills the frame.
 * @param {Grey} grey
 * @returns {Box | null}
 */
export function findCard(grey) {
  const frame = frameIn(grey);
  const upright = { from: frame.top, to: frame.bottom, across: true };
  const level = { from: frame.left, to: frame.right, across: false };
  const lefts = lines(grey, { ...upright, side: frame.left, outward: -1 });
  const rights = lines(grey, { ...upright, side: frame.right, outward: 1 });
  const tops = lines(grey, { ...level, side: frame.top, outward: -1 });
  const bottoms = lines(grey, { ...level, side: frame.bottom, outward: 1 });
  /** @type {Box | null} */
  let best = null;
  let most = 0;
  for (const left of lefts) {
    for (const right of rights) {
      for (const top of tops) {
        for (const bottom of bottoms) {
          const aspect = (right.at - left.at) / (bottom.at - top.at);
          const score = left.score + right.score + top.score + bottom.score;
          if (Math.abs(aspect / ASPECT - 1) < ASPECT_OFF && score > most) {
            most = score;
            best = { left: left.at, top: top.at, right: right.at, bottom: bottom.at };
          }
        }
      }
    }
  }
  return best;
}

/**
 * The best lines near one side of the frame.
 * @param {Grey} grey
 * @param {{ from: number, to: number, across: boolean, side: number, outward: number }} where
 * @returns {Line[]}
 */
function lines(grey, { from, to, across, side, outward }) {
  const out = Math.round(grey.width * OUTWARD);
  const inside = Math.round(grey.width * INWARD);
  const slant = Math.max(1, Math.round((to - from) * SLANT));
  const found = [];
  for (let away = -inside; away <= out; away += 1) {
    const at = Math.round(side) + outward * away;
    let score = 0;
    for (let tilt = -slant; tilt <= slant; tilt += 1) {
      score = Math.max(score, stepAlong(grey, { from, to, across, at, tilt }));
    }
    if (score >= LEAST) {
      found.push({ at, score });
    }
  }
  return found.sort((one, other) => other.score - one.score).slice(0, KEPT);
}

/**
 * How much of a line is a step from dark to light (or light to dark), 0 to 1. What only has a grain
 * steps to both sides and comes to little.
 * @param {Grey} grey
 * @param {{ from: number, to: number, across: boolean, at: number, tilt: number }} line
 */
function stepAlong({ pixels, width, height }, { from, to, across, at, tilt }) {
  const limit = (across ? width : height) - 1 - APART;
  const [stride, next] = across ? [width, 1] : [1, width];
  let sum = 0;
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    const share = (sample + 0.5) / SAMPLES;
    const place = Math.round(at + tilt * (2 * share - 1));
    if (place >= APART && place <= limit) {
      const pixel = Math.round(from + share * (to - from)) * stride + place * next;
      const step = pixels[pixel + APART * next] - pixels[pixel - APART * next];
      sum += Math.max(-1, Math.min(1, step / STEP));
    }
  }
  return Math.abs(sum) / SAMPLES;
}
