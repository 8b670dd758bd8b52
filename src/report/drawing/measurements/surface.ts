import type { Axis } from '../../../study/figure.js';
import type { Series } from '../drawing.js';
import { colourAt } from '../palette.js';
import { vegaSpec } from '../vega-spec.js';
import { pathLayers, pathOf } from './surface-path.js';
import { type MeasuredNetwork, percentText, valueText } from './text.js';

/** Side of the map, and height of the curves beside it. */
const side = 270;

type Direction = 'a' | 'b';

interface Cell {
  readonly a: number;
  readonly b: number;
  readonly loss: number;
}

/** What is said of a plane. */
interface PlaneText {
  readonly title: string;
  readonly subtitle: string;
  readonly axes: Readonly<Record<Direction, string>>;
  /** What the curves go along. */
  readonly step: string;
}

/** A loss over a plane as parts of a figure that stand side by side. */
export interface MeasuredSurface {
  readonly title: string;
  readonly subtitle: string;
  readonly panels: readonly object[];
}

/**
 * The training loss over a plane as a map of colours, and along both of its axes as curves; undefined if none is
 * finite.
 * In the plane of a trajectory its path lies over the map.
 */
export function surfacePanels(measured: MeasuredNetwork): MeasuredSurface | undefined {
  const { columns, lossUnit } = measured;
  const { a = [], b = [], trainLoss = [] } = columns;
  const cells: readonly Cell[] = trainLoss.flatMap((loss, i) => (loss === null ? [] : [{ a: a[i]!, b: b[i]!, loss }]));
  if (cells.length === 0) return undefined;
  const lowest = cells.reduce((best, cell) => (cell.loss < best.loss ? cell : best));
  const [low, high] = [lowest.loss, cells.reduce((most, { loss }) => Math.max(most, loss), lowest.loss)];
  const scale = low > 0 && high > 10 * low ? 'log' : 'linear';
  const path = pathOf(measured);
  const text = path.length > 0 ? trajectoryText(measured, path.length) : randomText;
  const steps = { a: stepsOf(a), b: stepsOf(b) };
  const position = { x: axisOf(text, steps, 'a'), y: axisOf(text, steps, 'b') };
  const over = path.length > 0 ? pathLayers(path, position) : [cross(position)];
  return {
    title: text.title,
    subtitle: `${text.subtitle} Lowest ${valueText(low)} at (${valueText(lowest.a)}, ${valueText(lowest.b)}), highest \
${valueText(high)}.`,
    panels: [
      { width: side, height: side, layer: [heat(cells, steps, position, scale), ...over] },
      curvePanel(cells, steps, { x: { label: text.step }, y: { label: `training loss (${lossUnit})`, scale } }),
    ],
  };
}

const randomText: PlaneText = {
  title: 'Training loss on a plane around the network',
  subtitle: "Two random directions, filters of the network's own size.",
  axes: { a: 'step along direction a', b: 'step along direction b' },
  step: 'step',
};

function trajectoryText({ values }: MeasuredNetwork, snapshots: number): PlaneText {
  const shares = [values['explained1'], values['explained2']].map(percentText).join(' and ');
  return {
    title: "Training loss in the plane of the weights' path",
    subtitle: `${snapshots} snapshots, explained variance ${shares}. The path is a projection: where it is off the \
plane, its own losses differ.`,
    axes: { a: 'a: principal component 1 (weight units)', b: 'b: principal component 2 (weight units)' },
    step: 'weight units from the mean',
  };
}

type Steps = Readonly<Record<Direction, readonly number[]>>;

const stepsOf = (column: readonly (number | null)[]): readonly number[] =>
  [...new Set(column)].flatMap((step) => (step === null ? [] : [step]));

const halfStep = (steps: readonly number[]): number => (steps.at(-1)! - steps[0]!) / (steps.length - 1) / 2;

const lastEdge = (steps: readonly number[]): number => steps.at(-1)! + halfStep(steps);

/** Both axes go as far as the cells; points are named as the axis is. */
function axisOf({ axes }: PlaneText, steps: Steps, name: Direction) {
  const own = steps[name];
  return {
    field: name,
    type: 'quantitative',
    scale: { domain: [own[0]! - halfStep(own), lastEdge(own)], nice: false, zero: false },
    axis: { title: axes[name], grid: false },
  };
}

type Position = Readonly<Record<'x' | 'y', object>>;

function heat(cells: readonly Cell[], steps: Steps, { x, y }: Position, scale: 'log' | 'linear'): object {
  const values = cells.map(({ a, b, loss }) => ({
    ...edges('a', a, steps),
    ...edges('b', b, steps),
    loss: Number(loss.toPrecision(6)),
  }));
  const color = {
    field: 'loss',
    type: 'quantitative',
    scale: { type: scale, scheme: 'viridis', nice: false },
    legend: { title: null, orient: 'right', direction: 'vertical', gradientLength: side, tickCount: 5, offset: 8 },
  };
  return {
    data: { values },
    mark: { type: 'rect' },
    encoding: {
      x: { ...x, field: 'aFrom' },
      x2: { field: 'aUntil' },
      y: { ...y, field: 'bFrom' },
      y2: { field: 'bUntil' },
      color,
    },
  };
}

/** Where the network is. */
const cross = (position: Position): object => ({
  data: { values: [{ a: 0, b: 0 }] },
  mark: { type: 'point', shape: 'cross', filled: true, size: 60, opacity: 1, color: '#ffffff' },
  encoding: position,
});

/** A cell reaches a little below its neighbour, so that no seam shows between them. */
function edges(name: Direction, at: number, steps: Steps): Record<string, number> {
  const half = halfStep(steps[name]);
  return { [`${name}From`]: at - half, [`${name}Until`]: Math.min(lastEdge(steps[name]), at + 1.15 * half) };
}

/**
 * The loss along each direction with no step along the other; with an even number of points, half a step beside that.
 */
function curvePanel(cells: readonly Cell[], steps: Steps, axes: { readonly x: Axis; readonly y: Axis }): object {
  const along = (moving: Direction, still: Direction): Series => {
    const middle = steps[still][Math.floor((steps[still].length - 1) / 2)]!;
    const row = cells.filter((cell) => cell[still] === middle);
    return {
      name: `along ${moving}, ${still} = ${valueText(middle)}`,
      colour: colourAt(moving === 'a' ? 0 : 1, 2),
      form: 'line',
      lines: [row.map((cell) => ({ x: cell[moving], y: cell.loss }))],
    };
  };
  const drawing = { ...axes, series: [along('a', 'b'), along('b', 'a')] };
  // The panel is part of a figure that says how all of it looks.
  const { $schema, padding, config, ...panel } = vegaSpec(drawing, 'narrow');
  return { ...panel, height: side };
}
