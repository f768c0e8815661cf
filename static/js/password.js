// Helps with a password: showing it, whether both entries are the same, the caps lock. It never
// keeps a form from being sent.
const LEAST_CHARACTERS = 8;
const LEAST_DIFFERENT = 4;

for (const button of document.querySelectorAll("[data-dopa-show-password]")) {
  const field = document.getElementById(button.dataset.dopaShowPassword);
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = field.type === "password";
    field.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
    field.focus();
  });
  field.form?.addEventListener("submit", () => {
    field.type = "password"; // browsers remember what stands in a text field
    button.setAttribute("aria-pressed", "false");
  });
}

for (const hint of document.querySelectorAll("[data-dopa-caps-lock]")) {
  hint.closest("form")?.addEventListener("keyup", (event) => {
    if (event.target.matches("input") && event.getModifierState) {
      hint.hidden = !event.getModifierState("CapsLock");
    }
  });
}

const form = document.querySelector("[data-dopa-password]");
const [first, second] = form ? form.querySelectorAll(".password-box input") : [];
const same = form?.querySelector("[data-dopa-same]");
const RULES = {
  length: (text) => [...text].length >= LEAST_CHARACTERS,
  variety: (text) => new Set(text).size >= LEAST_DIFFERENT,
};

function tellRules() {
  for (const rule of form.querySelectorAll("[data-dopa-rule]")) {
    const holds = RULES[rule.dataset.dopaRule];
    if (holds) {
      rule.dataset.met = String(holds(first.value));
    }
  }
}

function tellSame() {
  const { dopaSameYes, dopaSameNo } = same.dataset;
  const agree = first.value === second.value;
  const words = agree ? dopaSameYes : dopaSameNo;
  same.textContent = second.value ? words : "";
  same.dataset.met = String(agree);
}

if (second && same) {
  form.addEventListener("input", () => {
    tellRules();
    tellSame();
  });
}
