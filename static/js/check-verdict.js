// @ts-check
// Puts the API's answer on the page: icon, colour and words, and what the holder shows.
import { findAll, findInput, part } from "./dom.js";

/** @type {Record<string, string>} */
const MARKS = {
  valid: "good",
  too_old: "again",
  replayed: "again",
  wrong_clock: "again",
  own_clock: "again",
  connect: "connect", // only without network
};

/**
 * An ISO date that may lack day and month, in the reader's calendar.
 * @param {string} text
 */
function peopleDate(text) {
  const [year, month, day] = text.split("-").map(Number);
  const language = document.documentElement.lang === "th" ? "th-TH-u-ca-buddhist-nu-latn" : "en-GB";
  /** @type {Intl.DateTimeFormatOptions} */
  const asked = {
    ...(day && { day: "numeric" }),
    ...(month && { month: "short" }),
    year: "numeric",
    timeZone: "UTC",
  };
  const parts = new Intl.DateTimeFormat(language, asked).formatToParts(
    new Date(Date.UTC(year, (month || 1) - 1, day || 1)),
  );
  const wanted = parts.filter(({ type }) => ["day", "month", "year"].includes(type));
  return wanted.map(({ value }) => value).join(" ");
}

/**
 * @param {HTMLElement} place
 * @param {string | boolean} value
 */
function fill(place, value) {
  if (place instanceof HTMLImageElement) {
    place.src = String(value);
    place.hidden = !value; // a digital ID of the pilot has no photo
  } else if (place.dataset.yes) {
    place.textContent = (value ? place.dataset.yes : place.dataset.no) ?? "";
  } else if (place.hasAttribute("data-dopa-date")) {
    place.textContent = value ? peopleDate(String(value)) : (place.dataset.none ?? "-");
  } else {
    place.textContent = String(value || "-");
  }
}

/**
 * One level: `ages` becomes age_18 and so on.
 * @param {ShownFacts} facts
 * @returns {Record<string, string | boolean | null>}
 */
function flat({ ages = {}, ...rest }) {
  const reached = Object.entries(ages).map(([age, is]) => [`age_${age}`, is]);
  return { ...rest, ...Object.fromEntries(reached) };
}

/**
 * A valid code proves the phone, not the hand that holds it: green is the checker's own word.
 * @param {HTMLElement} panel
 * @param {ShownFacts | null | undefined} shown
 */
function askForComparison(panel, shown) {
  const tick = findInput(panel, "[data-dopa-same-person]");
  tick.checked = false;
  tick.onchange = () => {
    panel.dataset.is = tick.checked ? "good" : "compare";
  };
  if (shown) {
    panel.dataset.is = "compare";
    part(panel, "with-photo").hidden = !shown.photo;
    part(panel, "without-photo").hidden = Boolean(shown.photo);
  }
}

/**
 * @param {HTMLElement} page
 * @param {Verdict} found
 */
export function showVerdict(page, { verdict, sentence, shown, offline = "" }) {
  const panel = part(page, "verdict");
  const rests = part(panel, "offline");
  rests.hidden = !offline;
  rests.textContent = offline;
  panel.dataset.is = MARKS[verdict] ?? "bad";
  askForComparison(panel, shown);
  panel.dataset.verdict = verdict;
  part(panel, "sentence").textContent = sentence;
  part(panel, "checked-at").textContent = new Date().toLocaleTimeString(
    document.documentElement.lang,
    { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false },
  );
  const holder = part(panel, "shown");
  holder.hidden = !shown;
  const told = shown ? flat(shown) : {};
  for (const place of findAll(holder, "[data-dopa-value]", HTMLElement)) {
    const value = place.dataset.dopaValue ?? "";
    (place.closest("dl > div") ?? place).toggleAttribute("hidden", !(value in told));
    if (value in told) {
      fill(place, told[value] ?? "");
    }
  }
  panel.hidden = false;
  panel.focus({ preventScroll: true });
  panel.scrollIntoView({ block: "nearest" });
  if (navigator.userActivation?.hasBeenActive) {
    navigator.vibrate?.(verdict === "valid" ? 80 : [80, 60, 80]);
  }
}

/** @param {HTMLElement} page */
export function hideVerdict(page) {
  const panel = part(page, "verdict");
  panel.hidden = true;
  for (const place of panel.querySelectorAll("[data-dopa-value]")) {
    if (place instanceof HTMLImageElement) {
      place.removeAttribute("src");
    } else {
      place.textContent = "";
    }
  }
}
