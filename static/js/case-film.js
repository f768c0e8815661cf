// @ts-check
// The head turns as a film: the sheet of frames that the page shows, one after the other, as fast as
// they were taken, or one by one with the slider.
import { contextOf, find, findInput, part } from "./dom.js";

const LONGEST = 700; // milliseconds: between two turns the next one is told and understood

/**
 * Where each frame lies on the sheet, in their order.
 * @param {number[]} rows how many frames each row has
 * @returns {{ row: number, column: number }[]}
 */
export function places(rows) {
  return rows.flatMap((count, row) =>
    Array.from({ length: count }, (_, column) => ({ row, column })),
  );
}

/**
 * How long each frame is shown before the next one, in milliseconds.
 * @param {number[]} times of the frames, in milliseconds
 */
export function pauses(times) {
  return times.slice(1).map((at, before) => Math.min(LONGEST, at - times[before]));
}

/** @param {string | undefined} words */
const numbers = (words) => (words ?? "").split(" ").filter(Boolean).map(Number);

class Film {
  /**
   * @param {HTMLElement} root
   * @param {HTMLImageElement} sheet
   */
  constructor(root, sheet) {
    const rows = numbers(root.dataset.rows);
    this.root = root;
    this.sheet = sheet;
    this.times = numbers(root.dataset.times);
    this.places = places(rows);
    this.pauses = pauses(this.times);
    this.width = sheet.naturalWidth / Math.max(...rows);
    this.height = sheet.naturalHeight / rows.length;
    this.canvas = find(root, "canvas", HTMLCanvasElement);
    this.slider = findInput(root, "input");
    this.button = find(root, "button", HTMLButtonElement);
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.running = undefined;
  }

  start() {
    this.canvas.width = this.width;
    this.canvas.height = this.height;
    this.slider.max = String(this.places.length - 1);
    this.slider.addEventListener("input", () => {
      this.stop();
      this.show(this.slider.valueAsNumber);
    });
    this.button.addEventListener("click", () => (this.running ? this.stop() : this.play()));
    this.show(0);
    this.root.hidden = false;
  }

  /** @param {number} place */
  show(place) {
    const { row, column } = this.places[place];
    const { width, height } = this;
    const context = contextOf(this.canvas);
    context.drawImage(this.sheet, column * width, row * height, width, height, 0, 0, width, height);
    this.slider.value = String(place);
    const told = (this.root.dataset.told ?? "")
      .replace("{place}", String(place + 1))
      .replace("{count}", String(this.places.length))
      .replace("{seconds}", ((this.times[place] - this.times[0]) / 1000).toFixed(1));
    this.slider.setAttribute("aria-valuetext", told);
    part(this.root, "film-told").textContent = told;
  }

  /** From where the slider stands, or anew from its end; once. */
  play() {
    const last = this.places.length - 1;
    const from = this.slider.valueAsNumber;
    this.step(from === last ? 0 : from);
  }

  /** @param {number} place */
  step(place) {
    this.show(place);
    if (place + 1 < this.places.length) {
      this.running = setTimeout(() => this.step(place + 1), this.pauses[place]);
      this.say("pause");
    } else {
      this.stop();
    }
  }

  stop() {
    clearTimeout(this.running);
    this.running = undefined;
    this.say("play");
  }

  /** @param {"play" | "pause"} what the button does now */
  say(what) {
    this.button.textContent = this.root.dataset[what] ?? "";
  }
}

/** Where the page has head turns, once their sheet is there. */
export function startFilm() {
  const root = document.querySelector("[data-dopa-film]");
  const sheet = document.querySelector("[data-dopa-sheet] img");
  if (!(root instanceof HTMLElement && sheet instanceof HTMLImageElement)) {
    return;
  }
  const begin = () => new Film(root, sheet).start();
  if (sheet.complete && sheet.naturalWidth) {
    begin();
  } else {
    sheet.addEventListener("load", begin, { once: true });
  }
}
