// @ts-check
// In the place of the browser's camera: the card and the face of the sample person this browser has
// chosen, or the code of a digital ID that another window shows. The page notices nothing.
import { contextOf } from "./dom.js";
import { codeOfOtherWindow, drawCode } from "./sample-code.js";

const FRAMES_A_SECOND = 15;
const CARD = { width: 1600, height: 1200 };
const FACE = { width: 960, height: 1280 };
const SWAY = 5; // pixels: no hand is quite still
const GRAIN = 2; // shades of grey, as a sensor has them in every picture
const REMEMBERED = "dopa-sample-camera";
const SEES_AFTER = 350; // milliseconds in which somebody has read what the page asks for
const STILL_ASKED = 3000; // then people move further

/** @typedef {{ card: Record<string, string>, face: string, moves: Record<string, string[]> }} Shown */
/** @typedef {(context: CanvasRenderingContext2D, time: number) => void} Scene */

/** @param {string} address */
async function picture(address) {
  return createImageBitmap(await (await fetch(address)).blob());
}

/**
 * A stream of the scene, and of what changes in it at once: a page that is slow to look must not
 * see what is over.
 * @param {{ width: number, height: number }} size
 * @param {Scene} scene
 */
function film(size, scene) {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, size);
  const context = contextOf(canvas);
  const stream = canvas.captureStream(FRAMES_A_SECOND);
  const [track] = stream.getVideoTracks();
  Object.defineProperty(track, "label", { value: "Sample camera" });
  const draw = () => scene(context, performance.now());
  const watcher = new MutationObserver(draw);
  const timer = setInterval(() => {
    if (track.readyState === "ended") {
      clearInterval(timer);
      watcher.disconnect();
    } else {
      draw();
    }
  }, 1000 / FRAMES_A_SECOND);
  const hint = document.querySelector("[data-dopa-hint]");
  if (hint) {
    watcher.observe(hint, { childList: true });
  }
  draw();
  return stream;
}

function grain() {
  const canvas = document.createElement("canvas");
  canvas.width = 256;
  canvas.height = 256;
  const context = contextOf(canvas);
  const pixels = context.createImageData(256, 256);
  for (let at = 0; at < pixels.data.length; at += 4) {
    pixels.data.fill(Math.random() < 0.5 ? 0 : 255, at, at + 3);
    pixels.data[at + 3] = Math.random() * GRAIN;
  }
  context.putImageData(pixels, 0, 0);
  return canvas;
}

/**
 * Draws what a hand holds before the lens, each time it is opened a little otherwise: no two films
 * of a person are the same. `turn` in degrees, `nearer` times as large.
 * @param {{ turn: number, nearer: number }} most
 * @returns {(context: CanvasRenderingContext2D, shown: ImageBitmap, time: number) => void}
 */
function hand({ turn, nearer }) {
  const noise = grain();
  const held = (2 * Math.random() - 1) * ((turn * Math.PI) / 180);
  const scale = nearer + 0.03 * Math.random();
  return (context, shown, time) => {
    const { width, height } = context.canvas;
    const high = (width * shown.height) / shown.width;
    context.save();
    context.translate(
      width / 2 + SWAY * Math.sin(time / 900),
      height / 2 + SWAY * Math.sin(time / 1300),
    );
    context.rotate(held);
    context.scale(scale, scale);
    context.drawImage(shown, -width / 2, -high / 2, width, high);
    context.restore();
    context.save();
    context.translate(-Math.random() * 256, -Math.random() * 256);
    context.fillStyle = /** @type {CanvasPattern} */ (context.createPattern(noise, "repeat"));
    context.fillRect(0, 0, width + 256, height + 256);
    context.restore();
  };
}

/** @param {Shown} shown */
async function filmCard(shown) {
  const wanted = document.querySelector("[data-dopa-explain] img")?.getAttribute("src") ?? "";
  if (wanted.includes("selfie")) {
    return filmFace(shown);
  }
  const side = await picture(shown.card[wanted.includes("card-back") ? "back" : "front"]);
  const draw = hand({ turn: 0, nearer: 1.01 });
  return film(CARD, (context, time) => draw(context, side, time));
}

/**
 * Straight ahead, but for what the page's hint asks for: a person reads it and follows.
 * @param {Shown} shown
 */
async function filmFace({ face, moves }) {
  const straight = await picture(face);
  const asked = Object.entries(moves).map(async ([words, addresses]) => {
    return /** @type {[string, ImageBitmap[]]} */ ([
      words,
      await Promise.all(addresses.map(picture)),
    ]);
  });
  const moved = new Map(await Promise.all(asked));
  const draw = hand({ turn: 2, nearer: 1.05 });
  let hint = "";
  let since = 0;
  return film(FACE, (context, time) => {
    const now = document.querySelector("[data-dopa-hint]")?.textContent ?? "";
    if (now !== hint) {
      hint = now;
      since = time;
    }
    const [first, further] = moved.get(hint) ?? [];
    const asked = time - since;
    const follows = asked > STILL_ASKED ? further : asked > SEES_AFTER && first;
    draw(context, follows || straight, time);
  });
}

function filmCode() {
  const code = codeOfOtherWindow();
  return film(CARD, (context) => drawCode(context, code()));
}

/** @param {string} address */
function takeTheCamerasPlace(address) {
  /** @param {MediaStreamConstraints} [asked] */
  async function getUserMedia(asked) {
    if (document.querySelector("[data-dopa-scan]")) {
      return filmCode();
    }
    /** @type {Shown} */
    const shown = await (await fetch(address)).json();
    const { facingMode } = /** @type {MediaTrackConstraints} */ (asked?.video ?? {});
    if (!shown.face) {
      throw new DOMException("nobody is chosen", "NotFoundError");
    }
    return facingMode === "user" ? filmFace(shown) : filmCard(shown);
  }
  // A page without TLS has no mediaDevices at all.
  const devices = navigator.mediaDevices ?? {};
  Object.defineProperty(devices, "getUserMedia", { value: getUserMedia, configurable: true });
  Object.defineProperty(navigator, "mediaDevices", { value: devices, configurable: true });
}

/** What this page says of the choice; without network, when it says nothing, what it said last. */
function addressOfCamera() {
  const chosen = document.querySelector("[data-dopa-sample-camera]");
  const address = chosen instanceof HTMLElement ? (chosen.dataset.dopaSampleCamera ?? "") : "";
  if (address || navigator.onLine) {
    sessionStorage.setItem(REMEMBERED, address);
  }
  return sessionStorage.getItem(REMEMBERED) ?? "";
}

const address = addressOfCamera();
if (address) {
  takeTheCamerasPlace(address);
}
