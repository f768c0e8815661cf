// @ts-check
// The selfie, taken by itself: face in the oval, the head turns that were asked for, straight again.
import { asJpeg, cameraLabel, draw, shrink, still } from "./camera.js";
import { CaptureForm } from "./capture-form.js";
import { canHoldKey, pendingKey } from "./device-key.js";
import { find, findInput } from "./dom.js";
import { lightOf, loadGuide } from "./face-guide.js";
import { keepFrame, LEAST_FRAMES, NoMoreTurns, newRound, RoundOver, settle } from "./face-round.js";
import { fault, isOpen, looksStraight, notBack, STEPS } from "./face-rules.js";
import { closeRing, listSteps, markSteps, noSteps } from "./face-steps.js";

const PORTRAIT = 3 / 4;
const LOOKED_AT = 320; // pixels: enough for the detector, fast on a cheap phone
const FRAME = 640;
const ASK_AGAIN_AFTER = 1500; // where the connection was lost
const SELFIE = 1600;
const STILL_FOR = 700; // milliseconds that everything has to be right
const GIVE_UP_AFTER = 25_000; // then the button comes as well

const form = find(document, "[data-dopa-selfie-capture]", HTMLFormElement);
const canvas = document.createElement("canvas");
const small = document.createElement("canvas");
const capture = new CaptureForm(form, { facingMode: "user", onOpen: begin });
/** @type {Awaited<ReturnType<typeof loadGuide>> | null} */
let guide = null;
/** @type {Round | null} the one that is watched; another one is over */
let current = null;

// The key goes with the selfie: once this one is verified, the rest is accepted from here alone.
if (canHoldKey()) {
  pendingKey()
    .then((key) => {
      findInput(form, "[name=device_key]").value = JSON.stringify(key.publicKey);
    })
    .catch(() => {
      // A private window may refuse to store: the way then goes on from another device.
    });
}

/**
 * The models first: on a slow line they take long, and the turns' time begins when they are asked for.
 * @param {HTMLVideoElement} video
 */
async function begin(video) {
  capture.hint("loading");
  offerButton(false);
  current = null;
  try {
    const { dopaDetector = "", dopaModels = "" } = form.dataset;
    guide ??= await loadGuide(dopaDetector, dopaModels);
  } catch {
    offerButton(true);
    capture.hint("straight");
    return;
  }
  try {
    await startRound(video, guide);
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

const token = () => findInput(form, "[name=csrfmiddlewaretoken]").value;

/**
 * @param {HTMLVideoElement} video
 * @param {(canvas: HTMLCanvasElement) => Promise<FaceFacts[]>} watch
 */
async function startRound(video, watch) {
  const round = await newRound(form.dataset.dopaChallengeUrl ?? "", token());
  current = round;
  listSteps(form, round);
  look(video, round, watch);
}

/**
 * A press takes the photo, and an officer looks.
 * @param {string} sentence
 */
function withoutTurns(sentence) {
  current = null;
  noSteps(form);
  closeRing(form, 0);
  offerButton(true);
  capture.hint(sentence);
}

/**
 * @param {HTMLVideoElement} video
 * @param {Round} round
 * @param {(canvas: HTMLCanvasElement) => Promise<FaceFacts[]>} guide
 */
async function look(video, round, guide) {
  if (!capture.isOpen || round !== current) {
    return;
  }
  if (Date.now() > round.over) {
    capture.hint("step_over");
    startRound(video, guide).catch((error) => {
      withoutTurns(error instanceof NoMoreTurns ? error.message : "no_challenge");
    });
    return;
  }
  // What is judged is what is kept: on a slow phone the video is elsewhere by then.
  const last = round.straight && !round.step;
  round.seenAt = Date.now();
  draw(video, canvas, { aspect: PORTRAIT, longest: last ? SELFIE : FRAME });
  const context = shrink(canvas, small, LOOKED_AT);
  const faces = await guide(small);
  if (capture.isOpen && round === current && !(await judge(round, faces, context))) {
    offerButton(Date.now() - round.began > GIVE_UP_AFTER);
    requestAnimationFrame(() => look(video, round, guide));
  }
}

/**
 * One look at the face; true when the selfie has been taken.
 * @param {Round} round
 * @param {FaceFacts[]} faces
 * @param {CanvasRenderingContext2D} context
 */
async function judge(round, faces, context) {
  const asked = round.step;
  const [face] = faces;
  const wrong =
    fault(faces, (box) => lightOf(context, box)) ||
    (round.straight && !asked && notBack(face, round.straight));
  if (wrong && !(asked?.code === "come_closer" && wrong === "near")) {
    round.rightSince = 0;
    closeRing(form, 0);
    capture.hint(wrong);
    return false;
  }
  if (!round.straight) {
    return holdStraight(round, face, async () => {
      round.straight = face;
      await keepFrame(round, canvas);
      return false;
    });
  }
  if (asked) {
    await watchStep(round, face, round.straight, asked);
    return false;
  }
  return holdStraight(round, face, async () => {
    await finish(round);
    return true;
  });
}

/**
 * Call `then` once the face has looked straight ahead, eyes open, for a while.
 * @param {Round} round
 * @param {FaceFacts} face
 * @param {() => Promise<boolean>} then
 */
async function holdStraight(round, face, then) {
  if (!looksStraight(face) || !isOpen(face)) {
    round.rightSince = 0;
    capture.hint(looksStraight(face) ? "eyes" : "straight");
    return false;
  }
  round.rightSince ||= round.seenAt; // where a look takes long, one look is enough
  const share = (Date.now() - round.rightSince) / STILL_FOR;
  closeRing(form, share);
  capture.hint("face_still");
  if (share < 1) {
    return false;
  }
  round.rightSince = 0;
  closeRing(form, 0);
  return then();
}

/**
 * @param {Round} round
 * @param {FaceFacts} face
 * @param {FaceFacts} straight
 * @param {FaceStep} asked
 */
async function watchStep(round, face, straight, asked) {
  capture.hint(asked.sentence);
  const made = STEPS[asked.code](face, straight);
  await keepFrame(round, canvas, made);
  if (made && round.burst.length >= LEAST_FRAMES) {
    capture.hint("step_done");
    await learnNext(round);
    markSteps(form, round);
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
      return;
    } catch (error) {
      if (error instanceof RoundOver || error instanceof NoMoreTurns) {
        round.over = 0;
      } else {
        capture.hint("no_connection");
        await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_AFTER));
      }
    }
  }
}

/** @param {Round} round */
async function finish(round) {
  const photo = await asJpeg(canvas);
  const times = round.frames.map(({ taken }) => taken - round.frames[0].taken);
  /** @type {[string, Blob][]} */
  const frames = round.frames.map(({ picture }) => ["frames", new File([picture], "frame.jpg")]);
  capture.take(photo, [
    ...frames,
    ["frame_times", JSON.stringify(times)],
    ["challenge", round.id],
    ["camera", cameraLabel(capture.video)],
  ]);
}

/**
 * Without the detector, or when it finds nothing for long, a press takes the photo; an officer looks.
 * @param {boolean} offered
 */
function offerButton(offered) {
  const shutter = capture.part("shutter");
  if (offered && shutter.hidden) {
    capture.part("spoken").textContent = capture.word("manual");
  }
  shutter.hidden = !offered;
}

capture.part("shutter")?.addEventListener("click", async () => {
  capture.take(await still(capture.video, { aspect: PORTRAIT, longest: SELFIE }));
});
