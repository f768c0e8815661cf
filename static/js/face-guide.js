// @ts-check
// Where the face is and how the head is held, from @vladmandic/human. Hints only: the server judges.
import { hasWasm } from "./guide-files.js";

const OUTER_LEFT = 33;
const INNER_LEFT = 133;
const INNER_RIGHT = 362;
const OUTER_RIGHT = 263;
const NOSE = 4;
const MOUTH_LEFT = 61;
const MOUTH_RIGHT = 291;
const SURE = 0.5; // by the detector, which sees faces in curtains, as the mesh then does as well
const UPPER_LIDS = [159, 386];
const LOWER_LIDS = [145, 374];

/**
 * @typedef {number[]} Point
 * @param {Point} one
 * @param {Point} other
 */
const middle = (one, other) => [(one[0] + other[0]) / 2, (one[1] + other[1]) / 2];

/** @typedef {import("./guide-files.js").GuideFiles} GuideFiles */

/**
 * How a face is placed is seen by the detector alone; how the head is held once `posed`.
 * @typedef {object} Guide
 * @property {boolean} posed
 * @property {(canvas: HTMLCanvasElement) => Promise<FacePlace[]>} place
 * @property {(canvas: HTMLCanvasElement) => Promise<FaceFacts[]>} look
 * @property {() => Promise<void>} learnPoses once the files for it are here; not during a look
 */

/**
 * Start the detector, in WebAssembly where the browser has it: a cheap phone (and a computer without
 * a graphics card) is ready at once and looks many times faster than by WebGL. Throws where the
 * browser can run neither.
 * @param {GuideFiles} files
 * @returns {Promise<Guide>}
 */
export async function openGuide({ detector, engine, models }) {
  const { default: Human } = await import(detector);
  const human = new Human({
    backend: hasWasm() ? "wasm" : "humangl",
    wasmPath: engine,
    modelBasePath: models,
    cacheModels: false,
    debug: false,
    filter: { enabled: false },
    gesture: { enabled: false },
    body: { enabled: false },
    hand: { enabled: false },
    object: { enabled: false },
    segmentation: { enabled: false },
    face: {
      enabled: true,
      detector: { modelPath: "blazeface.json", maxDetected: 2, rotation: false },
      mesh: { enabled: false, modelPath: "facemesh.json" },
      iris: { enabled: false },
      attention: { enabled: false },
      emotion: { enabled: false },
      description: { enabled: false },
      antispoof: { enabled: false },
      liveness: { enabled: false },
    },
  });
  await human.load();
  /**
   * @param {HTMLCanvasElement} canvas
   * @returns {Promise<FoundFace[]>}
   */
  const facesIn = async (canvas) => {
    /** @type {FoundFace[]} */
    const found = (await human.detect(canvas)).face;
    return found.sort((one, other) => other.boxScore - one.boxScore);
  };
  /** @type {Guide} */
  const guide = {
    posed: false,
    place: async (canvas) => {
      const sure = (await facesIn(canvas)).filter(({ boxScore }) => boxScore > SURE);
      return sure.map((face) => place(face, canvas));
    },
    look: async (canvas) => {
      const found = await facesIn(canvas);
      return found.filter(isSomebody).map((face) => facts(face, canvas));
    },
    async learnPoses() {
      await human.load({ face: { mesh: { enabled: true } } });
      guide.posed = true;
    },
  };
  return guide;
}

/**
 * Of faces, the surest first: somebody who is watched is lost less easily than a second one is seen.
 * @param {FoundFace} face
 * @param {number} place
 */
export const isSomebody = ({ boxScore }, place) => place === 0 || boxScore > SURE;

/**
 * @param {FoundFace} face
 * @param {{ width: number, height: number }} canvas
 * @returns {FacePlace}
 */
function place({ box }, canvas) {
  const [x, y, width, height] = box;
  return {
    x: (x + width / 2) / canvas.width,
    y: (y + height / 2) / canvas.height,
    size: height / canvas.height,
    box,
  };
}

/**
 * The same measures as verification/faces/pose.py, with the place and size in the picture.
 * @param {FoundFace} face
 * @param {{ width: number, height: number }} canvas
 * @returns {FaceFacts}
 */
export function facts(face, canvas) {
  const mesh = face.mesh;
  const left = middle(mesh[OUTER_LEFT], mesh[INNER_LEFT]);
  const right = middle(mesh[INNER_RIGHT], mesh[OUTER_RIGHT]);
  const across = [right[0] - left[0], right[1] - left[1]];
  const eyes = Math.hypot(...across) || 1;
  const along = [across[0] / eyes, across[1] / eyes];
  const down = [-along[1], along[0]];
  const between = middle(left, right);
  const from = (/** @type {Point} */ point) => [point[0] - between[0], point[1] - between[1]];
  const dot = (/** @type {Point} */ one, /** @type {Point} */ other) =>
    one[0] * other[0] + one[1] * other[1];
  const nose = from(mesh[NOSE]);
  const mouth = dot(from(middle(mesh[MOUTH_LEFT], mesh[MOUTH_RIGHT])), down) || 1;
  const opening = UPPER_LIDS.map((lid, eye) =>
    Math.hypot(mesh[lid][0] - mesh[LOWER_LIDS[eye]][0], mesh[lid][1] - mesh[LOWER_LIDS[eye]][1]),
  );
  return {
    ...place(face, canvas),
    turn: dot(nose, along) / eyes,
    lift: dot(nose, down) / mouth,
    tilt: (Math.atan2(along[1], along[0]) * 180) / Math.PI,
    eyes: eyes / canvas.width,
    open: Math.max(...opening) / eyes,
  };
}

/**
 * How bright the face is, 0 to 255.
 * @param {CanvasRenderingContext2D} context
 * @param {FaceFacts["box"]} box
 */
export function lightOf(context, [x, y, width, height]) {
  const { data } = context.getImageData(x, y, Math.max(1, width), Math.max(1, height));
  let sum = 0;
  for (let at = 0; at < data.length; at += 16) {
    sum += (data[at] + data[at + 1] + data[at + 2]) / 3;
  }
  return sum / (data.length / 16);
}
