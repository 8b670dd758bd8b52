import { type Signal, untracked, useComputed } from '@preact/signals';
import { linesTable } from '../exports/csv.js';
import { SaveMenu } from '../exports/save-menu.js';
import type { ChartProps } from './chart-props.js';
import type { Line } from './draw-line.js';
import { firstFrom, nearestTo } from './series.js';
import { shortNumber, wholeNumber } from './ticks.js';
import { cursorStep, isolated, logX, zoom } from './view.js';

interface LegendProps extends ChartProps {
  /** Counts what was drawn: its numbers are those of the picture, and come in its turn. */
  readonly drawn: Signal<number>;
}

/** The lines of a chart with their values at the cursor, else where the network stands; a click shows one alone. */
export function Legend({ lines, step, title, empty, drawn }: LegendProps) {
  const entries = useComputed(() => {
    void drawn.value;
    const at = cursorStep.value ?? untracked(step);
    return untracked(lines)
      .map((line) => ({ ...line, ...valueAt(line, at) }))
      .sort((a, b) => (b.value ?? Number.NEGATIVE_INFINITY) - (a.value ?? Number.NEGATIVE_INFINITY));
  });
  if (entries.value.length === 0) return empty === undefined ? null : <p class="quiet">{empty}</p>;
  return (
    <>
      <ul class="legend" aria-label={`Lines of ${title}`}>
        {entries.value.map((entry) => (
          <Entry key={entry.label} {...entry} />
        ))}
      </ul>
      <div class="figure-foot" data-unsaved>
        <AsTable lines={lines} title={title} />
        <SaveMenu title={title} table={() => linesTable(lines())} />
      </div>
      {empty !== undefined && entries.value.every(({ series }) => series.count < 2) && <p class="quiet">{empty}</p>}
    </>
  );
}

function Entry({ label, color, dash, text }: Line & Reading) {
  return (
    <li>
      <button
        type="button"
        aria-pressed={isolated.value === label}
        title={`Show ${label} alone`}
        onClick={() => {
          isolated.value = isolated.value === label ? undefined : label;
        }}
      >
        <Stroke color={color} dash={dash} />
        {label}
      </button>
      <output>{text}</output>
    </li>
  );
}

const Stroke = ({ color, dash }: { color: string; dash: Line['dash'] }) => (
  <svg width="22" height="8" aria-hidden="true">
    <line x1="1" y1="4" x2="21" y2="4" stroke={`var(${color})`} stroke-width="2.5" stroke-dasharray={dash?.join(' ')} />
  </svg>
);

interface Reading {
  readonly value?: number;
  readonly text: string;
}

/** The value nearest to a step; where a column of pixels holds many, the greatest of them with its exact step. */
function valueAt({ series }: Line, at: number): Reading {
  const i = nearestTo(series, at);
  if (i < 0) return { text: '–' };
  const value = series.y[i]!;
  const near = `${shortNumber(value)} at ${wholeNumber(series.x[i]!)}`;
  const greatest = greatestNear(series, at);
  if (greatest < 0 || !(series.y[greatest]! > value)) return { value, text: near };
  return { value, text: `${near}; up to ${shortNumber(series.y[greatest]!)} at ${wholeNumber(series.x[greatest]!)}` };
}

/** Share of the axis around the cursor that counts as under it: some two columns of pixels of a narrow chart. */
const reach = 1 / 150;

function greatestNear(series: Line['series'], at: number): number {
  if (cursorStep.value === undefined) return -1;
  const [low, high] = reached(at, zoom.value ?? [1, series.x[series.count - 1]!]);
  let found = -1;
  for (let i = firstFrom(series, low); i < series.count && series.x[i]! <= high; i++) {
    if (found < 0 || series.y[i]! > series.y[found]!) found = i;
  }
  return found;
}

/** The steps under the cursor. */
function reached(at: number, [from, to]: readonly [number, number]): readonly [number, number] {
  if (logX.value) {
    const factor = (to / from) ** reach;
    return [at / factor, at * factor];
  }
  const half = (to - from) * reach;
  return [at - half, at + half];
}

const tableRows = 20;

/** A chart's lines as numbers, at even places. */
function AsTable({ lines, title }: Pick<ChartProps, 'lines' | 'title'>) {
  return (
    <details class="as-table" onToggle={(event) => fillTable(event.currentTarget, lines())}>
      <summary aria-label={`${title} as table`}>as table</summary>
      <section class="scroll" aria-label={`${title} as a table`} />
    </details>
  );
}

/** Made when it is opened: nobody reads a table at sixty frames a second. */
function fillTable(details: HTMLDetailsElement, lines: readonly Line[]): void {
  const target = details.querySelector('section')!;
  target.replaceChildren();
  if (!details.open) return;
  const table = document.createElement('table');
  const last = Math.max(0, ...lines.map(({ series: { x, count } }) => (count > 0 ? x[count - 1]! : 0)));
  const head = table.createTHead().insertRow();
  for (const text of ['step', ...lines.map(({ label }) => label)]) {
    const cell = document.createElement('th');
    cell.scope = 'col';
    cell.textContent = text;
    head.append(cell);
  }
  const body = table.createTBody();
  const steps = new Set(
    Array.from({ length: tableRows }, (_, i) => Math.round(1 + ((last - 1) * i) / (tableRows - 1))),
  );
  for (const step of steps) {
    const row = body.insertRow();
    row.insertCell().textContent = wholeNumber(step);
    for (const { series } of lines) {
      const i = nearestTo(series, step);
      row.insertCell().textContent = i < 0 ? '–' : shortNumber(series.y[i]!);
    }
  }
  target.append(table);
}
