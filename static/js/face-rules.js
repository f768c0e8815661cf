// @ts-check
// What the selfie's page asks of a face before it takes the picture. Hints only: the server judges.

const LIFTED = 0.07;
const TURNED = 0.19; // a little further than the server asks, which measures with another model

/**
 * Whether an asked movement was made, against the face that looked straight ahead.
 * @type {Record<string, (now: FaceFacts, straight: FaceFacts) => boolean>}
 */
export const STEPS = {
  turn_left: (now, straight) => now.turn - straight.turn > TURNED,
  turn_right: (now, straight) => straight.turn - now.turn > TURNED,
  // Seen from the side or from nearer a face seems lifted as well: that is the other movement.
  look_up: (now, straight) =>
    straight.lift - now.lift > LIFTED && now.eyes < 1.12 * straight.eyes && !isAside(now, straight),
  come_closer: (now, straight) => now.eyes > 1.18 * straight.eyes,
};

/**
 * Turned so far to a side that nobody can tell whether it is lifted.
 * @param {FaceFacts} now
 * @param {FaceFacts} straight
 */
export const isAside = (now, straight) => Math.abs(now.turn - straight.turn) >= 0.15;

/**
 * What is wrong with the face's place and light, or an empty string.
 * @param {FacePlace[]} faces
 * @param {(box: FaceFacts["box"]) => number} lightOf brightness of a part of the picture, 0 to 255
 */
export function fault(faces, lightOf) {
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
  const light = lightOf(face.box);
  if (light < 55) {
    return "face_dark";
  }
  return light > 235 ? "face_bright" : "";
}

/**
 * What a face still does that had looked straight ahead before, or an empty string once it is back
 * there. From nearby a lens bends a face, and the picture lacks what is around it: judged by such a
 * picture, a living face looks less so.
 * @param {FaceFacts} now
 * @param {FaceFacts} straight
 */
export function notBack(now, straight) {
  if (now.eyes > 1.09 * straight.eyes) {
    return "near";
  }
  const moved = Object.values(STEPS).some((made) => made(now, straight));
  return moved || straight.lift - now.lift > LIFTED ? "straight" : "";
}

/** @param {FaceFacts} face */
export const looksStraight = (face) => Math.abs(face.turn) < 0.28 && Math.abs(face.tilt) < 14;

/** @param {FaceFacts} face */
export const isOpen = (face) => face.open >= 0.08;
