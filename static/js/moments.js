// @ts-check
// Moments in the reader's language, in seconds of 1970.
const calendar = () =>
  document.documentElement.lang === "th" ? "th-TH-u-ca-buddhist-nu-latn" : "en-GB";

/** @param {number} seconds */
export function clockTime(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString(calendar(), {
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
  });
}

/**
 * "10:32 today", or with the day; `word` gives the page's sentences.
 * @param {(code: string) => string} word
 * @param {number} seconds
 */
export function when(word, seconds) {
  const at = new Date(seconds * 1000);
  if (at.toDateString() === new Date().toDateString()) {
    return word("today").replace("{time}", clockTime(seconds));
  }
  const day = at.toLocaleDateString(calendar(), { day: "numeric", month: "short" });
  return word("on_a_day").replace("{day}", day).replace("{time}", clockTime(seconds));
}
