import type { Axis } from '../experiments/figure.js';
import type { Series } from './drawing.js';
import { type MeasuredNetwork, valueText } from './measurement-text.js';
import { colourAt } from './palette.js';
import { vegaSpec } from './vega-spec.js';

/** Side of the map, and height of the curves beside it. */
const side = 270;

interface Cell {
  readonly a: number;
  readonly b: number;
  readonly loss: number;
}

/** A loss over a plane as parts of a figure that stand side by side. */
export interface MeasuredSurface {
  readonly title: string;
  readonly subtitle: string;
  readonly panels: readonly object[];
}

/** The training loss over a plane as a map of colours, and along both of its axes as curves; undefined if none is finite. */
export function surfacePanels({ columns, lossUnit }: MeasuredNetwork): MeasuredSurface | undefined {
  const { a = [], b = [], trainLoss = [] } = columns;
  const cells: readonly Cell[] = trainLoss.flatMap((loss, i) => (loss === null ? [] : [{ a: a[i]!, b: b[i]!, loss }]));
  if (cells.length === 0) return undefined;
  const steps = [...new Set(a)].flatMap((step) => (step === null ? [] : [step]));
  const losses = cells.map(({ loss }) => loss);
  const [low, high] = [Math.min(...losses), Math.max(...losses)];
  const lowest = cells[losses.indexOf(low)]!;
  const scale = low > 0 && high > 10 * low ? 'log' : 'linear';
  return {
    title: 'Training loss on a plane around the network',
    subtitle: `Two random directions, filters of the network's own size. Lowest ${valueText(low)} at (${valueText(lowest.a)}, ${valueText(lowest.b)}), highest ${valueText(high)}.`,
    panels: [map(cells, steps, scale), curvePanel(cells, steps, { label: `training loss (${lossUnit})`, scale })],
  };
}

function map(cells: readonly Cell[], steps: readonly number[], scale: 'log' | 'linear'): object {
  const half = (steps.at(-1)! - steps[0]!) / (steps.length - 1) / 2;
  const [from, until] = [steps[0]! - half, steps.at(-1)! + half];
  const values = cells.map(({ a, b, loss }) => ({
    ...edges('a', a, half, until),
    ...edges('b', b, half, until),
    loss: Number(loss.toPrecision(6)),
  }));
  const axis = (field: string) => ({
    field: `${field}From`,
    type: 'quantitative',
    scale: { domain: [from, until], nice: false, zero: false },
    axis: { title: `step along direction ${field}`, grid: false },
  });
  const color = {
    field: 'loss',
    type: 'quantitative',
    scale: { type: scale, scheme: 'viridis', nice: false },
    legend: { title: null, orient: 'right', direction: 'vertical', gradientLength: side, tickCount: 5, offset: 8 },
  };
  return {
    width: side,
    height: side,
    layer: [
      {
        data: { values },
        mark: { type: 'rect' },
        encoding: { x: axis('a'), x2: { field: 'aUntil' }, y: axis('b'), y2: { field: 'bUntil' }, color },
      },
      {
        data: { values: [{ aFrom: 0, bFrom: 0 }] },
        mark: { type: 'point', shape: 'cross', filled: true, size: 60, opacity: 1, color: '#ffffff' },
        encoding: { x: axis('a'), y: axis('b') },
      },
    ],
  };
}

/** A cell reaches a little below its neighbour, so that no seam shows between them. */
const edges = (name: string, at: number, half: number, until: number): Record<string, number> => ({
  [`${name}From`]: at - half,
  [`${name}Until`]: Math.min(until, at + 1.15 * half),
});

/** The loss along each direction with no step along the other; with an even number of points, half a step beside that. */
function curvePanel(cells: readonly Cell[], steps: readonly number[], y: Axis): object {
  const middle = steps[Math.floor((steps.length - 1) / 2)]!;
  const along = (moving: 'a' | 'b', still: 'a' | 'b'): Series => {
    const row = cells.filter((cell) => cell[still] === middle);
    return {
      name: `along ${moving}, ${still} = ${valueText(middle)}`,
      colour: colourAt(moving === 'a' ? 0 : 1, 2),
      form: 'line',
      lines: [row.map((cell) => ({ x: cell[moving], y: cell.loss }))],
    };
  };
  const drawing = { x: { label: 'step' }, y, series: [along('a', 'b'), along('b', 'a')] };
  // The panel is part of a figure that says how all of it looks.
  const { $schema, padding, config, ...panel } = vegaSpec(drawing, 'narrow');
  return { ...panel, height: side };
}
