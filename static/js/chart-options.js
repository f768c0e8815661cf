// @ts-check
// How a table of figures is drawn: what ECharts needs to know, in the colours of the page.
import { label, marksOf, targetLine, topOf, wordsAt } from "./chart-marks.js";
import { smallestStep } from "./chart-scale.js";
import { find, findAll, part } from "./dom.js";

const language = document.documentElement.lang;
const number = new Intl.NumberFormat(language === "th" ? "th-TH" : "en-GB");
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
const COLOURS = ["--accent", "--gold-500", "--good-edge"];

/** @param {string} name */
function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/**
 * The table as the chart needs it: names, and a series for each column that is drawn.
 * @param {HTMLElement} figure
 */
export function read(figure) {
  const all = findAll(figure, "tbody tr", HTMLTableRowElement);
  const rows = all.filter((row) => row.cells.length > 1);
  if (["days", "weeks"].includes(figure.dataset.dopaFigure ?? "")) {
    rows.reverse();
  }
  const heads = findAll(figure, "thead th", HTMLElement);
  return {
    names: rows.map((row) => row.cells[0].textContent.trim()),
    links: rows.map((row) => findAll(row, "th a", HTMLAnchorElement)[0]?.href ?? ""),
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

/**
 * @typedef {{ clientWidth: number, dataset: DOMStringMap }} Box where a chart is drawn, as far as it
 *   decides on the drawing
 * @param {import("./chart-marks.js").Mark[]} marks
 * @param {Box} box
 */
function drawn(marks, box) {
  const onPaper = {
    color: colour("--ink"),
    backgroundColor: colour("--surface"),
    padding: [0, 3],
    fontSize: 13,
  };
  const ranges = marks.filter(({ from, to }) => to > from);
  return {
    markLine: {
      symbol: "none",
      silent: true,
      z: 6,
      lineStyle: { color: colour("--gold-700"), type: "dashed" },
      label: { ...onPaper, formatter: "{b}", fontFamily: "Sarabun" },
      data: [
        ...marks.map((mark) => ({ name: label(mark, marks), xAxis: mark.from })),
        ...ranges.map(({ to }) => ({ name: "", xAxis: to })),
        ...targetLine(box.dataset).map((line) => ({
          ...line,
          // Its number beside the line's end, where no bar stands; what it is, the page says above.
          label: { ...onPaper, position: "end", formatter: () => number.format(line.yAxis) },
          lineStyle: { color: colour("--good-edge"), type: "solid", width: 2 },
        })),
      ],
    },
    markArea: {
      silent: true,
      z: 5,
      itemStyle: { color: colour("--gold-500"), opacity: 0.3 },
      data: ranges.map(({ from, to }) => [{ xAxis: from }, { xAxis: to }]),
    },
  };
}

/**
 * What a picture says below its source, line by line: the target, and what was about some days.
 * @param {HTMLElement} figure
 */
export function notes(figure) {
  const { targetWords } = part(figure, "chart").dataset;
  const marked = findAll(figure, "[data-dopa-marks] li", HTMLElement);
  const words = marked.map((one, place) => `${place + 1}. ${one.textContent.trim()}`);
  return targetWords ? [targetWords, ...words] : words;
}

/**
 * What a picture says for itself once it has left the page: its title above, its source below.
 * @param {HTMLElement} figure
 * @param {number} width
 */
export function caption(figure, width) {
  const text = { fontFamily: "Sarabun, sans-serif", width: width - 32, overflow: "break" };
  const source = part(figure, "source").textContent.trim().replace(/\s+/g, " ");
  return {
    title: {
      text: find(figure, "h2", HTMLElement).textContent.trim(),
      subtext: [source, ...notes(figure)].join("\n"),
      left: 12,
      top: 8,
      textStyle: { ...text, color: colour("--ink"), fontSize: 16, lineHeight: 28 },
      subtextStyle: { ...text, color: colour("--ink-soft"), fontSize: 12, lineHeight: 20 },
    },
  };
}

/**
 * @typedef {{ seriesName: string, seriesIndex: number, dataIndex: number }} Point
 * @param {HTMLElement} figure
 * @param {Box} box
 */
export function option(figure, box) {
  const kind = figure.dataset.dopaFigure;
  const flat = kind === "bars";
  const lines = kind === "curve" || kind === "weeks";
  const { names, links, series } = read(figure);
  const marks = marksOf(box.dataset.marks);
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
    minInterval: smallestStep(series.map((one) => one.data)),
    max: topOf(box.dataset.target),
    axisLabel: {
      ...text,
      hideOverlap: true,
      formatter: (/** @type {number} */ value) => number.format(value),
    },
    splitLine: { lineStyle: { color: colour("--line") } },
  };
  return {
    animation: !calm,
    textStyle: { fontFamily: "Sarabun, sans-serif" },
    backgroundColor: colour("--surface"),
    color: COLOURS.map(colour),
    grid: {
      left: flat ? (narrow ? 134 : 256) : 8,
      right: box.dataset.target ? 56 : 24,
      top: (series.length > 1 ? (narrow ? 64 : 40) : 24) + (marks.length ? 12 : 0),
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
      formatter: (/** @type {Point[]} */ points) => {
        const lines = points.map(({ seriesName, seriesIndex, dataIndex }) => {
          return `${seriesName}: ${series[seriesIndex].words[dataIndex]}`;
        });
        const place = points[0].dataIndex;
        return [names[place], ...lines, ...wordsAt(place, marks)].join("\n");
      },
    },
    xAxis: flat ? values : categories,
    yAxis: flat ? categories : values,
    series: series.map((one, place) => ({
      name: one.name,
      data: one.data,
      type: lines ? "line" : "bar",
      symbolSize: 5,
      barMaxWidth: 28,
      cursor: links.some(Boolean) ? "pointer" : "default",
      itemStyle: { borderRadius: flat ? [0, 3, 3, 0] : [3, 3, 0, 0] },
      ...(place === 0 && !flat ? drawn(marks, box) : {}),
    })),
  };
}
