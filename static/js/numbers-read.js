// @ts-check
// Reads long numbers out beside their field, so that nobody counts noughts.
/**
 * A whole number with its thousands apart, and from a million on rounded in words; "" of anything else.
 * @param {string} typed
 * @param {string} language of the page
 */
export function readable(typed, language) {
  if (!/^\d{1,15}$/.test(typed.trim())) {
    return "";
  }
  const locale = language === "th" ? "th-TH" : "en-GB";
  const value = Number(typed);
  const exact = new Intl.NumberFormat(locale).format(value);
  if (value < 1_000_000) {
    return exact;
  }
  /** @type {Intl.NumberFormatOptions} */
  const words = { notation: "compact", compactDisplay: "long", maximumFractionDigits: 2 };
  return `${exact} (${new Intl.NumberFormat(locale, words).format(value)})`;
}
