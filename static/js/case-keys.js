// @ts-check
// Single-key shortcuts: never while someone types or a dialog is open, and they can be switched off.
const STORE = "dopa-single-keys";
const TYPING =
  "input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable]";

export function keysAreOn() {
  return localStorage.getItem(STORE) !== "off";
}

/** @param {boolean} on */
export function switchKeys(on) {
  localStorage.setItem(STORE, on ? "on" : "off");
}

// On a Thai keyboard layout the key A types ฟ; then the key's place says which one was meant.
/** @param {KeyboardEvent} event */
function letterOf(event) {
  const typed = event.key.toLowerCase();
  if (typed === "?") {
    return typed;
  }
  return /^[a-z]$/.test(typed) ? typed : event.code.replace("Key", "").toLowerCase();
}

// A dialog that has just closed may keep the focus until the next picture is drawn.
function isTyping() {
  const at = document.activeElement;
  return Boolean(at?.matches(TYPING) && !at.closest("dialog:not([open])"));
}

/** @param {Record<string, () => unknown>} actions */
export function onKeys(actions) {
  document.addEventListener("keydown", (event) => {
    const busy =
      event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.isComposing;
    if (busy || !keysAreOn() || isTyping()) {
      return;
    }
    const action = document.querySelector("dialog[open]") ? null : actions[letterOf(event)];
    if (action) {
      event.preventDefault();
      action();
    }
  });
}
