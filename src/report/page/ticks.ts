import { exp, log } from '../../base/math.js';
import type { PartModel } from '../model/page-model.js';

/** Places along an axis, and what is written at each. */
export interface Ticks {
  readonly ticks: readonly number[];
  readonly textOf: (tick: number) => string;
}

/** Some three to six round numbers in a span; of factors, which are logarithms, those of round factors. */
export function ticksOf(
  { low, high }: { readonly low: number; readonly high: number },
  scale: PartModel['scale'],
  unit: string,
): Ticks {
  const factor = scale === 'points' || unit === ' %' ? 100 : 1;
  if (scale !== 'factor') {
    const ticks = even(low * factor, high * factor).map((tick) => tick / factor);
    return { ticks, textOf: (tick) => text(tick * factor, unit === ' %' ? unit : '') };
  }
  const factors = roundFactors(exp(low), exp(high));
  return { ticks: factors.map(log), textOf: (tick) => text(exp(tick), '×') };
}

const text = (value: number, unit: string): string =>
  `${String(Number(value.toPrecision(4))).replace('-', '−')}${unit}`;

function even(low: number, high: number): readonly number[] {
  const rough = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * (rough >= 5 * power ? 5 : rough >= 2 * power ? 2 : 1);
  const first = Math.ceil(low / step);
  const count = Math.floor(high / step) - first + 1;
  return Array.from({ length: count }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Powers of ten, with their doubles and fives where those alone are few; over a short span even steps. */
function roundFactors(low: number, high: number): readonly number[] {
  const decades = Array.from({ length: 24 }, (_, i) => 10 ** (i - 12));
  const inside = (steps: readonly number[]): readonly number[] =>
    decades
      .flatMap((decade) => steps.map((step) => Number((step * decade).toPrecision(3))))
      .filter((tick) => tick >= low && tick <= high);
  const found = [[1], [1, 3], [1, 2, 5]].map(inside).find((ticks) => ticks.length >= 3);
  return found ?? even(low, high);
}
