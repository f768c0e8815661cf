// @ts-check
// The elements that a page promises its script: a missing one is an error that names it.

/**
 * @template {Element} T
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => T} kind
 * @returns {T}
 */
export function find(root, selector, kind) {
  const found = root.querySelector(selector);
  if (!(found instanceof kind)) {
    throw new Error(`the page has no ${selector}`);
  }
  return found;
}

/**
 * The element that templates mark with `data-dopa-<name>`.
 * @param {ParentNode} root
 * @param {string} name
 */
export function part(root, name) {
  return find(root, `[data-dopa-${name}]`, HTMLElement);
}

/**
 * @param {ParentNode} root
 * @param {string} selector
 */
export function findInput(root, selector) {
  return find(root, selector, HTMLInputElement);
}

/**
 * All elements of a kind, in the page's order.
 * @template {Element} T
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => T} kind
 * @returns {T[]}
 */
export function findAll(root, selector, kind) {
  const found = [...root.querySelectorAll(selector)].filter((one) => one instanceof kind);
  return /** @type {T[]} */ (found);
}

/**
 * What draws on a canvas that is read again and again.
 * @param {HTMLCanvasElement} canvas
 */
export function contextOf(canvas) {
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) {
    throw new Error("this browser draws no pictures");
  }
  return context;
}

/**
 * Sends a form that a script held back to fill it. In a task of its own: what WebCrypto answers comes
 * to Chromium within the event that asked, and a form sent within its own event is dropped silently.
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} submitter
 */
export async function sendOn(form, submitter) {
  await new Promise((later) => {
    setTimeout(later);
  });
  form.requestSubmit(submitter);
}
