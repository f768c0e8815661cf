// @ts-check
// Keeps the place in line true: asks as rarely as the last answer said, without cookies, and loads
// the page when it is the turn. The ticket itself no script can read.
import { find, part } from "./dom.js";
import { filled, isWorthSaying, pauseOf, waitIn } from "./line-words.js";
import { wordsOf } from "./words.js";

const box = part(document, "line");
const before = part(box, "before");
const wait = part(box, "wait");
const said = part(box, "line-said");
const mayMiss = part(box, "may-miss");
const standsStill = part(box, "stands-still");
const word = wordsOf(box);
const grouped = new Intl.NumberFormat("en");
let told = Number((before.textContent ?? "").replaceAll(/\D/g, ""));
let again = Number(box.dataset.dopaAgain);
let failed = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let next;

/** @param {import("./line-words.js").Standing} standing */
function show(standing) {
  const count = grouped.format(standing.before);
  const words = waitIn(standing, word);
  before.textContent = count;
  wait.textContent = words;
  mayMiss.hidden = !standing.may_miss;
  standsStill.hidden = !standing.stands_still;
  if (isWorthSaying(standing.before, told)) {
    told = standing.before;
    said.textContent = filled(word("said"), { before: count, wait: words });
  } else if (failed) {
    said.textContent = "";
  }
}

async function ask() {
  const answer = await fetch(box.dataset.dopaLine ?? "", {
    headers: { Accept: "application/json" },
    credentials: "omit",
    cache: "no-store",
  });
  if (!answer.ok) {
    throw new Error(`status ${answer.status}`);
  }
  return answer.json();
}

async function follow() {
  clearTimeout(next);
  try {
    const standing = await ask();
    if (standing.state !== "waiting") {
      find(document, "title", HTMLTitleElement).textContent = word("turn");
      location.reload();
      return;
    }
    show(standing);
    again = standing.again;
    failed = 0;
  } catch {
    failed += 1;
    said.textContent = word("offline");
  }
  next = setTimeout(follow, pauseOf(again, failed, Math.random()));
}

window.addEventListener("online", follow);
next = setTimeout(follow, pauseOf(again, 0, 0));
