// @ts-check
// One side of the card: a guide frame, hints on light, a photo on a press.
import { draw, still } from "./camera.js";
import { CaptureForm } from "./capture-form.js";
import { find } from "./dom.js";

const LOOK_EVERY = 400;
const LONGEST = 2560;
const DARK = 55;
const GLARING = 250;
const GLARE_SHARE = 0.06;

const capture = new CaptureForm(find(document, "[data-dopa-card-capture]", HTMLFormElement), {
  facingMode: "environment",
  onOpen: look,
});
const canvas = document.createElement("canvas");

/**
 * Brightness and glare of the middle, where the card is.
 * @param {HTMLVideoElement} video
 */
function judge(video) {
  const context = draw(video, canvas, { longest: 160 });
  const { width, height } = canvas;
  const left = Math.round(width * 0.15);
  const top = Math.round(height * 0.2);
  const { data } = context.getImageData(left, top, width - 2 * left, height - 2 * top);
  let sum = 0;
  let glaring = 0;
  for (let at = 0; at < data.length; at += 4) {
    const light = (data[at] + data[at + 1] + data[at + 2]) / 3;
    sum += light;
    glaring += light > GLARING ? 1 : 0;
  }
  const pixels = data.length / 4;
  if (sum / pixels < DARK) {
    return "dark";
  }
  return glaring / pixels > GLARE_SHARE ? "glare" : "searching";
}

/** @param {HTMLVideoElement} video */
function look(video) {
  if (!capture.isOpen) {
    return;
  }
  if (video.videoWidth) {
    capture.hint(judge(video));
  }
  setTimeout(() => look(video), LOOK_EVERY);
}

capture.part("shutter")?.addEventListener("click", async () => {
  if (capture.video.videoWidth) {
    capture.take(await still(capture.video, { longest: LONGEST }));
  }
});
