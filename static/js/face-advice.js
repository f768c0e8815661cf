// @ts-check
// What one look at the face says: the hint, how far the ring has closed, and what is to be done.
// A look may take a second on a cheap phone: one is enough wherever one can be.
import { mayFollow } from "./face-round.js";
import { fault, isAside, isOpen, looksStraight, notBack, STEPS } from "./face-rules.js";

const STILL_FOR = 700; // milliseconds that everything has to be right

/**
 * `act`: "straight" the face to measure by; "frame" one of the step that is asked for; "colours" those of the screen; "finish" the
 * selfie.
 * @typedef {{ hint: string, ring: number, act: "" | "straight" | "frame" | "colours" | "finish" }} Advice
 */

/**
 * @param {Round} round whose `seenAt` is when the picture was taken
 * @param {FaceFacts[]} faces
 * @param {(box: FaceFacts["box"]) => number} lightOf
 * @param {number} now
 * @returns {Advice}
 */
export function advise(round, faces, lightOf, now) {
  const { straight, step } = round;
  const [face] = faces;
  const coloured = step?.code === "colours";
  const ahead = straight && (coloured || !step);
  const wrong = fault(faces, lightOf) || (ahead && notBack(face, straight));
  const allowed = straight && step?.code === "come_closer" && wrong === "near";
  if (wrong && !allowed) {
    round.rightSince = 0;
    return { hint: wrong, ring: 0, act: "" };
  }
  if (straight && step && !coloured) {
    round.made ||= mayFollow(round) && STEPS[step.code](face, straight);
    const aside = !round.made && step.code === "look_up" && isAside(face, straight);
    return { hint: aside ? "straight" : step.sentence, ring: 0, act: "frame" };
  }
  return holdStraight(round, face, now);
}

/**
 * The face has to look straight ahead, eyes open, for a while.
 * @param {Round} round
 * @param {FaceFacts} face
 * @param {number} now
 * @returns {Advice}
 */
function holdStraight(round, face, now) {
  if (!looksStraight(face) || !isOpen(face)) {
    round.rightSince = 0;
    return { hint: looksStraight(face) ? "eyes" : "straight", ring: 0, act: "" };
  }
  round.rightSince ||= round.seenAt; // where a look takes long, one look is enough
  const ring = (now - round.rightSince) / STILL_FOR;
  if (ring < 1) {
    return { hint: "face_still", ring, act: "" };
  }
  round.rightSince = 0;
  return { hint: "face_still", ring: 0, act: next(round) };
}

/**
 * What comes once the face has been held straight ahead.
 * @param {Round} round
 * @returns {Advice["act"]}
 */
function next({ straight, step }) {
  if (!straight) {
    return "straight";
  }
  return step ? "colours" : "finish";
}
