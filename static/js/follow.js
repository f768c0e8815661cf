// @ts-check
// Follows a job: asks for its state every second, shows the stage, goes on when it is over.
import { findAll, part } from "./dom.js";
import { wordsOf } from "./words.js";

const box = part(document, "follow");
const said = box.querySelector("[data-dopa-follow-said]");
const word = wordsOf(box);
const step = box.dataset.dopaStep;
const SLOW_AFTER = 30_000;
const LONGEST_PAUSE = 15_000;
const usual = 1000 * Number(box.dataset.dopaSlow ?? 1);
const began = Date.now();
let firstStep = step || null; // without a step, whatever comes first is waited to change
let pause = usual;

/** @param {string} text */
function say(text) {
  if (said && said.textContent !== text) {
    said.textContent = text;
  }
}

/**
 * Stages before the running one are done, those after it wait.
 * @param {string} code
 */
function showStage(code) {
  const stages = findAll(box, "[data-dopa-stage]", HTMLElement);
  const now = stages.findIndex((stage) => stage.dataset.dopaStage === code);
  stages.forEach((stage, place) => {
    if (now >= 0) {
      stage.dataset.stageIs = place < now ? "done" : place === now ? "now" : "waiting";
      stage.toggleAttribute("aria-current", place === now);
    }
  });
}

async function ask() {
  const answer = await fetch(box.dataset.dopaFollow ?? "", {
    headers: { Accept: "application/json" },
    cache: "no-store",
  });
  if (!answer.ok) {
    throw new Error(`status ${answer.status}`);
  }
  return answer.json();
}

async function follow() {
  try {
    const { step: current, stage, next } = await ask();
    firstStep ??= current;
    if (current !== firstStep) {
      for (const done of findAll(box, "[data-dopa-stage]", HTMLElement)) {
        done.dataset.stageIs = "done";
      }
      say(word("ready"));
      location.replace(next);
      return;
    }
    showStage(stage);
    pause = usual;
    say(Date.now() - began > SLOW_AFTER ? word("slow") : "");
  } catch {
    pause = Math.min(2 * pause, LONGEST_PAUSE);
    say(word("offline"));
  }
  setTimeout(follow, pause);
}

window.addEventListener("online", () => {
  pause = usual;
});
follow();
