// @ts-check
// A window that shows a digital ID lets the sample camera of another window see its code.

const CHANNEL = "dopa-sample-code";
const EVERY = 400; // milliseconds
const FORGOTTEN_AFTER = 2500;
const SCREEN = "#ffffff";
const DARK = "#10183f";
const ROOM = "#5c6270";

/** @typedef {{ box: string, path: string }} Code */

const code = document.querySelector("[data-dopa-qr]");
if (code instanceof SVGElement && "BroadcastChannel" in window) {
  const channel = new BroadcastChannel(CHANNEL);
  setInterval(() => {
    const path = code.querySelector("path")?.getAttribute("d");
    if (path && code.checkVisibility()) {
      channel.postMessage({ box: code.getAttribute("viewBox"), path });
    }
  }, EVERY);
}

/**
 * What another window shows now, or null.
 * @returns {() => Code | null}
 */
export function codeOfOtherWindow() {
  const channel = new BroadcastChannel(CHANNEL);
  /** @type {Code | null} */
  let last = null;
  let at = 0;
  channel.addEventListener("message", ({ data }) => {
    last = data;
    at = performance.now();
  });
  return () => (performance.now() - at < FORGOTTEN_AFTER ? last : null);
}

/**
 * The screen of a phone with the code on it; an empty room where there is none.
 * @param {CanvasRenderingContext2D} context
 * @param {Code | null} shown
 */
export function drawCode(context, shown) {
  const { width, height } = context.canvas;
  context.fillStyle = ROOM;
  context.fillRect(0, 0, width, height);
  if (!shown) {
    return;
  }
  const side = 0.8 * height;
  const scale = side / Number(shown.box.split(" ")[2]);
  context.save();
  context.translate((width - side) / 2, (height - side) / 2);
  context.fillStyle = SCREEN;
  context.fillRect(-0.05 * side, -0.05 * side, 1.1 * side, 1.1 * side);
  context.scale(scale, scale);
  context.fillStyle = DARK;
  context.fill(new Path2D(shown.path));
  context.restore();
}
