import type { Line } from './draw-line.js';
import { firstFrom, type Series } from './series.js';
import { isolated, logX, zoom } from './view.js';

/** The steps that a chart shows. */
export const shownSteps = (lines: readonly Line[], least: number): readonly [number, number] =>
  zoom.value ?? allSteps(lines, least);

/** The steps that a chart has: from the first one, or from before it where something was measured there. */
export function allSteps(lines: readonly Line[], least: number): readonly [number, number] {
  const drawn = lines.map(({ series }) => series).filter(({ count }) => count > 0);
  const last = Math.max(least, ...drawn.map(({ x, count }) => x[count - 1]!));
  const first = logX.value ? 1 : Math.min(1, ...drawn.map(({ x }) => x[0]!));
  return [first, Math.max(2, last)];
}

const within = (series: Series, [from, to]: readonly [number, number]) =>
  series.summary(firstFrom(series, from), firstFrom(series, to + 1e-9));

/** The values that a chart shows, with some room around them. */
export function shownValues(
  lines: readonly Line[],
  steps: readonly [number, number],
  log: boolean,
): readonly [number, number] {
  const all = lines.flatMap(({ series, band = [], raw }) => [series, ...band, ...(raw ? [raw] : [])]);
  const parts = all.map((series) => within(series, steps));
  const low = Math.min(...parts.map(({ min, minPositive }) => (log ? minPositive : min)));
  const high = Math.max(...parts.map(({ max }) => max));
  if (!(Number.isFinite(low) && Number.isFinite(high)) || (log && high <= 0)) return log ? [0.1, 10] : [0, 1];
  if (log) return low === high ? [low / 2, high * 2] : [low / 1.15, high * 1.15];
  const room = low === high ? Math.max(1e-6, Math.abs(low) / 10) : (high - low) * 0.06;
  return [low - room, high + room];
}

/** Lines that are not hidden by the isolation of another. */
export function shownLines(lines: readonly Line[]): readonly Line[] {
  const alone = lines.filter(({ label }) => label === isolated.value);
  return alone.length > 0 ? alone : lines;
}

/** Shows a part of the steps around one, so many times as wide as what is shown. */
export function zoomAround(step: number, [from, to]: readonly [number, number], factor: number): void {
  const half = ((to - from) / 2) * factor;
  const low = Math.max(1, Math.round(step - half));
  zoom.value = [low, Math.max(low + 1, Math.round(step + half))];
}
