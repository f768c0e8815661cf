// @ts-check
// Tells once in a tab's life that the portal was opened: the first of the eight steps.
const said = "dopa-arrived";
const place = document.querySelector("[data-dopa-arrived]");
if (place instanceof HTMLElement && place.dataset.dopaArrived && !sessionStorage.getItem(said)) {
  sessionStorage.setItem(said, "1");
  navigator.sendBeacon(place.dataset.dopaArrived);
}
