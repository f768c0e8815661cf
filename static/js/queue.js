// The key N takes the next case, from the queue and from a case.
import { onKeys } from "./case_keys.js";

const next = document.querySelector("[data-dopa-next]");
if (next) {
  onKeys({ n: () => next.requestSubmit() });
}
