// Every picture of a case becomes a button; the dialog shows one large and walks through all.
export function startZoom() {
  const dialog = document.querySelector("[data-dopa-zoom-dialog]");
  const figures = [...document.querySelectorAll("[data-dopa-zoom]")].filter((figure) =>
    figure.querySelector("img"),
  );
  if (!dialog || !figures.length) {
    return;
  }
  const words = document.querySelector("[data-dopa-pictures]").dataset;
  const image = dialog.querySelector("[data-dopa-zoom-image]");
  const stage = dialog.querySelector("[data-dopa-zoom-stage]");
  const caption = dialog.querySelector("[data-dopa-zoom-caption]");
  const size = dialog.querySelector("[data-dopa-zoom-size]");
  let shown = 0;

  function enlarge(on) {
    size.setAttribute("aria-pressed", String(on));
    stage.classList.toggle("zoom__stage--large", on);
  }

  function show(index) {
    shown = (index + figures.length) % figures.length;
    const from = figures[shown].querySelector("img");
    image.src = from.src;
    image.alt = from.alt;
    caption.textContent = `${from.alt} (${shown + 1}/${figures.length})`;
    enlarge(false);
  }

  function open(index) {
    show(index);
    dialog.showModal();
    stage.focus();
  }

  figures.forEach((figure, index) => {
    const picture = figure.querySelector("img");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "photo__open";
    button.setAttribute("aria-label", `${words.zoomLabel}: ${picture.alt}`);
    picture.replaceWith(button);
    button.append(picture);
    button.addEventListener("click", () => open(index));
    const broken = () => {
      button.disabled = true;
      button.textContent = words.broken;
    };
    picture.addEventListener("error", broken);
    if (picture.complete && !picture.naturalWidth) {
      broken();
    }
  });

  for (const step of dialog.querySelectorAll("[data-dopa-zoom-go]")) {
    step.addEventListener("click", () => show(shown + Number(step.dataset.dopaZoomGo)));
  }
  size.addEventListener("click", () => enlarge(size.getAttribute("aria-pressed") !== "true"));
  image.addEventListener("click", () => size.click());
  dialog.querySelector("[data-dopa-close]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("keydown", (event) => {
    const large = size.getAttribute("aria-pressed") === "true";
    const keys = {
      ArrowRight: () => !large && show(shown + 1),
      ArrowLeft: () => !large && show(shown - 1),
      "+": () => enlarge(true),
      "=": () => enlarge(true),
      "-": () => enlarge(false),
    };
    keys[event.key]?.();
  });
}
