// The pages of figures: a chart for each table, drawn from it, and tiles that renew themselves.
const language = document.documentElement.lang;
const number = new Intl.NumberFormat(language === "th" ? "th-TH" : "en-GB");
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
const COLOURS = ["--accent", "--gold-500", "--good-edge"];

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** The table as the chart needs it: names, and a series for each column that is drawn. */
function read(figure) {
  const rows = [...figure.querySelectorAll("tbody tr")].filter((row) => row.cells.length > 1);
  if (["days", "weeks"].includes(figure.dataset.dopaFigure)) {
    rows.reverse();
  }
  const heads = [...figure.querySelectorAll("thead th")];
  return {
    names: rows.map((row) => row.cells[0].textContent.trim()),
    series: heads.flatMap((head, place) =>
      head.dataset.drawn
        ? [
            {
              name: head.textContent.trim(),
              words: rows.map((row) => row.cells[place].textContent.trim()),
              data: rows.map((row) => row.cells[place].dataset.number || null),
            },
          ]
        : [],
    ),
  };
}

function marks(box) {
  if (!box.dataset.mark) {
    return {};
  }
  return {
    markLine: {
      symbol: "none",
      lineStyle: { color: colour("--gold-700"), type: "dashed" },
      label: { formatter: box.dataset.markName, color: colour("--ink"), fontFamily: "Sarabun" },
      data: [{ xAxis: box.dataset.mark }],
    },
  };
}

/** What a picture says for itself once it has left the page: its title above, its source below. */
function caption(figure, width) {
  const text = { fontFamily: "Sarabun, sans-serif", width: width - 32, overflow: "break" };
  return {
    title: {
      text: figure.querySelector("h2").textContent.trim(),
      subtext: figure.querySelector("[data-dopa-source]").textContent.trim().replace(/\s+/g, " "),
      left: 12,
      top: 8,
      textStyle: { ...text, color: colour("--ink"), fontSize: 16, lineHeight: 28 },
      subtextStyle: { ...text, color: colour("--ink-soft"), fontSize: 12, lineHeight: 20 },
    },
  };
}

function option(figure, box) {
  const kind = figure.dataset.dopaFigure;
  const flat = kind === "bars";
  const lines = kind === "curve" || kind === "weeks";
  const { names, series } = read(figure);
  const text = { color: colour("--ink-soft"), fontFamily: "Sarabun, sans-serif", fontSize: 13 };
  const narrow = box.clientWidth < 480;
  const categories = {
    type: "category",
    data: names,
    inverse: flat,
    axisLabel: flat
      ? { ...text, lineHeight: 16, width: narrow ? 118 : 240, overflow: "break" }
      : { ...text, hideOverlap: true },
    axisTick: { show: false },
    axisLine: { lineStyle: { color: colour("--line-strong") } },
  };
  const values = {
    type: "value",
    axisLabel: { ...text, hideOverlap: true, formatter: (value) => number.format(value) },
    splitLine: { lineStyle: { color: colour("--line") } },
  };
  return {
    animation: !calm,
    textStyle: { fontFamily: "Sarabun, sans-serif" },
    backgroundColor: colour("--surface"),
    color: COLOURS.map(colour),
    grid: {
      left: flat ? (narrow ? 134 : 256) : 8,
      right: 24,
      top: series.length > 1 ? (narrow ? 64 : 40) : 24,
      bottom: flat ? 28 : 8,
      containLabel: !flat,
    },
    legend: { show: series.length > 1, top: 0, textStyle: { ...text, color: colour("--ink") } },
    // Drawn, not written: the page's CSP allows no style in markup.
    tooltip: {
      trigger: "axis",
      renderMode: "richText",
      confine: true,
      axisPointer: { type: lines ? "line" : "shadow" },
      formatter: (points) =>
        [names[points[0].dataIndex]]
          .concat(points.map((one) => `${one.seriesName}: ${series[one.seriesIndex].words[one.dataIndex]}`))
          .join("\n"),
    },
    xAxis: flat ? values : categories,
    yAxis: flat ? categories : values,
    series: series.map((one, place) => ({
      name: one.name,
      data: one.data,
      type: lines ? "line" : "bar",
      symbolSize: 5,
      barMaxWidth: 28,
      itemStyle: { borderRadius: flat ? [0, 3, 3, 0] : [3, 3, 0, 0] },
      ...(place === 0 && !flat ? marks(box) : {}),
    })),
  };
}

const drawings = [];
const chosenTheme = document.documentElement.dataset.theme;

for (const figure of document.querySelectorAll("[data-dopa-figure]")) {
  const box = figure.querySelector("[data-dopa-chart]");
  if (box) {
    if (figure.dataset.dopaFigure === "bars") {
      // So many lines as a label may take beside each bar.
      const { names } = read(figure);
      const isLong = box.clientWidth < 480 && names.some((name) => name.length > 18);
      box.style.height = `${60 + (isLong ? 68 : 40) * names.length}px`;
    }
    const chart = window.echarts.init(box);
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

/** On paper and in files the colours are the light ones, whatever the screen shows. */
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

/** The chart drawn once more, in light colours, with its title and its source. */
function picture(figure) {
  const shown = figure.querySelector("[data-dopa-chart]");
  const box = document.createElement("div");
  light(true);
  const size = { width: 960, height: Math.max(shown.clientHeight, 360) + 96 };
  const chart = window.echarts.init(box, null, size);
  const drawn = option(figure, { clientWidth: size.width, dataset: shown.dataset });
  drawn.grid.top += 72;
  drawn.legend.top = 72;
  drawn.grid.bottom += 8;
  chart.setOption({ ...drawn, ...caption(figure, size.width), animation: false });
  const address = chart.getDataURL({ pixelRatio: 2 });
  chart.dispose();
  light(false);
  return address;
}

for (const button of document.querySelectorAll("[data-dopa-png]")) {
  button.addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = picture(button.closest("[data-dopa-figure]"));
    link.download = `d-dopa-${button.dataset.dopaPng}.png`;
    link.click();
  });
}
document.querySelector("[data-dopa-print]")?.addEventListener("click", () => window.print());

// Dates count only as an own choice; a chosen length sets them anew.
const form = document.querySelector(".choice");
for (const field of form?.querySelectorAll("input[type=date]") ?? []) {
  field.addEventListener("change", () => {
    form.elements.period.value = "own";
  });
}

const figures = document.querySelector("[data-dopa-figures]");
const pause = document.querySelector("[data-dopa-pause]");
if (figures) {
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
