// Puts the API's answer on the page: icon, colour and words, and what the holder shows.
const MARKS = { valid: "good", too_old: "again", replayed: "again", wrong_clock: "again" };

// An ISO date that may lack day and month, in the reader's calendar.
function peopleDate(text) {
  const [year, month, day] = text.split("-").map(Number);
  const language = document.documentElement.lang === "th" ? "th-TH-u-ca-buddhist-nu-latn" : "en-GB";
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

function fill(place, value) {
  if (place instanceof HTMLImageElement) {
    place.src = value;
    place.hidden = !value; // a digital ID of the pilot has no photo
  } else if (place.hasAttribute("data-dopa-date")) {
    place.textContent = value ? peopleDate(value) : (place.dataset.none ?? "-");
  } else {
    place.textContent = value || "-";
  }
}

export function showVerdict(page, { verdict, sentence, shown }) {
  const panel = page.querySelector("[data-dopa-verdict]");
  panel.dataset.is = MARKS[verdict] ?? "bad";
  panel.dataset.verdict = verdict;
  panel.querySelector("[data-dopa-sentence]").textContent = sentence;
  panel.querySelector("[data-dopa-checked-at]").textContent = new Date().toLocaleTimeString(
    document.documentElement.lang,
    { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false },
  );
  const holder = panel.querySelector("[data-dopa-shown]");
  holder.hidden = !shown;
  for (const place of shown ? holder.querySelectorAll("[data-dopa-value]") : []) {
    fill(place, shown[place.dataset.dopaValue]);
  }
  panel.hidden = false;
  panel.focus({ preventScroll: true });
  panel.scrollIntoView({ block: "nearest" });
  if (navigator.userActivation?.hasBeenActive) {
    navigator.vibrate?.(panel.dataset.is === "good" ? 80 : [80, 60, 80]);
  }
}

export function hideVerdict(page) {
  const panel = page.querySelector("[data-dopa-verdict]");
  panel.hidden = true;
  for (const place of panel.querySelectorAll("[data-dopa-value]")) {
    if (place instanceof HTMLImageElement) {
      place.removeAttribute("src");
    } else {
      place.textContent = "";
    }
  }
}
