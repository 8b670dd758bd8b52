import { useSignalEffect } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { shownSteps, shownValues } from './chart-range.js';
import { pixelColumns } from './columns.js';
import { fillBetween, type Line, markMissing, strokeColumns } from './draw-line.js';
import { drawnByFrame } from './frame.js';
import { Legend } from './legend.js';
import { logTicks, shortNumber } from './ticks.js';
import { cssColor, cursorStep, isolated, logX, logY, themeRevision, zoom } from './view.js';

/** What a chart shows. Every function is called again when `revision` changes. */
export interface ChartProps {
  readonly title: string;
  readonly unit: string;
  readonly lines: () => readonly Line[];
  /** Read to know when to draw again. */
  readonly revision: () => unknown;
  /** Where the network stands. */
  readonly step: () => number;
  /** A level across the chart. */
  readonly level?: () => { readonly value: number; readonly label: string } | undefined;
  /** Called with a step that was clicked. */
  readonly onPick?: (step: number) => void;
}

const height = 190;
/** CSS pixels from which a press that moves is a drag. */
const leastDrag = 5;
const thin = { width: 1.6, dash: [] as readonly number[], alpha: 1 };

/** A chart of lines over steps: every value counts in its column of pixels. */
export function Chart(props: ChartProps) {
  const host = useRef<HTMLDivElement>(null);
  const id = useId();
  const current = useRef(props);
  current.current = props;
  const plot = useRef<{ readonly redraw: () => void }>(undefined);
  useEffect(() => {
    const made = makePlot(host.current!, () => current.current);
    plot.current = made;
    return made.destroy;
  }, []);
  useSignalEffect(() => {
    void [props.revision(), zoom.value, logX.value, logY.value, isolated.value, themeRevision.value];
    plot.current?.redraw();
  });
  return (
    <figure class="chart" aria-labelledby={id}>
      <figcaption id={id}>
        {props.title} <span class="unit">{props.unit}</span>
      </figcaption>
      <div
        class="plot"
        ref={host}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: its keys move the cursor over the steps
        tabIndex={0}
        role="application"
        aria-roledescription="chart"
        aria-labelledby={id}
        onKeyDown={(event) => moveCursor(event, props)}
      />
      <Legend {...props} />
    </figure>
  );
}

/** Lines that are not hidden by the isolation of another. */
export function shownLines(lines: readonly Line[]): readonly Line[] {
  const alone = lines.filter(({ label }) => label === isolated.value);
  return alone.length > 0 ? alone : lines;
}

/** Arrow keys move the cursor over the columns, Enter goes there, plus and minus zoom. */
function moveCursor(event: KeyboardEvent, { lines, step, onPick }: ChartProps): void {
  const [from, to] = shownSteps(lines(), step());
  const at = cursorStep.value ?? step();
  const stride = Math.max(1, Math.round((to - from) / 100)) * (event.shiftKey ? 10 : 1);
  const moves: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => setCursor(at - stride),
    ArrowRight: () => setCursor(at + stride),
    Enter: () => onPick?.(Math.round(at)),
    '+': () => zoomBy(0.5),
    '-': () => zoomBy(2),
    Escape: () => {
      zoom.value = undefined;
      cursorStep.value = undefined;
    },
  };
  const setCursor = (value: number): void => {
    cursorStep.value = Math.min(to, Math.max(from, value));
  };
  const zoomBy = (factor: number): void => {
    const half = ((to - from) / 2) * factor;
    zoom.value = [Math.max(1, Math.round(at - half)), Math.max(2, Math.round(at + half))];
  };
  const move = moves[event.key];
  if (!move) return;
  event.preventDefault();
  event.stopPropagation();
  move();
}

interface Shape {
  readonly steps: readonly [number, number];
  readonly values: readonly [number, number];
}

/** A chart in an element; while that is hidden there is none. */
function makePlot(host: HTMLElement, props: () => ChartProps) {
  let shape: Shape = { steps: [1, 2], values: [0, 1] };
  let plot: { readonly u: uPlot; readonly axes: string } | undefined;
  const frame = drawnByFrame(draw);

  function measure(): Shape {
    const lines = shownLines(props().lines());
    const steps = shownSteps(lines, props().step());
    return { steps, values: shownValues(lines, steps, logY.value) };
  }
  function draw(): void {
    if (host.clientWidth === 0) return;
    const axes = `${logX.value} ${logY.value}`;
    shape = measure();
    if (plot?.axes === axes) {
      plot.u.setData(dataOf(shape));
      return;
    }
    plot?.u.destroy();
    plot = {
      u: new uPlot(
        optionsOf(host, props, () => shape),
        dataOf(shape),
        host,
      ),
      axes,
    };
  }
  const resized = new ResizeObserver(() => {
    const width = Math.floor(host.clientWidth);
    if (width === 0) return;
    if (plot && width !== plot.u.width) plot.u.setSize({ width, height });
    frame.ask();
  });
  resized.observe(host);
  return {
    redraw: frame.ask,
    destroy(): void {
      resized.disconnect();
      frame.stop();
      plot?.u.destroy();
    },
  };
}

/** Two points that span the axes: the lines are drawn by our own hand. */
const dataOf = ({ steps, values }: Shape): uPlot.AlignedData => [[...steps], [...values]];

function optionsOf(host: HTMLElement, props: () => ChartProps, shape: () => Shape): uPlot.Options {
  /** Where the button went down: a click that ends a drag picks no step. */
  let pressedAt = 0;
  const axis = {
    stroke: () => cssColor('--muted'),
    grid: { stroke: () => cssColor('--grid'), width: 1 },
    ticks: { show: false },
    font: '11px system-ui, sans-serif',
    values: (_: uPlot, splits: number[]) => splits.map((value) => (value === null ? '' : shortNumber(value))),
  };
  return {
    width: Math.max(120, Math.floor(host.clientWidth)),
    height,
    legend: { show: false },
    padding: [8, 22, 0, 0],
    scales: {
      x: { time: false, distr: logX.value ? 3 : 1, range: () => [...shape().steps] as [number, number] },
      y: { distr: logY.value ? 3 : 1, range: () => [...shape().values] as [number, number] },
    },
    series: [{}, { paths: () => null, points: { show: false } }],
    axes: [
      { ...axis, ...(logX.value && ownTicks), size: 26, space: 64 },
      { ...axis, ...(logY.value && ownTicks), size: 54, space: 26 },
    ],
    cursor: {
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
          pressedAt = u.cursor.left ?? 0;
          return handle(event);
        },
        click: (u) => () => {
          const at = u.cursor.left ?? 0;
          if (Math.abs(at - pressedAt) < leastDrag) props().onPick?.(Math.max(0, Math.round(u.posToVal(at, 'x'))));
          return null;
        },
      },
    },
    hooks: {
      draw: [(u) => drawLines(u, props(), shape())],
      setCursor: [followPointer],
      setSelect: [zoomToSelection],
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
  cursorStep.value = left < 0 ? undefined : Math.max(0, Math.round(u.posToVal(left, 'x')));
}

function zoomToSelection(u: uPlot): void {
  const { left, width } = u.select;
  if (width < leastDrag) return;
  const from = Math.max(1, Math.floor(u.posToVal(left, 'x')));
  const to = Math.max(from + 1, Math.ceil(u.posToVal(left + width, 'x')));
  u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  zoom.value = [from, to];
}

function drawLines(u: uPlot, props: ChartProps, { steps: [from, to] }: Shape): void {
  const axis = { from, to, columns: Math.max(1, Math.round(u.bbox.width / devicePixelRatio)), log: logX.value };
  const columns = (series: Line['series']) => pixelColumns(series, axis, logY.value);
  for (const { series, color: name, dash = [], band, raw } of shownLines(props.lines())) {
    const color = cssColor(name);
    if (band) fillBetween(u, columns(band[0]), columns(band[1]), color);
    if (raw) strokeColumns(u, columns(raw), { ...thin, color, alpha: 0.3 });
    const own = columns(series);
    strokeColumns(u, own, { ...thin, color, dash });
    markMissing(u, own, cssColor('--bad'));
  }
  drawStep(u, props.step());
  const level = props.level?.();
  if (level) drawLevel(u, level);
}

function drawStep(u: uPlot, step: number): void {
  const { ctx, bbox } = u;
  const x = u.valToPos(Math.max(1, step), 'x', true);
  if (!(x >= bbox.left && x <= bbox.left + bbox.width)) return;
  ctx.save();
  ctx.fillStyle = cssColor('--text');
  ctx.globalAlpha = 0.55;
  ctx.fillRect(x - devicePixelRatio / 2, bbox.top, devicePixelRatio, bbox.height);
  ctx.restore();
}

function drawLevel(u: uPlot, { value, label }: { readonly value: number; readonly label: string }): void {
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
  ctx.font = `${11 * devicePixelRatio}px system-ui, sans-serif`;
  ctx.fillText(label, bbox.left + 6 * devicePixelRatio, y - 4 * devicePixelRatio);
  ctx.restore();
}
