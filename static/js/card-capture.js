// @ts-check
// One side of the card, taken by itself once it fills the frame, sharp and still; a press does it
// too. On the counter's page the same camera takes a person, by a press alone.
import { asJpeg, draw, hasTorch, setTorch, shownPart } from "./camera.js";
import { CaptureForm } from "./capture-form.js";
import { faultOf, judgeCard, judgeLight, LOOK_EVERY } from "./card-judge.js";
import { contextOf, find, part } from "./dom.js";
import { makeSmaller } from "./smaller-photo.js";

const SEEN_ASPECT = 4 / 3; // as capture.css shows it
const SMALL = { width: 320, height: 240 };
const DETAIL = { width: 320, height: 120 };
const FINEST = 720; // pixels of the whole picture's width, of which the detail is a part
const BUSY_SHARE = 0.25; // of the time of a slow phone
const GOOD_FOR = 700;
const LONGEST = 2560; // as registration/services/capture.py keeps it

const form = find(document, "[data-dopa-card-capture]", HTMLFormElement);
const ofCard = Boolean(form.querySelector("[data-dopa-frame]"));
const aspect = ofCard ? SEEN_ASPECT : undefined;
const capture = new CaptureForm(form, { facingMode: "environment", onOpen: begin });
makeSmaller(form, LONGEST);
const torch = part(form, "torch");
const canvas = document.createElement("canvas");
const small = Object.assign(document.createElement("canvas"), SMALL);
const detail = Object.assign(document.createElement("canvas"), DETAIL);
/** @type {import("./card-outline.js").Grey | null} */
let before = null;
let beforeAt = 0;
let goodSince = 0;
let lastWord = "";

/** @param {HTMLVideoElement} video */
function begin(video) {
  before = null;
  goodSince = 0;
  capture.hint(ofCard ? "searching" : "");
  torch.hidden = !hasTorch(video);
  torch.setAttribute("aria-pressed", "false");
  look(video, video.srcObject);
}

/**
 * @param {HTMLVideoElement} video
 * @param {HTMLVideoElement["srcObject"]} film another one is over
 */
function look(video, film) {
  if (!capture.isOpen || film !== video.srcObject) {
    return;
  }
  const began = performance.now();
  if (video.videoWidth && heed(video)) {
    take(video);
    return;
  }
  const busy = performance.now() - began;
  setTimeout(() => look(video, film), Math.max(LOOK_EVERY, busy / BUSY_SHARE));
}

/**
 * Say what is seen; true once it has been good for long enough.
 * @param {HTMLVideoElement} video
 */
function heed(video) {
  const now = Date.now();
  const seen = see(video, shownPart(video, aspect));
  if (!ofCard) {
    capture.hint(judgeLight(seen.small));
    return false;
  }
  const { word, grey } = judgeCard(seen, before, now - beforeAt);
  before = grey;
  beforeAt = now;
  if (word === lastWord || word === "good") {
    capture.hint(word); // not what is seen for a moment only
    part(form, "frame").dataset.seen = word;
  }
  lastWord = word;
  goodSince = word === "good" ? goodSince || now : 0;
  return goodSince > 0 && now - goodSince >= GOOD_FOR;
}

/**
 * What is judged of a picture.
 * @param {CanvasImageSource} source
 * @param {{ x: number, y: number, width: number, height: number }} shown
 */
function see(source, { x, y, width, height }) {
  const finest = Math.min(width / 2, FINEST); // two pixels in one: less grain
  const wide = (width * DETAIL.width) / FINEST;
  const high = (wide * DETAIL.height) / DETAIL.width;
  detail.width = Math.round((finest * DETAIL.width) / FINEST);
  detail.height = Math.round((detail.width * DETAIL.height) / DETAIL.width);
  return {
    small: pixels(small, source, [x, y, width, height]),
    detail: pixels(detail, source, [x + (width - wide) / 2, y + (height - high) / 2, wide, high]),
  };
}

/**
 * @param {HTMLCanvasElement} target
 * @param {CanvasImageSource} source
 * @param {[number, number, number, number]} from
 */
function pixels(target, source, from) {
  const context = contextOf(target);
  context.imageSmoothingQuality = "medium";
  context.drawImage(source, ...from, 0, 0, target.width, target.height);
  return context.getImageData(0, 0, target.width, target.height);
}

/**
 * A photo that cannot be read is doubted at once, not after the other side was photographed too.
 * @param {HTMLVideoElement} video
 */
async function take(video) {
  draw(video, canvas, { aspect, longest: LONGEST });
  capture.close();
  const { width, height } = canvas;
  showDoubt(ofCard ? faultOf(see(canvas, { x: 0, y: 0, width, height })) : "");
  capture.take(await asJpeg(canvas));
}

/**
 * Say what is wrong with the photo: to take it again comes first then, to use it stays possible.
 * @param {string} fault
 */
function showDoubt(fault) {
  const [use, again] = [part(form, "use"), part(form, "again")];
  part(form, "doubt").hidden = !fault;
  part(form, "doubt-text").textContent = fault && capture.word(`${fault}_photo`);
  part(form, "use-label").textContent = capture.word(fault ? "use_anyway" : "use");
  use.classList.toggle("button--secondary", Boolean(fault));
  again.classList.toggle("button--secondary", !fault);
  use.parentElement?.append(...(fault ? [again, use] : [use, again]));
}

part(form, "shutter").addEventListener("click", () => {
  // What is pressed while a photo is being taken by itself, or before the camera shows anything.
  if (capture.isOpen && capture.video.videoWidth) {
    take(capture.video);
  }
});

torch.addEventListener("click", async () => {
  const on = torch.getAttribute("aria-pressed") !== "true";
  if (await setTorch(capture.video, on)) {
    torch.setAttribute("aria-pressed", String(on));
  }
});
