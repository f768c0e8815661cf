// @ts-check
// The pages of figures: a chart for each table, drawn from it, and tiles that renew themselves.
import { caption, notes, option, read } from "./chart-options.js";
import { find, findAll, part } from "./dom.js";

/** @type {(() => void)[]} */
const drawings = [];
const chosenTheme = document.documentElement.dataset.theme;

for (const figure of findAll(document, "[data-dopa-figure]", HTMLElement)) {
  const [box] = findAll(figure, "[data-dopa-chart]", HTMLElement);
  if (box) {
    if (figure.dataset.dopaFigure === "bars") {
      // So many lines as a label may take beside each bar.
      const { names } = read(figure);
      const isLong = box.clientWidth < 480 && names.some((name) => name.length > 18);
      box.style.height = `${60 + (isLong ? 68 : 40) * names.length}px`;
    }
    const chart = window.echarts.init(box);
    // What stands behind a bar. The table's heads are the same links for the keyboard, and for a
    // finger, which has to read the bar by touching it.
    chart.on("click", ({ componentType, dataIndex }) => {
      const address = componentType === "series" && read(figure).links[dataIndex];
      if (address && matchMedia("(hover: hover)").matches) {
        location.assign(address);
      }
    });
    const draw = () => chart.setOption(option(figure, box), true);
    drawings.push(draw);
    new ResizeObserver(() => {
      chart.resize();
      draw();
    }).observe(box);
    document.fonts.ready.then(draw);
  }
}

function drawAll() {
  for (const draw of drawings) {
    draw();
  }
}

/**
 * On paper and in files the colours are the light ones, whatever the screen shows.
 * @param {boolean} isLight
 */
function light(isLight) {
  const { dataset } = document.documentElement;
  if (isLight) {
    dataset.theme = "light";
  } else if (chosenTheme) {
    dataset.theme = chosenTheme;
  } else {
    delete dataset.theme;
  }
}

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
window.addEventListener("beforeprint", () => {
  light(true);
  drawAll();
});
window.addEventListener("afterprint", () => {
  light(false);
  drawAll();
});

/**
 * The chart drawn once more, in light colours, with its title and its source.
 * @param {HTMLElement} figure
 */
function picture(figure) {
  const shown = part(figure, "chart");
  const box = document.createElement("div");
  light(true);
  const noted = 20 * notes(figure).length;
  const size = { width: 960, height: Math.max(shown.clientHeight, 360) + 96 + noted };
  const chart = window.echarts.init(box, null, size);
  const drawn = option(figure, { clientWidth: size.width, dataset: shown.dataset });
  drawn.grid.top += 72 + noted;
  drawn.legend.top = 72 + noted;
  drawn.grid.bottom += 8;
  chart.setOption({ ...drawn, ...caption(figure, size.width), animation: false });
  const address = chart.getDataURL({ pixelRatio: 2 });
  chart.dispose();
  light(false);
  return address;
}

for (const button of findAll(document, "[data-dopa-png]", HTMLElement)) {
  button.addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = picture(/** @type {HTMLElement} */ (button.closest("[data-dopa-figure]")));
    link.download = `d-dopa-${button.dataset.dopaPng}.png`;
    link.click();
  });
}
document.querySelector("[data-dopa-print]")?.addEventListener("click", () => window.print());

// Dates count only as an own choice; a chosen length sets them anew.
for (const field of findAll(document, ".choice input[type=text]", HTMLInputElement)) {
  field.addEventListener("change", () => {
    find(document, ".choice [name=period]", HTMLSelectElement).value = "own";
  });
}

const figures = document.querySelector("[data-dopa-figures]");
if (figures) {
  const pause = part(document, "pause");
  const isPaused = () => pause.getAttribute("aria-pressed") === "true";
  pause.addEventListener("click", () => pause.setAttribute("aria-pressed", String(!isPaused())));
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target === figures && (isPaused() || document.hidden)) {
      event.preventDefault();
    }
  });
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    // Signed out meanwhile: the sign-in page must not appear among the figures.
    if (new URL(event.detail.xhr.responseURL).pathname !== location.pathname) {
      event.detail.shouldSwap = false;
      location.reload();
    }
  });
}
