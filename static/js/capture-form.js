// @ts-check
// A form that takes a photo: explanation, live picture, preview, sending. One part shows at a time.
import { cameraPossible, closeCamera, openCamera } from "./camera.js";
import { find, findAll, findInput, part } from "./dom.js";
import { speaker } from "./speaking.js";
import { wordsOf } from "./words.js";

const SPOKEN_EVERY = 2500;

export class CaptureForm {
  /**
   * `onOpen(video)` runs the live picture until `take(photo, extra)` is called; `extra` are further
   * entries of the form.
   * @param {HTMLFormElement} form
   * @param {{ facingMode: string, onOpen: (video: HTMLVideoElement) => unknown }} how
   */
  constructor(form, { facingMode, onOpen }) {
    this.form = form;
    this.word = wordsOf(form);
    this.facingMode = facingMode;
    this.onOpen = onOpen;
    this.video = find(form, "video", HTMLVideoElement);
    this.say = speaker(part(form, "speak"));
    this.spokenAt = 0;
    this.speaksLater = 0;
    /** @type {Blob | null} */
    this.photo = null;
    /** @type {[string, string | Blob][]} */
    this.extra = [];
    this.waitsForConnection = false;
    this.url = "";
    if (!cameraPossible()) {
      return; // the file way is there already
    }
    this.part("camera-way").hidden = false;
    this.part("file-way").hidden = true;
    this.listen();
  }

  /** @param {string} name */
  part(name) {
    return part(this.form, name);
  }

  listen() {
    this.part("open-camera").addEventListener("click", () => this.open());
    this.part("choose-file").addEventListener("click", () => this.chooseFile());
    this.part("again").addEventListener("click", () => this.open());
    this.part("use").addEventListener("click", () => this.send());
    document.addEventListener("visibilitychange", () => {
      if (document.hidden && !this.part("live").hidden) {
        this.close();
        this.show("explain");
        this.trouble("stopped");
      }
    });
    window.addEventListener("pagehide", () => this.close());
    window.addEventListener("online", () => {
      if (this.waitsForConnection) {
        this.send();
      }
    });
  }

  /** @param {string} name */
  show(name) {
    for (const one of ["explain", "live", "preview"]) {
      this.part(one).hidden = one !== name;
    }
  }

  async open() {
    this.trouble("");
    this.show("live");
    this.part("live").scrollIntoView({ block: "nearest" });
    try {
      await openCamera(this.video, this.facingMode);
    } catch (error) {
      this.show("explain");
      this.trouble(window.isSecureContext ? /** @type {Error} */ (error).message : "insecure");
      return;
    }
    this.onOpen(this.video);
  }

  close() {
    clearTimeout(this.speaksLater);
    closeCamera(this.video);
  }

  get isOpen() {
    return Boolean(this.video.srcObject);
  }

  chooseFile() {
    this.close();
    this.part("camera-way").hidden = true;
    this.part("file-way").hidden = false;
    findInput(this.part("file-way"), "input[type=file]").focus();
  }

  /**
   * Show a hint, and speak it; not before the one that was spoken last has been heard.
   * @param {string} code
   */
  hint(code) {
    const text = this.word(code) || code;
    const shown = this.part("hint");
    if (shown.textContent === text) {
      return;
    }
    shown.textContent = text;
    clearTimeout(this.speaksLater);
    const wait = this.spokenAt + SPOKEN_EVERY - Date.now();
    this.speaksLater = setTimeout(() => this.speak(text), Math.max(0, wait));
  }

  /** @param {string} text */
  speak(text) {
    this.spokenAt = Date.now();
    this.part("spoken").textContent = text;
    this.say(text);
  }

  /** @param {string} code */
  trouble(code) {
    this.part("trouble").hidden = !code;
    this.part("trouble-text").textContent = this.word(code) || code;
  }

  /**
   * @param {Blob} photo
   * @param {[string, string | Blob][]} extra
   */
  take(photo, extra = []) {
    this.close();
    this.photo = photo;
    this.extra = extra;
    URL.revokeObjectURL(this.url);
    this.url = URL.createObjectURL(photo);
    find(this.form, "[data-dopa-preview-image]", HTMLImageElement).src = this.url;
    this.speak(this.word("taken"));
    this.show("preview");
    find(this.part("preview"), "h2", HTMLElement).focus();
  }

  /** Send with progress. Offline, the photo is kept and sent as soon as the connection is back. */
  send() {
    this.waitsForConnection = false;
    this.trouble("");
    const data = new FormData(this.form);
    const photo = /** @type {Blob} */ (this.photo); // the button is shown beside one only
    data.set(this.form.dataset.dopaField ?? "", photo, "photo.jpg");
    for (const [name, value] of this.extra) {
      data.append(name, value);
    }
    const request = new XMLHttpRequest();
    request.open("POST", this.form.action || location.href);
    request.upload.addEventListener("progress", (event) => this.progress(event));
    request.addEventListener("load", () => this.answered(request));
    request.addEventListener("error", () => this.interrupted());
    this.sending(true);
    request.send(data);
  }

  /** @param {boolean} running */
  sending(running) {
    this.part("sending").hidden = !running;
    this.part("sending-text").textContent = running ? this.word("sending") : "";
    for (const name of ["use", "again"]) {
      find(this.form, `[data-dopa-${name}]`, HTMLButtonElement).disabled = running;
    }
  }

  /** @param {ProgressEvent} event */
  progress(event) {
    if (event.lengthComputable) {
      const bar = find(this.part("sending"), "progress", HTMLProgressElement);
      bar.value = (100 * event.loaded) / event.total;
    }
  }

  interrupted() {
    this.sending(false);
    this.waitsForConnection = !navigator.onLine;
    this.trouble(this.waitsForConnection ? "offline" : "failed");
  }

  /**
   * A redirect leads on; an answer without one is the same page with what was wrong.
   * @param {XMLHttpRequest} request
   */
  answered(request) {
    if (request.status < 400) {
      location.replace(request.responseURL);
      return;
    }
    this.sending(false);
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    const where = ".error-summary li, [data-dopa-problem] .notice p";
    const sentences = findAll(page, where, HTMLElement).map((error) => error.textContent.trim());
    this.show("explain");
    this.trouble(sentences.join(" ") || "failed");
  }
}
