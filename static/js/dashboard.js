// The administrator's page: the chart by day, and figures that renew themselves unless paused.
const LOCALES = { th: "th-TH-u-ca-buddhist", en: "en-GB" };
const language = document.documentElement.lang;
const locale = LOCALES[language] ?? language;
const day = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: "UTC" });
const wholeDay = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
const number = new Intl.NumberFormat(locale);

const box = document.querySelector("[data-dopa-chart]");
const figures = document.querySelector("[data-dopa-figures]");
const pause = document.querySelector("[data-dopa-pause]");
const chart = window.echarts.init(box, null, { renderer: "svg" });
const isPaused = () => pause.getAttribute("aria-pressed") === "true";

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function option(days) {
  const soft = { color: colour("--ink-soft"), fontFamily: "Sarabun, sans-serif", fontSize: 13 };
  return {
    animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    grid: { left: 8, right: 12, top: 16, bottom: 8, containLabel: true },
    tooltip: {
      trigger: "axis",
      axisPointer: { type: "shadow" },
      textStyle: { fontFamily: "Sarabun, sans-serif" },
      formatter: ([point]) =>
        `${wholeDay.format(new Date(days[point.dataIndex].day))}: ${number.format(point.value)}`,
    },
    xAxis: {
      type: "category",
      data: days.map((one) => day.format(new Date(one.day))),
      axisLabel: soft,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colour("--line-strong") } },
    },
    yAxis: {
      type: "value",
      minInterval: 1,
      axisLabel: { ...soft, formatter: (value) => number.format(value) },
      splitLine: { lineStyle: { color: colour("--line") } },
    },
    series: [
      {
        name: box.dataset.name,
        type: "bar",
        data: days.map((one) => one.count),
        barMaxWidth: 28,
        itemStyle: { color: colour("--accent"), borderRadius: [3, 3, 0, 0] },
      },
    ],
  };
}

function fillTable(days) {
  const cells = new Map(
    [...document.querySelectorAll("[data-day]")].map((cell) => [cell.dataset.day, cell]),
  );
  for (const one of days) {
    const cell = cells.get(one.day);
    if (cell) {
      cell.textContent = number.format(one.count);
    }
  }
}

async function draw() {
  const answer = await fetch(box.dataset.series, { headers: { Accept: "application/json" } });
  if (!answer.ok || answer.redirected) {
    return;
  }
  const { days } = await answer.json();
  chart.setOption(option(days));
  fillTable(days);
}

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
// A sign-up changes the total; only then is the chart worth another request.
let shown = figures.querySelector(".tiles").textContent;
document.body.addEventListener("htmx:afterSwap", () => {
  const now = figures.querySelector(".tiles").textContent;
  if (now !== shown) {
    shown = now;
    draw();
  }
});
new ResizeObserver(() => chart.resize()).observe(box);
draw();
