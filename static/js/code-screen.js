// @ts-check
// The code on the screen: signed anew every half minute, on a screen that stays awake, and a lock
// when nobody is there any more.
import { qrcode } from "../vendor/qrcode-generator/qrcode.mjs";
import { fromBase64url } from "./base64url.js";
import { find, findAll, findInput, part as partOf } from "./dom.js";
import { signCode } from "./short-code.js";

const QUIET_MODULES = 2; // the white panel around it gives the rest of the four
const SVG = "http://www.w3.org/2000/svg";
const CHOICE = "dopa-purpose";

/**
 * @param {Element} picture
 * @param {string} address
 * @param {string} digits
 */
function draw(picture, address, digits) {
  const code = qrcode(0, "L");
  code.addData(address, "Byte");
  code.addData(digits, "Numeric");
  code.make();
  const size = code.getModuleCount();
  let path = "";
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      if (code.isDark(row, column)) {
        path += `M${column + QUIET_MODULES} ${row + QUIET_MODULES}h1v1h-1z`;
      }
    }
  }
  const drawn = document.createElementNS(SVG, "path");
  drawn.setAttribute("d", path);
  const whole = size + 2 * QUIET_MODULES;
  picture.setAttribute("viewBox", `0 0 ${whole} ${whole}`);
  picture.replaceChildren(drawn);
}

/**
 * What the holder agrees to show, as chosen here the last time; the least before the first.
 * @param {HTMLElement} page
 * @param {() => void} changed
 */
function agree(page, changed) {
  const choices = findAll(page, "[name=purpose]", HTMLInputElement);
  const tell = () => {
    const chosen = findInput(page, "[name=purpose]:checked");
    partOf(page, "purpose").textContent = chosen.labels?.[0].textContent?.trim() ?? "";
  };
  const before = choices.find(({ value }) => value === localStorage.getItem(CHOICE));
  if (before) {
    before.checked = true;
  }
  tell();
  partOf(page, "purposes").addEventListener("change", () => {
    localStorage.setItem(CHOICE, findInput(page, "[name=purpose]:checked").value);
    tell();
    changed();
  });
}

/**
 * @param {HTMLElement} page the element of the showing, with its settings
 * @param {DeviceKey} key
 * @param {() => number} clock the portal's time in seconds
 */
export function showCodes(page, key, clock) {
  const part = (/** @type {string} */ name) => partOf(page, name);
  const lifetime = Number(page.dataset.lifetime);
  const chosenPass = () => findInput(page, "[name=purpose]:checked").dataset.pass ?? "";
  let until = 0;
  async function tick() {
    const now = clock();
    if (now >= until || until - now > lifetime) {
      until = now + lifetime;
      const digits = await signCode(key, fromBase64url(chosenPass()), now);
      const address = new URL(page.dataset.check ?? "", location.href);
      draw(find(page, "[data-dopa-qr]", SVGElement), `${address}#`, digits);
    }
    const left = Math.max(0, Math.ceil(until - clock()));
    find(page, "[data-dopa-time]", HTMLProgressElement).value = left;
    part("seconds").textContent = String(left);
  }
  part("code").hidden = false;
  // The old code leaves the screen at once: it says more, or less, than is now agreed.
  agree(page, () => {
    until = 0;
    tick();
  });
  tick();
  setInterval(tick, 500);
  // A page that was in the background shows a fresh code before anybody can scan the old one.
  document.addEventListener("visibilitychange", () => document.hidden || tick());
}

export function stayAwake() {
  const ask = () => {
    if (!document.hidden) {
      navigator.wakeLock?.request("screen").catch(() => {}); // refused on a low battery
    }
  };
  document.addEventListener("visibilitychange", ask);
  ask();
}

/**
 * @param {HTMLElement} page
 * @param {() => void} lock
 */
export function lockWhenIdle(page, lock) {
  const idle = Number(page.dataset.idle) * 1000;
  const end = Date.now() + Number(page.dataset.unlockedFor) * 1000;
  let touched = Date.now();
  for (const kind of ["pointerdown", "keydown", "scroll"]) {
    const touch = () => {
      touched = Date.now();
    };
    document.addEventListener(kind, touch, { passive: true });
  }
  const look = () => {
    if (Date.now() > Math.min(touched + idle, end)) {
      page.hidden = true;
      lock();
    }
  };
  setInterval(look, 1000);
  document.addEventListener("visibilitychange", look);
  window.addEventListener("pageshow", (event) => event.persisted && location.reload());
}
