import { base, short, token } from "./chart-base.js";

// Merchants by number of cases and share, among the limits that chance and usual differences allow.
const PLACES = {
  farBelow: { symbol: "triangle", symbolRotate: 180, tone: "bad" },
  below: { symbol: "circle", tone: "ink-3" },
  inside: { symbol: "circle", tone: "ink-3" },
  above: { symbol: "circle", tone: "ink-3" },
  farAbove: { symbol: "triangle", tone: "good" },
};

export function funnel(figure) {
  const curve = figure.dataset.curve.split(",").map((point) => point.split(" ").map(Number));
  const points = [...figure.querySelectorAll("tbody tr")].map(({ dataset }) => ({
    name: dataset.name,
    value: [Number(dataset.n), Number(dataset.value)],
    words: dataset.words,
    chosen: dataset.key !== "",
    key: dataset.key,
    ...PLACES[dataset.place],
  }));
  // Three names do not fit a phone beside their dots: numbers do, and the key below says whose they are.
  const narrow = figure.clientWidth < 520;
  figure.classList.toggle("narrow", narrow);
  const percent = (value) => `${Math.round(value * 100)}%`;
  const limit = (at, name, type) => ({
    type: "line",
    silent: true,
    symbol: "none",
    data: curve.map((point) => [point[0], point[at]]),
    lineStyle: { color: token("ink-3"), width: 1.5, type },
    endLabel: { show: name !== null, formatter: name, color: token("ink-3"), fontSize: 14 },
    labelLayout: { moveOverlap: "shiftY" },
  });
  return {
    height: narrow ? 340 : 420,
    option: {
      ...base(),
      grid: { left: 0, right: 72, top: 16, bottom: 32, containLabel: true },
      xAxis: {
        type: "log",
        min: curve[0][0],
        max: curve.at(-1)[0],
        name: figure.dataset.across,
        nameLocation: "middle",
        nameGap: 32,
        nameTextStyle: { color: token("ink-2"), fontSize: 14 },
        axisLabel: { color: token("ink-3"), fontSize: 14, hideOverlap: true, formatter: (n) => Math.round(n) },
        axisLine: { lineStyle: { color: token("line-2") } },
        splitLine: { show: false },
      },
      yAxis: {
        type: "value",
        min: 0,
        max: 1,
        axisLabel: { color: token("ink-3"), fontSize: 14, formatter: percent },
        splitLine: { lineStyle: { color: token("line") } },
      },
      series: [
        limit(1, null, "dashed"),
        limit(2, figure.dataset.inner, "dashed"),
        limit(3, null, "solid"),
        limit(4, figure.dataset.outer, "solid"),
        {
          type: "scatter",
          z: 4,
          labelLayout: { moveOverlap: "shiftY" },
          data: points.map((point) => ({
            name: point.name,
            value: point.value,
            symbol: point.symbol,
            symbolRotate: point.symbolRotate,
            symbolSize: point.chosen ? 14 : 10,
            itemStyle: {
              color: token(point.chosen ? "strong" : point.tone),
              opacity: point.chosen || point.tone !== "ink-3" ? 1 : 0.6,
              borderColor: token("paper"),
              borderWidth: 1,
            },
            label: {
              show: point.chosen,
              formatter: narrow ? point.key : short(point.name, 16),
              position: point.value[0] > Math.sqrt(curve[0][0] * curve.at(-1)[0]) ? "left" : "right",
              color: token("ink"),
              fontSize: 14,
            },
          })),
          markLine: {
            silent: true,
            symbol: "none",
            label: { show: false },
            lineStyle: { color: token("ink-3"), type: "dotted" },
            data: [{ yAxis: Number(figure.dataset.centre) }],
          },
          tooltip: { formatter: ({ dataIndex: at }) => `${points[at].name}  ${points[at].words}` },
        },
      ],
    },
  };
}
