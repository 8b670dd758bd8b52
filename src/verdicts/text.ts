import type { Judgement, TestOutcome } from './verdict.js';

/**
 * A verdict and its reasons in plain words:
 * `supported: epochs, M3 / M1: 2.4 (2.1 to 2.9), expected above 1.1; from 20 seeds`.
 */
export function verdictText(judgement: Omit<Judgement, 'text'>, reason: string): string {
  const { claim, verdict, tests, count, missing, miniature } = judgement;
  const { unit } = claim.least;
  const from = missing > 0 ? `${missing} of ${claim.least.count} ${unit} missing` : `from ${count} ${unit}`;
  const parts = [...tests.map(testText), reason, from].filter((part) => part !== '');
  return `${miniature ? 'miniature, not counted: ' : ''}${verdict}: ${parts.join('; ')}`;
}

/** One test: what was found, and what was expected. */
export function testText({ label, expected, effect, note }: TestOutcome): string {
  const found =
    effect === undefined ? 'no value' : `${number(effect.estimate)} (${number(effect.low)} to ${number(effect.high)})`;
  return `${label}: ${found}, expected ${expected}${note === '' ? '' : ` (${note})`}`;
}

/** Three significant digits, without an exponent where that is readable. */
function number(value: number): string {
  const rounded = Number(value.toPrecision(3));
  return Math.abs(rounded) >= 1e6 || (rounded !== 0 && Math.abs(rounded) < 1e-4)
    ? value.toExponential(2)
    : String(rounded);
}
