// @ts-check
// The selfie, taken by itself: face in the oval, the head turns that were asked for, straight again.
import { asJpeg, cameraLabel, draw, holdExposure, letExposureGo, shrink, still } from "./camera.js";
import { CaptureForm } from "./capture-form.js";
import { offerKey } from "./device-key.js";
import { find, findInput } from "./dom.js";
import { advise } from "./face-advice.js";
import { colourChoice, showColours } from "./face-colours.js";
import { lightOf } from "./face-guide.js";
import {
  entriesOf,
  keepFrame,
  LEAST_FRAMES,
  NoMoreTurns,
  newRound,
  RoundOver,
  settle,
} from "./face-round.js";
import { fault } from "./face-rules.js";
import { closeRing, listSteps, markSteps, noSteps, showMove } from "./face-steps.js";
import { fetchGuide, learnPoses } from "./guide-loading.js";
import { makeSmaller } from "./smaller-photo.js";

/** @typedef {import("./face-guide.js").Guide} Guide */
const PORTRAIT = 3 / 4;
const LOOKED_AT = 320; // pixels: enough for the detector, fast on a cheap phone
const FRAME = 640;
const ASK_AGAIN_AFTER = 1500; // where the connection was lost
const SELFIE = 1600;
const GIVE_UP_AFTER = 25_000; // then the button comes as well

const form = find(document, "[data-dopa-selfie-capture]", HTMLFormElement);
const canvas = document.createElement("canvas");
const small = document.createElement("canvas");
const capture = new CaptureForm(form, { facingMode: "user", onOpen: begin });
makeSmaller(form, SELFIE);
const mayColour = colourChoice(form);
/** @type {Promise<Guide> | null} */
let guide = null;
/** @type {Round | null} the one that is watched; another one is over */
let current = null;
let readyAt = 0; // when the guide could first see how the head is held

// Once this selfie is verified, the rest is accepted from here alone; where there is no rest, no key.
if (form.querySelector("[name=device_key]")) {
  offerKey(findInput(form, "[name=device_key]"));
}

/**
 * What the first hint needs comes first, the rest while the face finds its place. No time runs
 * before all of it is here.
 * @param {HTMLVideoElement} video
 */
async function begin(video) {
  capture.hint("loading");
  offerButton(false);
  current = null;
  readyAt = 0;
  const film = video.srcObject;
  try {
    guide ??= fetchGuide(form, () => offerButton(capture.isOpen));
    await findPlace(video, film, await guide);
  } catch {
    guide = null;
    if (film === video.srcObject) {
      withoutTurns("straight");
    }
  }
}

const pause = (/** @type {number} */ time) => new Promise((resolve) => setTimeout(resolve, time));

/**
 * Until the face is well placed and the guide is whole; then the first head turn is asked for.
 * @param {HTMLVideoElement} video
 * @param {HTMLVideoElement["srcObject"]} film another one is over
 * @param {Guide} watch
 */
async function findPlace(video, film, watch) {
  while (capture.isOpen && film === video.srcObject) {
    await learnPoses(watch);
    const context = takeFrame(video, FRAME);
    const wrong = fault(await watch.place(small), (box) => lightOf(context, box));
    if (watch.posed) {
      readyAt ||= Date.now();
      if (!wrong) {
        await startRound(video, watch);
        return;
      }
      offerButton(Date.now() - readyAt > GIVE_UP_AFTER);
    }
    capture.hint(wrong || "face_wait");
    await new Promise(requestAnimationFrame);
  }
}

/**
 * What is judged is what is kept: on a slow phone the video is elsewhere by then.
 * @param {HTMLVideoElement} video
 * @param {number} longest
 */
function takeFrame(video, longest) {
  draw(video, canvas, { aspect: PORTRAIT, longest });
  return shrink(canvas, small, LOOKED_AT);
}

const token = () => findInput(form, "[name=csrfmiddlewaretoken]").value;

/**
 * @param {HTMLVideoElement} video
 * @param {Guide} watch
 */
async function startRound(video, watch) {
  current = null;
  await letExposureGo(video);
  try {
    const round = await newRound(form.dataset.dopaChallengeUrl ?? "", token(), mayColour());
    current = round;
    listSteps(form, round);
    look(video, round, watch);
  } catch (error) {
    if (error instanceof NoMoreTurns) {
      withoutTurns(error.message);
    } else {
      capture.close();
      capture.show("explain");
      capture.trouble("no_challenge");
    }
  }
}

/**
 * A press takes the photo, and an officer looks.
 * @param {string} sentence
 */
function withoutTurns(sentence) {
  current = null;
  noSteps(form);
  closeRing(form, 0);
  showMove(form, "");
  offerButton(true);
  capture.hint(sentence);
}

/**
 * @param {HTMLVideoElement} video
 * @param {Round} round
 * @param {Guide} watch
 */
async function look(video, round, watch) {
  while (capture.isOpen && round === current) {
    if (Date.now() > round.over) {
      capture.hint("step_over");
      await startRound(video, watch);
      return;
    }
    const last = round.straight && !round.step;
    round.seenAt = Date.now();
    const context = takeFrame(video, last ? SELFIE : FRAME);
    const faces = await watch.look(small);
    if (capture.isOpen && round === current && (await follow(round, faces, context))) {
      return;
    }
    offerButton(Date.now() - readyAt > GIVE_UP_AFTER);
    await new Promise(requestAnimationFrame);
  }
}

/**
 * Do what a look at the face advises; true when the selfie has been taken.
 * @param {Round} round
 * @param {FaceFacts[]} faces
 * @param {CanvasRenderingContext2D} context
 */
async function follow(round, faces, context) {
  const { hint, ring, act } = advise(round, faces, (box) => lightOf(context, box), Date.now());
  capture.hint(hint);
  closeRing(form, ring);
  showMove(form, act === "frame" ? (round.step?.code ?? "") : "");
  if (act === "straight") {
    [round.straight] = faces;
    await keepFrame(round, canvas);
    await holdExposure(capture.video);
  } else if (act === "frame") {
    await keepFrame(round, canvas);
    await learnNextIfMade(round);
  } else if (act === "colours") {
    await showColours(form, capture.video, round, () => !capture.isOpen || round !== current);
    await learnNext(round);
  } else if (act === "finish") {
    capture.take(await asJpeg(canvas), entriesOf(round, cameraLabel(capture.video)));
    return true;
  }
  return false;
}

/**
 * A movement that was seen once is made, though a burst may still lack frames.
 * @param {Round} round
 */
async function learnNextIfMade(round) {
  if (round.made && round.burst.length >= LEAST_FRAMES) {
    showMove(form, "");
    capture.hint("step_done");
    await learnNext(round);
  }
}

/**
 * Tell the portal that a step is made; while there is no connection, again and again.
 * @param {Round} round
 */
async function learnNext(round) {
  while (round === current && Date.now() < round.over) {
    try {
      await settle(round, form.dataset.dopaStepUrl ?? "", token());
      markSteps(form, round);
      return;
    } catch (error) {
      if (error instanceof RoundOver || error instanceof NoMoreTurns) {
        round.over = 0;
      } else {
        capture.hint("no_connection");
        await pause(ASK_AGAIN_AFTER);
      }
    }
  }
}

/**
 * Where the guide does not run, or nothing is found for long, a press takes the photo. What that
 * costs stands beside the button.
 * @param {boolean} offered
 */
function offerButton(offered) {
  const way = capture.part("manual");
  if (offered && way.hidden) {
    capture.speak(capture.part("cost").textContent);
  }
  way.hidden = !offered;
}

capture.part("shutter").addEventListener("click", async () => {
  if (capture.isOpen && capture.video.videoWidth) {
    capture.take(await still(capture.video, { aspect: PORTRAIT, longest: SELFIE }));
  }
});
