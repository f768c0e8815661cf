// @ts-check
// Whether a card fills the frame that is drawn over the live picture: four edges, each near its side
// of the frame, as far apart as a card is wide and high. Pure: grey pixels in, the card's place out.

export const ASPECT = 85.6 / 53.98;
export const FRAME_SHARE = 0.84; // of the picture's width, as capture.css draws the frame
const OUTWARD = 0.07; // how far from the frame an edge may lie, as shares of the picture's width
const INWARD = 0.1;
const SLANT = 0.035; // of an edge's length: how crooked it may lie to either side
const SAMPLES = 32;
const APART = 2; // pixels to either side of an edge between which its step is measured
const STEP = 10; // shades of grey that are a step
const LEAST = 0.5; // of an edge has to be one, in one direction
const BEYOND = [0.08, 0.14]; // of an edge's length, after its corners
const GOES_ON = 0.4;
const MAY_GO_ON = 1; // edge: a finger or a shadow may look like that
const KEPT = 6;
const ASPECT_OFF = 0.09;

/**
 * A grey picture, row by row.
 * @typedef {{ pixels: Float32Array, width: number, height: number }} Grey
 * @typedef {{ at: number, score: number, goesOn: boolean }} Line where it crosses the side's middle
 * @typedef {{ from: number, to: number, across: boolean, at: number, tilt: number }} Slanted
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
          const score = scoreOf(left, top, right, bottom);
          if (score > most) {
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
 * How surely these are a card's edges; 0 where they cannot be.
 * @param {Line} left
 * @param {Line} top
 * @param {Line} right
 * @param {Line} bottom
 */
function scoreOf(left, top, right, bottom) {
  const edges = [left, top, right, bottom];
  const aspect = (right.at - left.at) / (bottom.at - top.at);
  const stray = edges.filter((edge) => edge.goesOn).length;
  if (Math.abs(aspect / ASPECT - 1) > ASPECT_OFF || stray > MAY_GO_ON) {
    return 0;
  }
  return edges.reduce((sum, edge) => sum + edge.score, 0);
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
    const line = { from, to, across, at, tilt: 0 };
    let score = 0;
    for (let tilt = -slant; tilt <= slant; tilt += 2) {
      const step = meanStep(grey, { ...line, tilt }, 0, 1);
      if (Math.abs(step) > Math.abs(score)) {
        score = step;
        line.tilt = tilt;
      }
    }
    if (Math.abs(score) >= LEAST) {
      found.push({ at, score: Math.abs(score), goesOn: goesOn(grey, line, score) });
    }
  }
  return found.sort((one, other) => other.score - one.score).slice(0, KEPT);
}

/**
 * What goes on beyond both corners (a stripe, a joint of tiles) is no edge of a card.
 * @param {Grey} grey
 * @param {Slanted} line
 * @param {number} step of the line between the corners
 */
function goesOn(grey, line, step) {
  const before = meanStep(grey, line, -BEYOND[1], -BEYOND[0]);
  const after = meanStep(grey, line, 1 + BEYOND[0], 1 + BEYOND[1]);
  return [before, after].every((one) => one * Math.sign(step) > GOES_ON);
}

/**
 * How much of a line is a step from dark to light (1) or from light to dark (-1), from one share of
 * it to another. What only has a grain steps to both sides and comes to little.
 * @param {Grey} grey
 * @param {Slanted} line
 * @param {number} first
 * @param {number} last
 */
function meanStep({ pixels, width, height }, { from, to, across, at, tilt }, first, last) {
  const limit = (across ? width : height) - 1 - APART;
  const [stride, next] = across ? [width, 1] : [1, width];
  const samples = Math.ceil(SAMPLES * (last - first));
  let sum = 0;
  for (let sample = 0; sample < samples; sample += 1) {
    const share = first + ((sample + 0.5) * (last - first)) / samples;
    const place = Math.round(at + tilt * (2 * share - 1));
    if (place >= APART && place <= limit) {
      const pixel = Math.round(from + share * (to - from)) * stride + place * next;
      const step = pixels[pixel + APART * next] - pixels[pixel - APART * next];
      sum += Math.max(-1, Math.min(1, step / STEP));
    }
  }
  return sum / samples;
}
