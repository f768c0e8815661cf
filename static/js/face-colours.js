// @ts-check
// The screen's colours thrown on the face, one after the other and slowly, and a frame of each. Who
// wants none, or leaves in between, goes on without.
import { asJpeg, draw, holdWhite } from "./camera.js";
import { findInput, part } from "./dom.js";

const SHOWN_FOR = 700; // milliseconds; the portal takes none of less than 500
const LONGEST = 320; // pixels: the face's colour is looked at, and whose face it is
const QUALITY = 0.9;

/**
 * Pages that show none have no such choice. Whoever asked the system for less movement has made it.
 * @param {HTMLElement} form
 */
export function colourChoice(form) {
  if (!form.querySelector("[data-dopa-no-colours]")) {
    return () => false;
  }
  const without = findInput(form, "[data-dopa-no-colours]");
  without.checked ||= matchMedia("(prefers-reduced-motion: reduce)").matches;
  return () => !without.checked;
}

/**
 * A frame for each colour of the step in the round's burst; none where the person left.
 * @param {HTMLElement} form
 * @param {HTMLVideoElement} video
 * @param {Round} round
 * @param {() => boolean} isOver
 */
export async function showColours(form, video, round, isOver) {
  const canvas = document.createElement("canvas");
  const live = part(form, "live");
  const leave = part(form, "leave-colours");
  const before = document.activeElement;
  const left = new AbortController();
  leave.addEventListener("click", () => left.abort(), { signal: left.signal });
  document.addEventListener("keydown", ({ key }) => key === "Escape" && left.abort(), {
    signal: left.signal,
  });
  round.burst = [];
  await holdWhite(video);
  live.dataset.dopaLit = "";
  leave.hidden = false;
  leave.focus({ preventScroll: true });
  for (const colour of round.step?.screen ?? []) {
    live.style.setProperty("--screen", colour);
    await shown(left.signal);
    if (left.signal.aborted || isOver()) {
      round.burst = [];
      break;
    }
    draw(video, canvas, { aspect: 3 / 4, longest: LONGEST });
    const taken = Date.now();
    round.burst.push({ picture: await asJpeg(canvas, QUALITY), taken });
  }
  left.abort();
  leave.hidden = true;
  delete live.dataset.dopaLit;
  if (before instanceof HTMLElement) {
    before.focus({ preventScroll: true });
  }
}

/**
 * Once a colour has stood for its time, or at once when the person leaves.
 * @param {AbortSignal} left
 * @returns {Promise<void>}
 */
function shown(left) {
  return new Promise((resolve) => {
    setTimeout(resolve, SHOWN_FOR);
    left.addEventListener("abort", () => resolve());
  });
}
