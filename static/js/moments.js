// Moments in the reader's language, in seconds of 1970.
const thai = document.documentElement.lang === "th";
const calendar = thai ? "th-TH-u-ca-buddhist-nu-latn" : "en-GB";

export function clockTime(seconds) {
  const options = { hour: "2-digit", minute: "2-digit", hour12: false };
  return new Date(seconds * 1000).toLocaleTimeString(calendar, options);
}

// "10:32 today", or with the day; `word` gives the page's sentences.
export function when(word, seconds) {
  const at = new Date(seconds * 1000);
  if (at.toDateString() === new Date().toDateString()) {
    return word("today").replace("{time}", clockTime(seconds));
  }
  const day = at.toLocaleDateString(calendar, { day: "numeric", month: "short" });
  return word("on_a_day").replace("{day}", day).replace("{time}", clockTime(seconds));
}
