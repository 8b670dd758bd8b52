/** Numbers as people read them: few digits, and powers of ten where they are short. */
export function shortNumber(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e5 || size < 1e-3)
    return minus(
      value
        .toExponential(2)
        .replace(/\.?0+e/, 'e')
        .replace('e+', 'e'),
    );
  return minus(String(Number(value.toPrecision(4))));
}

/** A whole number with its thousands apart. */
export const wholeNumber = (value: number): string => minus(thousands.format(Math.round(value)));
// Made once: to make one takes longer than to use it.
const thousands = new Intl.NumberFormat('en-US');

const minus = (text: string): string => text.replaceAll('-', '−');

/**
 * Powers of ten of a range above 0, thinned to some ten; with their doubles and fives where there are few, and round
 * numbers where the range has hardly one of those.
 */
export function logTicks(low: number, high: number): readonly number[] {
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const stride = Math.max(1, Math.ceil((last - first) / 10));
  const factors = last - first <= 3 ? [1, 2, 5] : [1];
  const ticks: number[] = [];
  for (let power = first; power <= last; power += stride) {
    for (const factor of factors) ticks.push(Number(`${factor}e${power}`));
  }
  const inRange = (tick: number): boolean => tick >= low && tick <= high;
  const found = ticks.filter(inRange);
  // Products of a range of a few units in the last place are rounded out of it.
  return found.length > 2 ? found : linearTicks(low, high).filter(inRange);
}

/** Some five round numbers of a range. */
export function linearTicks(low: number, high: number): readonly number[] {
  const rough = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough)!;
  const first = Math.ceil(low / step);
  const last = Math.floor(high / step);
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
}
