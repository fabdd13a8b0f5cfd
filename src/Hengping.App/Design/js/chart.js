// Draws figure[data-chart] from its own table. Only what our charts use: bars, lines, points, whiskers, funnels.
import { use, init } from "echarts/core";
import { BarChart, LineChart, CustomChart, ScatterChart } from "echarts/charts";
import { GridComponent, TooltipComponent, MarkLineComponent } from "echarts/components";
import { LabelLayout } from "echarts/features";
import { CanvasRenderer } from "echarts/renderers";
import { base, fit, short, token, widthOf } from "./chart-base.js";
import { funnel } from "./chart-funnel.js";

use([BarChart, LineChart, CustomChart, ScatterChart]);
use([GridComponent, TooltipComponent, MarkLineComponent, LabelLayout, CanvasRenderer]);

// A cell that is empty holds nothing, which is not 0.
const number = (cell, key) => (cell?.dataset[key] ? Number(cell.dataset[key]) : null);

function rows(figure) {
  const table = figure.dataset.table ? document.getElementById(figure.dataset.table) : figure.querySelector("table");
  const found = [...table.querySelectorAll("tbody tr:not(.differs-why)")].map((row) => {
    if (row.dataset.value !== undefined)
      return {
        name: row.dataset.name,
        tone: row.dataset.tone,
        rated: row.dataset.tone === "none" ? 0 : 1,
        values: [number(row, "value")],
        words: [row.dataset.words],
        lo: number(row, "lo"),
        hi: number(row, "hi"),
      };
    const cells = [...row.cells].filter((cell) => cell.dataset.value !== undefined);
    return {
      name: row.cells[0].textContent.trim(),
      tone: row.dataset.tone,
      values: cells.map((cell) => number(cell, "value")),
      words: cells.map((cell) => cell.textContent.trim()),
      lo: number(cells[0], "lo"),
      hi: number(cells[0], "hi"),
    };
  });
  // A table can be sorted by its reader; its picture keeps the order of what it draws.
  if (table.classList.contains("sorted")) found.sort((a, b) => b.rated - a.rated || b.values[0] - a.values[0]);
  return found;
}

function bars(figure, data) {
  const max = figure.dataset.max ? Number(figure.dataset.max) : undefined;
  const narrow = figure.clientWidth < 520;
  const list = data.slice(0, Number(figure.dataset.most || data.length)).reverse();
  const tone = (row) => token(row.tone || "strong");
  const whiskers = {
    type: "custom",
    silent: true,
    z: 3,
    data: list.map((row, at) => [row.lo ?? row.values[0], at, row.hi ?? row.values[0]]),
    encode: { x: [0, 2], y: 1 },
    renderItem(_, api) {
      const row = list[api.value(1)];
      const from = api.coord([api.value(0), api.value(1)]);
      const at = api.coord([row.values[0], api.value(1)]);
      const to = api.coord([api.value(2), api.value(1)]);
      const style = { stroke: token("ink"), lineWidth: 1.5 };
      const line = (x1, y1, x2, y2) => ({ type: "line", shape: { x1, y1, x2, y2 }, style });
      return {
        type: "group",
        children: [
          line(from[0], from[1], to[0], to[1]),
          line(from[0], from[1] - 4, from[0], from[1] + 4),
          line(to[0], to[1] - 4, to[0], to[1] + 4),
          {
            type: "circle",
            shape: { cx: at[0], cy: at[1], r: 5 },
            style: { fill: tone(row), stroke: token("paper"), lineWidth: 1.5 },
          },
        ],
      };
    },
  };
  const limits = (figure.dataset.limits || "").split(",").filter(Boolean).map(Number);
  return {
    height: Math.max(list.length * (narrow ? 38 : 28) + 40, 120),
    option: {
      ...base(),
      grid: { left: 0, right: 56, top: 8, bottom: 4, containLabel: true },
      xAxis: {
        type: "value",
        min: 0,
        max,
        // A count has no halves.
        minInterval: figure.dataset.counts === undefined ? undefined : 1,
        // Numbers of three digits stand apart on a phone, too.
        splitNumber: narrow ? 3 : 5,
        axisLabel: { color: token("ink-3"), fontSize: 14, hideOverlap: true },
        splitLine: { lineStyle: { color: token("line") } },
      },
      yAxis: {
        type: "category",
        data: list.map((row) => row.name),
        axisTick: { show: false },
        axisLine: { lineStyle: { color: token("line-2") } },
        axisLabel: {
          color: token("ink"),
          fontSize: 14,
          lineHeight: 17,
          interval: 0,
          width: narrow ? 108 : 220,
          overflow: "break",
          formatter: (name) => short(name, narrow ? 26 : 60),
        },
      },
      series: [
        {
          type: "bar",
          barWidth: 14,
          data: list.map((row) => ({
            value: row.values[0],
            itemStyle: { color: tone(row), opacity: row.hi === null ? 1 : 0.3 },
          })),
          label: {
            show: true,
            position: "right",
            distance: 8,
            color: token("ink"),
            fontSize: 14,
            formatter: (item) => (list[item.dataIndex].hi === null ? list[item.dataIndex].words[0] : ""),
          },
          markLine: limits.length && {
            silent: true,
            symbol: "none",
            label: { show: false },
            lineStyle: { color: token("ink-3"), type: "dashed" },
            data: limits.map((x) => ({ xAxis: x })),
          },
        },
        ...(list.some((row) => row.hi !== null) ? [whiskers] : []),
      ],
      tooltip: {
        ...base().tooltip,
        formatter: ({ dataIndex: at }) => `${list[at].name}  ${list[at].words.join("  ")}`,
      },
    },
  };
}

function lines(figure, data) {
  const heads = [...figure.querySelectorAll("table thead th[data-line]")].map((th) => th.textContent.trim());
  const colours = ["strong", "warm", "good", "careful", "bad", "none"].map(token);
  const max = figure.dataset.max ? Number(figure.dataset.max) : undefined;
  const named = heads.length > 1;
  const most = figure.clientWidth < 520 ? 112 : 200;
  const labels = heads.map((name) => fit(name, most));
  const beside = named ? Math.max(...labels.map(widthOf)) + 16 : 24;
  return {
    height: 280,
    option: {
      ...base(),
      color: colours,
      grid: { left: 0, right: beside, top: 16, bottom: 4, containLabel: true },
      xAxis: {
        type: "category",
        data: data.map((row) => row.name),
        boundaryGap: false,
        axisLabel: { color: token("ink-3"), fontSize: 14, hideOverlap: true },
        axisLine: { lineStyle: { color: token("line-2") } },
      },
      yAxis: {
        type: "value",
        min: 0,
        max,
        axisLabel: { color: token("ink-3"), fontSize: 14 },
        splitLine: { lineStyle: { color: token("line") } },
      },
      series: heads.map((name, at) => ({
        name,
        type: "line",
        data: data.map((row) => row.values[at]),
        symbolSize: 6,
        lineStyle: { width: 2.5 },
        connectNulls: false,
        // The line height keeps two labels apart where their lines end close together.
        endLabel: { show: named, formatter: labels[at], color: colours[at], fontSize: 14, lineHeight: 20 },
        labelLayout: { moveOverlap: "shiftY" },
      })),
      tooltip: { ...base().tooltip, trigger: "axis" },
    },
  };
}

function keep(picture, name) {
  const link = document.createElement("a");
  link.href = picture;
  link.download = name;
  link.click();
}

// WeChat's browser keeps no downloads: there a picture is saved by a long press on it.
function show(figure, button, picture) {
  const image = document.createElement("img");
  [image.src, image.alt, image.className] = [picture, figure.querySelector("h2, h3").textContent, "kept"];
  figure.querySelector("img.kept")?.remove();
  button.textContent = button.dataset.press;
  button.after(image);
}

const KINDS = { lines, funnel, bars };

/** Draws, and draws again when the width or the theme changes. */
export function draw(figure) {
  const plot = figure.querySelector(".plot");
  let chart;
  const paint = () => {
    const data = rows(figure);
    if (data.length === 0) return;
    const { height, option } = KINDS[figure.dataset.chart](figure, data);
    plot.style.display = "block";
    plot.style.height = `${height}px`;
    plot.style.minHeight = "0";
    chart ??= init(plot, null, { renderer: "canvas", devicePixelRatio: Math.max(2, devicePixelRatio) });
    chart.resize();
    chart.setOption(option, true);
  };
  paint();
  let width = plot.clientWidth;
  new ResizeObserver(() => {
    if (plot.clientWidth === width) return;
    width = plot.clientWidth;
    paint();
  }).observe(plot);
  document.addEventListener("theme", paint);
  // On paper it is drawn for the sheet, at its own size of letters.
  const onPaper = (size) => () => {
    plot.style.width = size;
    paint();
    chart?.getZr().refreshImmediately();
  };
  addEventListener("beforeprint", onPaper("690px"));
  addEventListener("afterprint", onPaper(""));
  const save = figure.querySelector("button[data-png]");
  if (save) {
    save.hidden = false;
    save.addEventListener("click", () => {
      const picture = chart.getDataURL({ type: "png", pixelRatio: 2, backgroundColor: token("paper") });
      if (/MicroMessenger/.test(navigator.userAgent)) show(figure, save, picture);
      else keep(picture, `${figure.id || "hengping"}.png`);
    });
  }
}
