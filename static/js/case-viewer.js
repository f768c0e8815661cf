// The pictures of a case, large: any of them side by side, enlarged, moved and lit together; and the
// faces of portrait and selfie laid upon each other.
const STEP = 1.3;
const LARGEST = 8;
const MOVE = 0.08; // of a window, for each press of an arrow key

export class Viewer {
  constructor(dialog, words) {
    this.dialog = dialog;
    this.stage = dialog.querySelector("[data-dopa-viewer-stage]");
    this.choices = dialog.querySelector("[data-dopa-viewer-choices]");
    this.light = dialog.querySelector("[data-dopa-viewer-light]");
    this.overlay = dialog.querySelector("[data-dopa-viewer-overlay]");
    this.panes = [];
    this.words = words;
    this.listen();
  }

  /** A picture of the page becomes a pane, with a switch that shows it, and opens it when pressed. */
  add(figure) {
    const picture = figure.querySelector("img");
    const pane = this.dialog
      .querySelector("[data-dopa-viewer-pane]")
      .content.firstElementChild.cloneNode(true);
    const shown = { pane, image: pane.querySelector("img"), from: picture, turned: 0 };
    shown.isFace = figure.matches(".pictures > .photo--portrait");
    shown.image.alt = picture.alt;
    pane.querySelector("figcaption").prepend(picture.alt);
    pane.querySelector("button").addEventListener("click", () => {
      shown.turned = (shown.turned + 90) % 360;
      this.draw();
    });
    shown.choice = document.createElement("button");
    shown.choice.type = "button";
    shown.choice.className = "button button--secondary button--small";
    shown.choice.textContent = picture.alt;
    shown.choice.addEventListener("click", () => this.show(this.toggled(shown)));
    this.choices.append(shown.choice);
    this.panes.push(shown);
    this.makeOpener(picture, shown);
  }

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
      button.textContent = this.words.broken;
    };
    picture.addEventListener("error", broken);
    if (picture.complete && !picture.naturalWidth) {
      broken();
    }
  }

  toggled(one) {
    return this.panes.filter((pane) => (pane === one ? !pane.pane.isConnected : pane.pane.isConnected));
  }

  open(panes) {
    this.reset();
    this.show(panes);
    if (!this.dialog.open) {
      this.dialog.showModal();
    }
    this.stage.focus();
  }

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
    const none = this.dialog.querySelector("[data-dopa-viewer-no-face]");
    for (const face of this.overlay.querySelectorAll("[data-dopa-face]")) {
      face.onerror = () => {
        none.hidden = false;
      };
      face.src ||= this.dialog.dataset[face.dataset.dopaFace];
    }
    this.mix();
    this.overlay.querySelector("[data-dopa-viewer-mix]").focus();
  }

  mix() {
    const share = this.overlay.querySelector("[data-dopa-viewer-mix]").value / 100;
    this.overlay.querySelector("[data-dopa-face=selfie]").style.opacity = share;
  }

  reset() {
    this.scale = 1;
    this.x = 0;
    this.y = 0;
    this.light.value = 100;
    for (const one of this.panes) {
      one.turned = 0;
    }
  }

  draw() {
    const far = (this.scale - 1) / 2; // so that no picture leaves its window
    this.x = Math.max(-far, Math.min(far, this.x));
    this.y = Math.max(-far, Math.min(far, this.y));
    for (const { image, turned } of this.panes) {
      image.style.transform =
        `translate(${this.x * 100}%, ${this.y * 100}%) scale(${this.scale}) rotate(${turned}deg)`;
      image.style.filter = `brightness(${this.light.value}%)`;
    }
  }

  enlarge(factor) {
    this.scale = Math.max(1, Math.min(LARGEST, this.scale * factor));
    this.draw();
  }

  move(x, y) {
    this.x += x;
    this.y += y;
    this.draw();
  }

  listen() {
    const does = {
      larger: () => this.enlarge(STEP),
      smaller: () => this.enlarge(1 / STEP),
      reset: () => {
        this.reset();
        this.draw();
      },
    };
    for (const button of this.dialog.querySelectorAll("[data-dopa-viewer-do]")) {
      button.addEventListener("click", does[button.dataset.dopaViewerDo]);
    }
    this.light.addEventListener("input", () => this.draw());
    this.overlay
      .querySelector("[data-dopa-viewer-mix]")
      .addEventListener("input", () => this.mix());
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
      if (keys[event.key] && !event.target.matches("input")) {
        event.preventDefault();
        keys[event.key]();
      }
    });
    this.stage.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.enlarge(event.deltaY < 0 ? STEP : 1 / STEP);
    });
    this.stage.addEventListener("pointermove", (event) => {
      const pane = event.buttons === 1 && event.target.closest(".viewer__window");
      if (pane) {
        this.move(event.movementX / pane.clientWidth, event.movementY / pane.clientHeight);
      }
    });
    // A press without dragging brings that place to the middle: nobody has to drag.
    this.stage.addEventListener("dblclick", (event) => {
      const pane = event.target.closest(".viewer__window")?.getBoundingClientRect();
      if (pane) {
        this.enlarge(STEP);
        const x = (event.clientX - pane.left) / pane.width;
        const y = (event.clientY - pane.top) / pane.height;
        this.move(0.5 - x, 0.5 - y);
      }
    });
  }
}

/** The viewer of this page's pictures, or nothing where it has none. */
export function startViewer() {
  const dialog = document.querySelector("[data-dopa-viewer]");
  const figures = [...document.querySelectorAll("[data-dopa-zoom]")].filter((figure) =>
    figure.querySelector("img"),
  );
  if (!dialog || !figures.length) {
    return null;
  }
  const viewer = new Viewer(dialog, document.querySelector("[data-dopa-pictures]").dataset);
  for (const figure of figures) {
    viewer.add(figure);
  }
  return viewer;
}
