// Puts the API's answer on the page: icon, colour and words, and what the holder shows.
const MARKS = {
  valid: "good",
  too_old: "again",
  replayed: "again",
  wrong_clock: "again",
  own_clock: "again",
  connect: "connect", // only without network
};

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
  } else if (place.dataset.yes) {
    place.textContent = value ? place.dataset.yes : place.dataset.no;
  } else if (place.hasAttribute("data-dopa-date")) {
    place.textContent = value ? peopleDate(value) : (place.dataset.none ?? "-");
  } else {
    place.textContent = value || "-";
  }
}

// One level: `ages` becomes age_18 and so on.
function flat({ ages = {}, ...rest }) {
  const reached = Object.entries(ages).map(([age, is]) => [`age_${age}`, is]);
  return { ...rest, ...Object.fromEntries(reached) };
}

// A valid code proves the phone, not the hand that holds it: green is the checker's own word.
function askForComparison(panel, shown) {
  const tick = panel.querySelector("[data-dopa-same-person]");
  tick.checked = false;
  tick.onchange = () => {
    panel.dataset.is = tick.checked ? "good" : "compare";
  };
  if (shown) {
    panel.dataset.is = "compare";
    panel.querySelector("[data-dopa-with-photo]").hidden = !shown.photo;
    panel.querySelector("[data-dopa-without-photo]").hidden = Boolean(shown.photo);
  }
}

// `offline` says what a judgement without network rests on.
export function showVerdict(page, { verdict, sentence, shown, offline = "" }) {
  const panel = page.querySelector("[data-dopa-verdict]");
  const rests = panel.querySelector("[data-dopa-offline]");
  rests.hidden = !offline;
  rests.textContent = offline;
  panel.dataset.is = MARKS[verdict] ?? "bad";
  askForComparison(panel, shown);
  panel.dataset.verdict = verdict;
  panel.querySelector("[data-dopa-sentence]").textContent = sentence;
  panel.querySelector("[data-dopa-checked-at]").textContent = new Date().toLocaleTimeString(
    document.documentElement.lang,
    { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false },
  );
  const holder = panel.querySelector("[data-dopa-shown]");
  holder.hidden = !shown;
  const told = shown ? flat(shown) : {};
  for (const place of holder.querySelectorAll("[data-dopa-value]")) {
    const value = place.dataset.dopaValue;
    (place.closest("dl > div") ?? place).hidden = !(value in told);
    if (value in told) {
      fill(place, told[value]);
    }
  }
  panel.hidden = false;
  panel.focus({ preventScroll: true });
  panel.scrollIntoView({ block: "nearest" });
  if (navigator.userActivation?.hasBeenActive) {
    navigator.vibrate?.(verdict === "valid" ? 80 : [80, 60, 80]);
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
