// @ts-check
// Opening a camera and taking stills from it.
import { contextOf } from "./dom.js";

/** @type {Record<string, string>} */
const WORDS_OF_ERRORS = {
  NotAllowedError: "refused",
  SecurityError: "refused",
  NotFoundError: "missing",
  OverconstrainedError: "missing",
  NotReadableError: "busy",
  AbortError: "busy",
};

export const cameraPossible = () => Boolean(navigator.mediaDevices?.getUserMedia);

/**
 * Start the camera (`user` or `environment`) in a video element; throws an Error whose message is a
 * word.
 * @param {HTMLVideoElement} video
 * @param {string} facingMode
 */
export async function openCamera(video, facingMode) {
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { facingMode, width: { ideal: 1920 }, height: { ideal: 1080 } },
    });
    video.srcObject = stream;
    await video.play();
    return stream;
  } catch (error) {
    throw new Error(WORDS_OF_ERRORS[/** @type {Error} */ (error).name] ?? "missing");
  }
}

/** @param {HTMLVideoElement} video */
export function closeCamera(video) {
  const stream = /** @type {MediaStream | null} */ (video.srcObject);
  for (const track of stream?.getTracks() ?? []) {
    track.stop();
  }
  video.srcObject = null;
}

/**
 * The part of the video that is shown: the middle, cut to `aspect` (width / height), or all of it.
 * @param {HTMLVideoElement} video
 * @param {number} [aspect]
 */
export function shownPart(video, aspect) {
  const { videoWidth: width, videoHeight: height } = video;
  if (!aspect) {
    return { x: 0, y: 0, width, height };
  }
  const wide = Math.min(width, height * aspect);
  const tall = wide / aspect;
  return { x: (width - wide) / 2, y: (height - tall) / 2, width: wide, height: tall };
}

/**
 * Draw what is shown on a canvas, no side longer than `longest`.
 * @param {HTMLVideoElement} video
 * @param {HTMLCanvasElement} canvas
 * @param {{ aspect?: number, longest: number }} options
 */
export function draw(video, canvas, { aspect, longest }) {
  const part = shownPart(video, aspect);
  const scale = Math.min(1, longest / Math.max(part.width, part.height));
  canvas.width = Math.round(part.width * scale);
  canvas.height = Math.round(part.height * scale);
  const context = contextOf(canvas);
  context.drawImage(
    video,
    part.x,
    part.y,
    part.width,
    part.height,
    0,
    0,
    canvas.width,
    canvas.height,
  );
  return context;
}

/**
 * Copy a canvas to another, no side longer than `longest`.
 * @param {HTMLCanvasElement} canvas
 * @param {HTMLCanvasElement} small
 * @param {number} longest
 */
export function shrink(canvas, small, longest) {
  const scale = Math.min(1, longest / Math.max(canvas.width, canvas.height));
  small.width = Math.round(canvas.width * scale);
  small.height = Math.round(canvas.height * scale);
  const context = contextOf(small);
  context.drawImage(canvas, 0, 0, small.width, small.height);
  return context;
}

/**
 * A still as a JPEG blob.
 * @param {HTMLVideoElement} video
 * @param {{ aspect?: number, longest: number }} options
 */
export async function still(video, options) {
  const canvas = document.createElement("canvas");
  draw(video, canvas, options);
  return asJpeg(canvas);
}

/** @param {HTMLVideoElement} video */
function trackOf(video) {
  const stream = /** @type {MediaStream | null} */ (video.srcObject);
  return stream?.getVideoTracks()[0];
}

/**
 * What a camera says it can do; browsers know more of it than TypeScript.
 * @param {HTMLVideoElement} video
 * @param {string} name
 */
function possible(video, name) {
  const all = /** @type {Record<string, unknown>} */ (trackOf(video)?.getCapabilities?.() ?? {});
  return [all[name]].flat();
}

/**
 * True where the camera can do it and did.
 * @param {HTMLVideoElement} video
 * @param {"exposureMode" | "whiteBalanceMode" | "torch"} name
 * @param {string | boolean} value
 */
async function setCamera(video, name, value) {
  if (!possible(video, name).some((one) => one === value || one === true)) {
    return false;
  }
  const wanted = /** @type {MediaTrackConstraintSet} */ ({ [name]: value });
  try {
    await trackOf(video)?.applyConstraints({ advanced: [wanted] });
    return true;
  } catch {
    return false; // a phone may promise what it does not do
  }
}

/**
 * As bright as the picture is now it stays, as far as the camera can: frames of one film compare.
 * @param {HTMLVideoElement} video
 */
export const holdExposure = (video) => setCamera(video, "exposureMode", "manual");

/** @param {HTMLVideoElement} video */
export const holdWhite = (video) => setCamera(video, "whiteBalanceMode", "manual");

/** @param {HTMLVideoElement} video */
export async function letExposureGo(video) {
  await setCamera(video, "exposureMode", "continuous");
  await setCamera(video, "whiteBalanceMode", "continuous");
}

/**
 * The lamp beside the camera; false where there is none.
 * @param {HTMLVideoElement} video
 * @param {boolean} on
 */
export const setTorch = (video, on) => setCamera(video, "torch", on);

/** @param {HTMLVideoElement} video */
export const hasTorch = (video) => possible(video, "torch").includes(true);

/**
 * What the browser calls the camera that films into a video element.
 * @param {HTMLVideoElement} video
 */
export function cameraLabel(video) {
  return trackOf(video)?.label ?? "";
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {number} [quality]
 * @returns {Promise<Blob>}
 */
export function asJpeg(canvas, quality = 0.92) {
  return new Promise((resolve, reject) => {
    const take = (/** @type {Blob | null} */ photo) =>
      photo ? resolve(photo) : reject(new Error("the photo could not be made"));
    canvas.toBlob(take, "image/jpeg", quality);
  });
}
