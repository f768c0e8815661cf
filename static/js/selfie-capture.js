// The selfie, taken by itself: face in the oval, the head turns that were asked for, straight again.
import { asJpeg, draw, shrink, still } from "./camera.js";
import { CaptureForm } from "./capture-form.js";
import { canHoldKey, pendingKey } from "./device-key.js";
import { lightOf, loadGuide } from "./face-guide.js";

const PORTRAIT = 3 / 4;
const LOOKED_AT = 320; // pixels: enough for the detector, fast on a cheap phone
const FRAME = 640;
const SELFIE = 1600;
const STILL_FOR = 700; // milliseconds that everything has to be right
const GIVE_UP_AFTER = 25_000; // then the button comes as well
const STEPS = {
  turn_left: (now, straight) => now.turn - straight.turn > 0.11,
  turn_right: (now, straight) => straight.turn - now.turn > 0.11,
  // Seen from nearer, a face seems lifted as well: that is the other movement.
  look_up: (now, straight) => straight.lift - now.lift > 0.07 && now.eyes < 1.12 * straight.eyes,
  come_closer: (now, straight) => now.eyes > 1.18 * straight.eyes,
};

const form = document.querySelector("[data-dopa-selfie-capture]");
const canvas = document.createElement("canvas");
const small = document.createElement("canvas");
const capture = new CaptureForm(form, { facingMode: "user", onOpen: begin });
let guide = null;
let round = null;

// The key goes with the selfie: once this one is verified, the rest is accepted from here alone.
if (canHoldKey()) {
  pendingKey()
    .then((key) => {
      form.querySelector("[name=device_key]").value = JSON.stringify(key.publicKey);
    })
    .catch(() => {
      // A private window may refuse to store: the way then goes on from another device.
    });
}

/** What is wrong with the face's place and light, or an empty string. */
function fault(faces, context) {
  if (faces.length !== 1) {
    return faces.length ? "several" : "no_face";
  }
  const [face] = faces;
  if (face.size < 0.28) {
    return "far";
  }
  if (face.size > 0.85) {
    return "near";
  }
  if (Math.abs(face.x - 0.5) > 0.17 || Math.abs(face.y - 0.5) > 0.2) {
    return "centre";
  }
  const light = lightOf(context, face.box);
  if (light < 55) {
    return "face_dark";
  }
  return light > 235 ? "face_bright" : "";
}

const looksStraight = (face) => Math.abs(face.turn) < 0.28 && Math.abs(face.tilt) < 14;

async function begin(video) {
  capture.hint("loading");
  offerButton(false);
  try {
    round = await newRound();
  } catch (error) {
    if (error instanceof NoMoreTurns) {
      withoutTurns(error.message);
      return;
    }
    capture.close();
    capture.show("explain");
    capture.trouble("no_challenge");
    return;
  }
  try {
    guide ??= await loadGuide(form.dataset.dopaDetector, form.dataset.dopaModels);
  } catch {
    offerButton(true);
    capture.hint("straight");
    return;
  }
  listSteps();
  look(video);
}

/** The portal asks for no more head turns of this person; the message is a sentence for them. */
class NoMoreTurns extends Error {}

/** A press takes the photo, and an officer looks. */
function withoutTurns(sentence) {
  round = null;
  capture.part("challenge-steps").replaceChildren();
  progress(0);
  offerButton(true);
  capture.hint(sentence);
}

async function newRound() {
  const answer = await fetch(form.dataset.dopaChallengeUrl, {
    method: "POST",
    headers: { "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value },
  });
  if (answer.status === 409) {
    throw new NoMoreTurns((await answer.json()).detail);
  }
  if (!answer.ok) {
    throw new Error("no challenge");
  }
  const challenge = await answer.json();
  return {
    id: challenge.id,
    steps: challenge.steps,
    over: Date.now() + 1000 * (challenge.seconds - 30),
    done: 0,
    straight: null,
    frames: [],
    times: [],
    rightSince: 0,
    began: Date.now(),
  };
}

async function look(video) {
  if (!capture.isOpen) {
    return;
  }
  if (Date.now() > round.over) {
    capture.hint("step_over");
    try {
      round = await newRound();
    } catch (error) {
      withoutTurns(error instanceof NoMoreTurns ? error.message : "no_challenge");
      return;
    }
    listSteps();
  }
  // What is judged is what is kept: on a slow phone the video is elsewhere by then.
  const last = round.straight && round.done === round.steps.length;
  round.seenAt = Date.now();
  draw(video, canvas, { aspect: PORTRAIT, longest: last ? SELFIE : FRAME });
  const context = shrink(canvas, small, LOOKED_AT);
  const faces = await guide(small);
  if (capture.isOpen && !(await judge(faces, context))) {
    offerButton(Date.now() - round.began > GIVE_UP_AFTER);
    requestAnimationFrame(() => look(video));
  }
}

/** One look at the face; true when the selfie has been taken. */
async function judge(faces, context) {
  const wrong = fault(faces, context);
  const asked = round.steps[round.done];
  if (wrong && !(asked?.code === "come_closer" && wrong === "near")) {
    round.rightSince = 0;
    capture.hint(wrong);
    return false;
  }
  const [face] = faces;
  if (!round.straight) {
    return holdStraight(face, async () => {
      round.straight = face;
      await keepFrame();
      return false;
    });
  }
  if (asked) {
    await watchStep(face, asked);
    return false;
  }
  return holdStraight(face, async () => {
    await finish();
    return true;
  });
}

/** Call `then` once the face has looked straight ahead, eyes open, for a while. */
async function holdStraight(face, then) {
  if (!looksStraight(face) || face.open < 0.08) {
    round.rightSince = 0;
    capture.hint(looksStraight(face) ? "eyes" : "straight");
    return false;
  }
  round.rightSince ||= round.seenAt; // where a look takes long, one look is enough
  const share = (Date.now() - round.rightSince) / STILL_FOR;
  progress(share);
  capture.hint("face_still");
  if (share < 1) {
    return false;
  }
  round.rightSince = 0;
  progress(0);
  return then();
}

async function watchStep(face, asked) {
  capture.hint(asked.sentence);
  if (STEPS[asked.code](face, round.straight)) {
    await keepFrame();
    round.done += 1;
    markSteps();
    capture.hint("step_done");
  }
}

async function keepFrame() {
  round.frames.push(await asJpeg(canvas));
  round.times.push(Date.now());
}

async function finish() {
  const photo = await asJpeg(canvas);
  const times = round.times.map((time) => time - round.times[0]);
  const frames = round.frames.map((frame) => ["frames", new File([frame], "frame.jpg")]);
  capture.take(photo, [...frames, ["frame_times", JSON.stringify(times)], ["challenge", round.id]]);
}

/** Without the detector, or when it finds nothing for long, a press takes the photo; an officer looks. */
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

function listSteps() {
  const items = round.steps.map(() => document.createElement("li"));
  capture.part("challenge-steps").replaceChildren(...items);
  markSteps();
}

function markSteps() {
  [...capture.part("challenge-steps").children].forEach((item, place) => {
    item.dataset.step = place < round.done ? "done" : place === round.done ? "now" : "";
  });
}

function progress(share) {
  const ring = capture.part("progress");
  ring.setAttribute("stroke-dasharray", `${Math.round(100 * Math.min(1, share))} 100`);
}
