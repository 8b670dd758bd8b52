import uPlot from 'uplot';
import { drawnBy } from '../exports/as-seen.js';
import { chartBody } from '../exports/chart-drawing.js';
import type { ChartProps, Level } from './chart-props.js';
import { allSteps, shownLines, shownSteps, shownValues } from './chart-range.js';
import { pixelColumns } from './columns.js';
import { fillBetween, type Line, markMissing, pixelsAcross, strokeColumns } from './draw-line.js';
import { leastDrag, listenToFingers } from './fingers.js';
import { drawnInTurn } from './frame.js';
import { pointedStep, pointerAt } from './pointer.js';
import { logTicks, shortNumber } from './ticks.js';
import { cssColor, cursorStep, logX, logY, zoom } from './view.js';

/** Low in a narrow column, higher where there is room. */
const heightOf = (width: number): number => Math.round(Math.min(340, Math.max(190, width * 0.3)));
const thin = { width: 1.6, dash: [] as readonly number[], alpha: 1 };

interface Shape {
  readonly steps: readonly [number, number];
  readonly values: readonly [number, number];
}

/** A chart in an element; while that is hidden there is none. `onDraw` is called with everything that is drawn. */
export function makePlot(host: HTMLElement, props: () => ChartProps, onDraw: () => void) {
  /** As they were last observed: to ask for them in a frame would lay out the page once more. */
  let [width, scale] = [0, 1];
  let shape: Shape = { steps: [1, 2], values: [0, 1] };
  let plot: { readonly u: uPlot; readonly axes: string } | undefined;
  const turn = drawnInTurn(draw);
  const letGo = listenToFingers(host, {
    plot: () => plot?.u,
    shown: () => shownSteps(shownLines(props().lines()), props().step()),
    all: () => allSteps(props().lines(), props().step()),
    onMarked: zoomToSelection,
  });

  function measure(): Shape {
    const lines = shownLines(props().lines());
    const steps = shownSteps(lines, props().step());
    const values = shownValues(lines, steps, logY.value);
    return { steps, values: logY.value ? withLevels(values, props().levels?.() ?? []) : values };
  }
  function draw(): void {
    if (width === 0) return;
    onDraw();
    const axes = `${logX.value} ${logY.value} ${scale}`;
    shape = measure();
    if (plot?.axes === axes) {
      plot.u.setData(dataOf(shape));
      return;
    }
    plot?.u.destroy();
    const options = optionsOf({ width, scale }, props, () => shape);
    plot = { u: new uPlot(options, dataOf(shape), host), axes };
  }
  const resized = new ResizeObserver(() => {
    [width, scale] = [Math.floor(host.clientWidth), textScale()];
    if (width === 0) return;
    if (plot && width !== plot.u.width) plot.u.setSize({ width, height: heightOf(width) });
    turn.ask();
  });
  resized.observe(host);
  drawnBy(host, () => (plot ? bodyOf(plot.u, props(), shape) : ''));
  return {
    redraw: turn.ask,
    destroy(): void {
      resized.disconnect();
      letGo();
      turn.stop();
      plot?.u.destroy();
    },
  };
}

/** A logarithmic axis has room for a level that is far away. */
const withLevels = ([low, high]: Shape['values'], levels: readonly Level[]): Shape['values'] => {
  const positive = levels.map(({ value }) => value).filter((value) => value > 0 && Number.isFinite(value));
  return [Math.min(low, ...positive), Math.max(high, ...positive.map((value) => value * 1.3))];
};

/** Two points that span the axes: the lines are drawn by our own hand. */
const dataOf = ({ steps, values }: Shape): uPlot.AlignedData => [[...steps], [...values]];

/** The chart as it is saved: what is drawn on its canvas as lines. */
function bodyOf({ bbox }: uPlot, { lines, levels, step }: ChartProps, shape: Shape): string {
  const [left, top, width, height] = [bbox.left, bbox.top, bbox.width, bbox.height].map(
    (size) => size / devicePixelRatio,
  );
  const plot = { left: left!, top: top!, width: width!, height: height!, logX: logX.value, logY: logY.value };
  const drawn = { lines: shownLines(lines()), levels: levels?.() ?? [], step: step(), ink: cssColor };
  return chartBody({ ...shape, ...plot, ...drawn });
}

/** CSS pixels across, and how large the page's text is, against the usual 15 pixels. */
interface Size {
  readonly width: number;
  readonly scale: number;
}

function optionsOf(size: Size, props: () => ChartProps, shape: () => Shape): uPlot.Options {
  const width = Math.max(120, size.width);
  const { scale } = size;
  return {
    width,
    height: heightOf(width),
    legend: { show: false },
    padding: [8, 22, 0, 0],
    scales: {
      x: { time: false, distr: logX.value ? 3 : 1, range: () => [...shape().steps] as [number, number] },
      y: { distr: logY.value ? 3 : 1, range: () => [...shape().values] as [number, number] },
    },
    series: [{}, { paths: () => null, points: { show: false } }],
    axes: [
      { ...axisOf(scale), incrs: wholeSteps, ...(logX.value && ownTicks), size: 26 * scale, space: 64 * scale },
      { ...axisOf(scale), ...(logY.value && ownTicks), size: 54 * scale, space: 26 * scale },
    ],
    cursor: cursorOf(props),
    hooks: {
      draw: [(u) => drawAll(u, props(), { ...shape(), scale })],
      setCursor: [followPointer],
      setSelect: [zoomToSelection],
    },
  };
}

/** Steps between two ticks: there is none between two steps. */
const wholeSteps = Array.from({ length: 10 }, (_, power) => [1, 2, 5].map((factor) => factor * 10 ** power)).flat();

const textScale = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 15 || 1;
const fontOf = (scale: number): string => `${Math.round(11 * scale)}px system-ui, sans-serif`;

const axisOf = (scale: number): uPlot.Axis => ({
  stroke: () => cssColor('--muted'),
  grid: { stroke: () => cssColor('--grid'), width: 1 },
  ticks: { show: false },
  font: fontOf(scale),
  values: (_: uPlot, splits: number[]) => splits.map((value) => (value === null ? '' : shortNumber(value))),
});

/** One cursor for all charts: a drag zooms, a click goes to a step, two clicks show all steps again. */
function cursorOf(props: () => ChartProps): uPlot.Cursor {
  /** Where the button went down: a click that ends a drag picks no step. */
  let pressedAt = 0;
  return {
    y: false,
    points: { show: false },
    sync: { key: 'steps', scales: ['x', null] },
    drag: { x: true, y: false, setScale: false, dist: leastDrag },
    bind: {
      dblclick: () => () => {
        zoom.value = undefined;
        return null;
      },
      mousedown: (u, _, handle) => (event) => {
        pressedAt = pointerAt(u, event);
        return handle(event);
      },
      mouseup: (u, _, handle) => (event) => {
        handle(event);
        const at = pointerAt(u, event);
        if (event.button === 0 && Math.abs(at - pressedAt) < leastDrag) props().onPick?.(pointedStep(u, at));
        return null;
      },
    },
  };
}

/** uPlot's own ticks of a logarithmic axis never end where it does not begin at a round number. */
const ownTicks = {
  splits: (_: uPlot, __: number, low: number, high: number) => [...logTicks(low, high)],
  filter: (_: uPlot, splits: number[]) => splits,
};

function followPointer(u: uPlot): void {
  if (!u.cursor.event) return;
  const { left = -1 } = u.cursor;
  cursorStep.value = left < 0 ? undefined : pointedStep(u, left);
}

function zoomToSelection(u: uPlot): void {
  const { left, width } = u.select;
  if (width < leastDrag) return;
  const from = Math.max(1, Math.floor(u.posToVal(left, 'x')));
  const to = Math.max(from + 1, Math.ceil(u.posToVal(left + width, 'x')));
  u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  zoom.value = [from, to];
}

/** uPlot draws no axis whose values have more digits than this; those of a network that diverges do. */
const mostAxisValue = 1e16;

function drawFarTicks({ ctx, bbox, valToPos }: uPlot, { values: [low, high], scale }: Drawn): void {
  if (!logY.value || high < mostAxisValue) return;
  ctx.save();
  ctx.font = fontOf(scale * devicePixelRatio);
  ctx.textAlign = 'right';
  ctx.textBaseline = 'middle';
  for (const tick of logTicks(low, high)) {
    const y = valToPos(tick, 'y', true);
    ctx.fillStyle = cssColor('--grid');
    ctx.fillRect(bbox.left, y, bbox.width, devicePixelRatio);
    ctx.fillStyle = cssColor('--muted');
    ctx.fillText(shortNumber(tick), bbox.left - 5 * devicePixelRatio, y);
  }
  ctx.restore();
}

type Drawn = Shape & Pick<Size, 'scale'>;

function drawAll(u: uPlot, props: ChartProps, drawn: Drawn): void {
  drawFarTicks(u, drawn);
  drawLines(u, props.lines(), drawn);
  drawStep(u, props.step(), Math.min(1, drawn.steps[0]));
  for (const level of props.levels?.() ?? []) drawLevel(u, level, drawn);
}

function drawLines(u: uPlot, lines: readonly Line[], { steps: [from, to] }: Shape): void {
  const axis = { from, to, columns: pixelsAcross(u), log: logX.value };
  const columns = (series: Line['series']) => pixelColumns(series, axis, logY.value);
  for (const { series, color: name, dash = [], band, raw } of shownLines(lines)) {
    const color = cssColor(name);
    if (band) fillBetween(u, columns(band[0]), columns(band[1]), color);
    if (raw) strokeColumns(u, columns(raw), { ...thin, color, alpha: 0.3 });
    const own = columns(series);
    strokeColumns(u, own, { ...thin, color, dash });
    markMissing(u, own, cssColor('--bad'));
  }
}

function drawStep(u: uPlot, step: number, from: number): void {
  const { ctx, bbox } = u;
  const x = u.valToPos(Math.max(from, step), 'x', true);
  if (!(x >= bbox.left && x <= bbox.left + bbox.width)) return;
  ctx.save();
  ctx.fillStyle = cssColor('--text');
  ctx.globalAlpha = 0.55;
  ctx.fillRect(x - devicePixelRatio / 2, bbox.top, devicePixelRatio, bbox.height);
  ctx.restore();
}

function drawLevel(u: uPlot, { value, label }: Level, { scale }: Drawn): void {
  const { ctx, bbox } = u;
  const y = u.valToPos(value, 'y', true);
  if (!(y >= bbox.top && y <= bbox.top + bbox.height)) return;
  ctx.save();
  ctx.strokeStyle = ctx.fillStyle = cssColor('--bad');
  ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.font = fontOf(scale * devicePixelRatio);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
  ctx.fillText(label, bbox.left + 6 * devicePixelRatio, y - 4 * devicePixelRatio);
  ctx.restore();
}
