// @ts-check
// The pictures of a case, large: any of them side by side, enlarged, moved and lit together; and the
// faces of portrait and selfie laid upon each other.
import { find, findAll, findInput, part } from "./dom.js";

/**
 * A picture in the viewer.
 * @typedef {{
 *   pane: HTMLElement, image: HTMLImageElement, from: HTMLImageElement,
 *   choice: HTMLButtonElement, turned: number, isFace: boolean,
 * }} Pane
 */

const STEP = 1.3;
const LARGEST = 8;
const MOVE = 0.08; // of a window, for each press of an arrow key

export class Viewer {
  /**
   * @param {HTMLDialogElement} dialog
   * @param {DOMStringMap} words
   */
  constructor(dialog, words) {
    this.dialog = dialog;
    this.stage = part(dialog, "viewer-stage");
    this.choices = part(dialog, "viewer-choices");
    this.light = findInput(dialog, "[data-dopa-viewer-light]");
    this.overlay = part(dialog, "viewer-overlay");
    this.mixer = findInput(this.overlay, "[data-dopa-viewer-mix]");
    /** @type {Pane[]} */
    this.panes = [];
    this.words = words;
    this.scale = 1;
    this.x = 0;
    this.y = 0;
    this.listen();
  }

  /**
   * A picture of the page becomes a pane, with a switch that shows it, and opens it when pressed.
   * @param {HTMLElement} figure
   */
  add(figure) {
    const picture = find(figure, "img", HTMLImageElement);
    const { content } = find(this.dialog, "[data-dopa-viewer-pane]", HTMLTemplateElement);
    const pane = /** @type {HTMLElement} */ (content.firstElementChild?.cloneNode(true));
    /** @type {Pane} */
    const shown = {
      pane,
      image: find(pane, "img", HTMLImageElement),
      from: picture,
      choice: document.createElement("button"),
      turned: 0,
      isFace: figure.matches(".pictures > .photo--portrait"),
    };
    shown.image.alt = picture.alt;
    find(pane, "figcaption", HTMLElement).prepend(picture.alt);
    find(pane, "button", HTMLButtonElement).addEventListener("click", () => {
      shown.turned = (shown.turned + 90) % 360;
      this.draw();
    });
    shown.choice.type = "button";
    shown.choice.className = "button button--secondary button--small";
    shown.choice.textContent = picture.alt;
    shown.choice.addEventListener("click", () => this.show(this.toggled(shown)));
    this.choices.append(shown.choice);
    this.panes.push(shown);
    this.makeOpener(picture, shown);
  }

  /**
   * @param {HTMLImageElement} picture
   * @param {Pane} shown
   */
  makeOpener(picture, shown) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "photo__open";
    button.setAttribute("aria-label", `${this.words.zoomLabel}: ${picture.alt}`);
    picture.replaceWith(button);
    button.append(picture);
    button.addEventListener("click", () => this.open([shown]));
    const broken = () => {
      button.disabled = true;
      shown.choice.disabled = true;
      button.textContent = this.words.broken ?? "";
    };
    picture.addEventListener("error", broken);
    if (picture.complete && !picture.naturalWidth) {
      broken();
    }
  }

  /** @param {Pane} one */
  toggled(one) {
    return this.panes.filter((pane) =>
      pane === one ? !pane.pane.isConnected : pane.pane.isConnected,
    );
  }

  /** @param {Pane[]} panes */
  open(panes) {
    this.reset();
    this.show(panes);
    if (!this.dialog.open) {
      this.dialog.showModal();
    }
    this.stage.focus();
  }

  /** @param {Pane[]} panes */
  show(panes) {
    this.overlay.hidden = true;
    this.stage.hidden = false;
    for (const one of this.panes) {
      one.choice.setAttribute("aria-pressed", String(panes.includes(one)));
      one.image.src ||= one.from.src;
    }
    this.stage.replaceChildren(...panes.map((one) => one.pane));
    this.draw();
  }

  /** Portrait and selfie are the first two pictures of the page. */
  openFaces() {
    this.open(this.panes.filter((one) => one.isFace));
  }

  openOverlay() {
    this.open([]);
    this.stage.hidden = true;
    this.overlay.hidden = false;
    const none = part(this.dialog, "viewer-no-face");
    for (const face of findAll(this.overlay, "[data-dopa-face]", HTMLImageElement)) {
      face.onerror = () => {
        none.hidden = false;
      };
      face.src ||= this.dialog.dataset[face.dataset.dopaFace ?? ""] ?? "";
    }
    this.mix();
    this.mixer.focus();
  }

  mix() {
    const share = Number(this.mixer.value) / 100;
    find(this.overlay, "[data-dopa-face=selfie]", HTMLElement).style.opacity = String(share);
  }

  reset() {
    this.scale = 1;
    this.x = 0;
    this.y = 0;
    this.light.value = "100";
    for (const one of this.panes) {
      one.turned = 0;
    }
  }

  draw() {
    const far = (this.scale - 1) / 2; // so that no picture leaves its window
    this.x = Math.max(-far, Math.min(far, this.x));
    this.y = Math.max(-far, Math.min(far, this.y));
    for (const { image, turned } of this.panes) {
      image.style.transform = `translate(${this.x * 100}%, ${this.y * 100}%) scale(${this.scale}) rotate(${turned}deg)`;
      image.style.filter = `brightness(${this.light.value}%)`;
    }
  }

  /** @param {number} factor */
  enlarge(factor) {
    this.scale = Math.max(1, Math.min(LARGEST, this.scale * factor));
    this.draw();
  }

  /**
   * @param {number} x
   * @param {number} y
   */
  move(x, y) {
    this.x += x;
    this.y += y;
    this.draw();
  }

  listen() {
    /** @type {Record<string, () => void>} */
    const does = {
      larger: () => this.enlarge(STEP),
      smaller: () => this.enlarge(1 / STEP),
      reset: () => {
        this.reset();
        this.draw();
      },
    };
    for (const button of findAll(this.dialog, "[data-dopa-viewer-do]", HTMLButtonElement)) {
      button.addEventListener("click", does[button.dataset.dopaViewerDo ?? ""]);
    }
    this.light.addEventListener("input", () => this.draw());
    this.mixer.addEventListener("input", () => this.mix());
    /** @type {Record<string, () => void>} */
    const keys = {
      "+": does.larger,
      "=": does.larger,
      "-": does.smaller,
      0: does.reset,
      ArrowLeft: () => this.move(MOVE, 0),
      ArrowRight: () => this.move(-MOVE, 0),
      ArrowUp: () => this.move(0, MOVE),
      ArrowDown: () => this.move(0, -MOVE),
    };
    this.dialog.addEventListener("keydown", (event) => {
      if (keys[event.key] && !(event.target instanceof HTMLInputElement)) {
        event.preventDefault();
        keys[event.key]();
      }
    });
    this.stage.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.enlarge(event.deltaY < 0 ? STEP : 1 / STEP);
    });
    this.stage.addEventListener("pointermove", (event) => {
      const pane = event.buttons === 1 && windowAt(event);
      if (pane) {
        this.move(event.movementX / pane.clientWidth, event.movementY / pane.clientHeight);
      }
    });
    // A press without dragging brings that place to the middle: nobody has to drag.
    this.stage.addEventListener("dblclick", (event) => {
      const pane = windowAt(event)?.getBoundingClientRect();
      if (pane) {
        this.enlarge(STEP);
        const x = (event.clientX - pane.left) / pane.width;
        const y = (event.clientY - pane.top) / pane.height;
        this.move(0.5 - x, 0.5 - y);
      }
    });
  }
}

/** @param {Event} event */
function windowAt({ target }) {
  return target instanceof Element ? target.closest(".viewer__window") : null;
}
