import { SpecError } from '../../base/errors.js';
import { didYouMean } from '../../base/nearest.js';
import { readingKinds } from '../../study/take-reading.js';
import { quote } from '../../tasks/schema/spec-problems.js';

/** Deeper than any term is nested; an object that holds itself is left at that. */
const deepest = 16;

/** What is said of the field that a reading had before it was called one. */
export const renamed = 'expected none, as this field is called reading';

/** What is wrong with the readings below some part of an experiment, in series and terms. */
export function checkReadings(value: unknown, path: string, depth = 0): readonly SpecError[] {
  if (typeof value !== 'object' || value === null || depth > deepest) return [];
  const below = (key: string): string => (Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`);
  return Object.entries(value).flatMap(([key, part]) => {
    if (key === 'measure') return [new SpecError(below(key), `${renamed}, got ${quote(part)}`)];
    return isReading(key, part) ? checkReading(part, below(key)) : checkReadings(part, below(key), depth + 1);
  });
}

/** Points of a scatter have readings in `x` and `y`; an axis there has no kind. */
const isReading = (key: string, part: unknown): boolean =>
  key === 'reading' || (['x', 'y'].includes(key) && typeof part === 'object' && part !== null && 'kind' in part);

/** Whether there is such a kind. */
function checkReading(value: unknown, path: string): readonly SpecError[] {
  const kind = typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined;
  if (readingKinds.some((known) => known === kind)) return [];
  const hint = typeof kind === 'string' ? didYouMean(kind, readingKinds) : '';
  return [new SpecError(`${path}.kind`, `expected ${readingKinds.join(', ')}, got ${quote(kind)}${hint}`)];
}
