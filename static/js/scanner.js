// @ts-check
// Finds a QR code in what the camera sees, or in a photo: ZXing, as WebAssembly. `source` names its
// two files, { script, binary }.
import { contextOf } from "./dom.js";

const LONGEST_SIDE = 1920;
const PAUSE_MILLISECONDS = 60;
const LOOK_FOR = { formats: ["QRCode"], maxNumberOfSymbols: 1, tryRotate: false, tryInvert: false };

/** @typedef {(pixels: ImageData) => Promise<string>} Reader */
/** @typedef {{ script: string, binary: string }} Source */

/** @type {Promise<Reader> | null} */
let loading = null;

/**
 * @param {string} address
 * @returns {Promise<void>}
 */
function loadScript(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => resolve();
    script.onerror = () => reject(new Error("the reader could not be loaded"));
    document.head.append(script);
  });
}

/**
 * A megabyte: fetched when somebody scans, not before.
 * @param {Source} source
 * @returns {Promise<Reader>}
 */
async function load({ script, binary }) {
  await loadScript(script);
  const { prepareZXingModule, readBarcodes } = window.ZXingWASM;
  await prepareZXingModule({ overrides: { locateFile: () => binary }, fireImmediately: true });
  return async (pixels) => (await readBarcodes(pixels, LOOK_FOR))[0]?.text ?? "";
}

/** @param {Source} source */
function loadReader(source) {
  loading ??= load(source).catch((error) => {
    loading = null;
    throw error;
  });
  return loading;
}

/**
 * @param {Reader} reader
 * @param {HTMLCanvasElement} canvas
 * @param {CanvasImageSource} picture
 * @param {number} width
 * @param {number} height
 */
function read(reader, canvas, picture, width, height) {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = contextOf(canvas);
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return reader(context.getImageData(0, 0, canvas.width, canvas.height));
}

/**
 * The text of the code in a photo; empty where there is none.
 * @param {Blob} file
 * @param {Source} source
 */
export async function readPhoto(file, source) {
  const [reader, picture] = await Promise.all([loadReader(source), createImageBitmap(file)]);
  try {
    return await read(
      reader,
      document.createElement("canvas"),
      picture,
      picture.width,
      picture.height,
    );
  } finally {
    picture.close();
  }
}

/**
 * Look until a code is found.
 * @param {HTMLVideoElement} video
 * @param {Source} source
 * @returns {Promise<{ code: Promise<string>, stop: () => void }>}
 */
export async function startScanning(video, source) {
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { facingMode: "environment", width: { ideal: 1920 } },
  });
  const canvas = document.createElement("canvas");
  let running = true;
  const stop = () => {
    running = false;
    for (const track of stream.getTracks()) {
      track.stop();
    }
    video.srcObject = null;
  };
  try {
    const reader = await loadReader(source);
    video.srcObject = stream;
    await video.play();
    const code = new Promise((resolve, reject) => {
      const look = async () => {
        const ready = video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && video.videoWidth;
        const text =
          ready && (await read(reader, canvas, video, video.videoWidth, video.videoHeight));
        if (text && running) {
          stop();
          resolve(text);
        } else if (running) {
          setTimeout(() => look().catch(reject), PAUSE_MILLISECONDS);
        }
      };
      look().catch(reject);
    });
    return { code, stop };
  } catch (error) {
    stop();
    throw error;
  }
}
