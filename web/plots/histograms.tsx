import type { PanelData } from '../worker/protocol.js';
import { shortNumber } from './ticks.js';

const [width, height] = [164, 64];

type Entry = NonNullable<PanelData['histogram']>[number];

interface Props {
  readonly entries: readonly Entry[];
  /** Those of a run beside it, drawn as an outline. */
  readonly beside?: readonly Entry[];
}

/** The weights of each layer as small bars, those of a second run as an outline on the same axis. */
export function Histograms({ entries, beside = [] }: Props) {
  if (entries.length === 0) return <p class="empty">The weights are counted …</p>;
  return (
    <ul class="histograms">
      {entries.map((entry) => (
        <Histogram key={entry.name} entry={entry} other={beside.find(({ name }) => name === entry.name)} />
      ))}
    </ul>
  );
}

function Histogram({ entry, other }: { entry: Entry; other: Entry | undefined }) {
  const reach = Math.max(entry.high, other?.high ?? 0);
  const most = Math.max(1, ...entry.counts, ...(other?.counts ?? []));
  const place = placing(reach, most);
  return (
    <li>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`${entry.name}: from ${shortNumber(entry.low)} to ${shortNumber(entry.high)}`}
      >
        <path d={bars(entry, place)} />
        {other && <path class="other" d={outline(other, place)} />}
      </svg>
      <span>
        {entry.name} · ±{shortNumber(reach)}
      </span>
    </li>
  );
}

interface Placing {
  readonly x: (value: number) => number;
  readonly y: (count: number) => number;
}

/** An axis from -reach to reach, and counts up to the most of any bin. */
const placing = (reach: number, most: number): Placing => ({
  x: (value) => ((value + reach) / (2 * reach)) * width,
  y: (count) => height * (1 - count / most),
});

/** Where bin i begins. */
const edge = ({ low, high, counts }: Entry, i: number): number => low + ((high - low) * i) / counts.length;

const bars = (entry: Entry, { x, y }: Placing): string =>
  entry.counts
    .map((count, i) => {
      const [left, right] = [x(edge(entry, i)), x(edge(entry, i + 1))];
      const gap = Math.min(0.5, (right - left) / 4);
      return `M${left.toFixed(1)} ${height}V${y(count).toFixed(1)}H${(right - gap).toFixed(1)}V${height}`;
    })
    .join('');

const outline = (entry: Entry, { x, y }: Placing): string =>
  `M${x(entry.low).toFixed(1)} ${height}${entry.counts
    .map((count, i) => `V${y(count).toFixed(1)}H${x(edge(entry, i + 1)).toFixed(1)}`)
    .join('')}V${height}`;
