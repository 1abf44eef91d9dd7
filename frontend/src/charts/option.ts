// Owns how a frame is told to ECharts, which draws the axes and the lines and nothing else. Pure.
//
// The marks on the lines are `paintMarks`'.
import type { EChartsCoreOption } from "echarts/core";
import type { CanvasColors } from "@/charts/canvasColors.ts";
import type { Frame, Trace } from "@/charts/frame.ts";
import type { Look } from "@/charts/hues.ts";

type Looks = ReadonlyMap<string, Look>;

/** Without a graphics card, wide strokes cost so much for each vertex that many are drawn as thin as the screen can. */
const MOST_WIDE_VERTICES = 1_200;
const MOST_FILLED_VERTICES = 2_500;
const FINE_PX = 1;
const WIDE_PX = 1.75;
const FILL = 0.07;
/** Between two charges nothing was charged: where each has its dot, the line only leads the eye from one to the next. */
const GUIDE_OPACITY = 0.4;
const UNCERTAIN_DASH = [1, 4];

export function optionOf(frame: Frame, looks: Looks, colors: CanvasColors): EChartsCoreOption {
  const { plot } = frame;
  const { left, top, width, height, right, bottom } = plot;
  return {
    animation: false,
    textStyle: { fontFamily: colors.font },
    grid: { left, top, right: width - right, bottom: height - bottom, outerBoundsMode: "none" },
    xAxis: timeAxis(frame, colors),
    yAxis: amountAxis(frame, colors),
    series: frame.traces.flatMap((trace, index) => {
      const look = looks.get(trace.model);
      return look ? traceSeries(trace, look, layerOf(frame, index), frame) : [];
    }),
  };
}

/** What is small lies on top of what is large, but the rate's zeros, which all models share, below. */
function layerOf({ drawing, traces }: Frame, index: number): number {
  return 2 + (drawing.mode === "rate" ? traces.length - index : index);
}

function timeAxis({ plot, timeTicks }: Frame, colors: CanvasColors) {
  const ticks = new Map(timeTicks.map((tick) => [tick.ms, tick]));
  const customValues = [...ticks.keys()];
  return {
    type: "value",
    min: plot.span.fromMs,
    max: plot.span.toMs,
    silent: true,
    axisLine: { onZero: false, lineStyle: { color: colors.grid } },
    axisTick: { customValues, length: 4, lineStyle: { color: colors.grid } },
    splitLine: { show: false },
    axisLabel: {
      customValues,
      margin: 8,
      fontSize: 11,
      showMinLabel: true,
      showMaxLabel: true,
      formatter: (ms: number) => ticks.get(ms)?.label ?? "",
      color: (ms: string) => (ticks.get(Number(ms))?.isStrong ? colors.strong : colors.label),
    },
  };
}

function amountAxis({ plot, amountTicks }: Frame, colors: CanvasColors) {
  const labels = new Map(amountTicks.map((tick) => [tick.micros, tick.label]));
  const customValues = [...labels.keys()];
  return {
    type: "value",
    min: 0,
    max: plot.topMicros,
    silent: true,
    axisLine: { show: false },
    axisTick: { show: false, customValues },
    splitLine: { lineStyle: { color: colors.grid } },
    axisLabel: {
      customValues,
      margin: 8,
      fontSize: 11,
      color: colors.label,
      showMinLabel: true,
      showMaxLabel: true,
      formatter: (micros: number) => labels.get(micros) ?? "",
    },
  };
}

function traceSeries(trace: Trace, look: Look, z: number, frame: Frame) {
  const { mode } = frame.drawing;
  const isWide = mode === "cumulative" || frame.vertexCount <= MOST_WIDE_VERTICES;
  const isFilled = mode === "rate" && !look.dash && frame.vertexCount <= MOST_FILLED_VERTICES;
  const isGuide = mode === "requests" && frame.isDotted;
  const width = isWide && !isGuide ? WIDE_PX : FINE_PX;
  const line = series(`line ${trace.model}`, trace.solid, {
    z,
    lineStyle: { color: look.color, width, type: look.dash ?? "solid", opacity: isGuide ? GUIDE_OPACITY : 1 },
    areaStyle: isFilled ? { color: look.color, opacity: FILL } : undefined,
  });
  if (trace.uncertain.length === 0) return [line];
  const uncertain = series(`uncertain ${trace.model}`, trace.uncertain, {
    z,
    lineStyle: { color: look.color, width, type: UNCERTAIN_DASH },
  });
  return [line, uncertain];
}

function series(id: string, data: Float64Array, more: object) {
  return {
    id,
    type: "line",
    silent: true,
    showSymbol: false,
    emphasis: { disabled: true },
    dimensions: ["ms", "micros"],
    data,
    ...more,
  };
}
