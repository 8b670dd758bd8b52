import type { RunView } from '../state/run-view.js';
import { hasLine, pixelColumns } from './columns.js';
import { shortNumber } from './ticks.js';

const [width, height] = [640, 90];

/** The loss so far as one line, without axes: every value counts in its column. */
export function LossLine({ view }: { view: RunView }) {
  void view.revision.value;
  const series = view.lines.get('loss');
  const total = view.facts.value?.totalSteps ?? 1;
  const columns = series
    ? pixelColumns(series, { from: 1, to: total, columns: width, log: false }, true).filter(hasLine)
    : [];
  const low = Math.log(Math.min(...columns.map(({ min }) => min), 1e-4));
  const high = Math.log(Math.max(...columns.map(({ max }) => max), 0.2));
  const y = (value: number): string => (4 + (height - 8) * (1 - (Math.log(value) - low) / (high - low))).toFixed(1);
  const points = columns.map(({ at, min, max }) => `${at},${y(max)} ${at},${y(min)}`).join(' ');
  const last = series && series.count > 0 ? shortNumber(series.y[series.count - 1]!) : 'not known yet';
  const here = (view.place.value.step / total) * width;
  return (
    <svg
      class="loss-line"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`Loss over steps, on a logarithmic axis: ${last}`}
    >
      <polyline points={points} />
      <line x1={here} x2={here} y1="0" y2={height} />
      <text x={width - 6} y="6" text-anchor="end" dominant-baseline="hanging">
        loss {last}
      </text>
    </svg>
  );
}
