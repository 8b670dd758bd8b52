import { spearman } from '../base/statistics/index.js';
import type { Term } from '../study/claim.js';
import { type ResultView, takeReading } from '../study/take-reading.js';

/** The results of one seed, by the id of the arm; undefined for what is not done. */
export type SeedResults = (arm: string) => ResultView | undefined;

/** The number of a term from the results of one seed; undefined if a part of it is missing or it is not finite. */
export function termValue(term: Term, results: SeedResults): number | undefined {
  const value = rawValue(term, results);
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

function rawValue(term: Term, results: SeedResults): number | undefined {
  if ('number' in term) return term.number;
  if ('arm' in term) {
    const result = results(term.arm);
    return result && takeReading(term.reading, result);
  }
  const all = (terms: readonly Term[]): readonly number[] | undefined => {
    const values = terms.map((part) => termValue(part, results));
    return values.every((value) => value !== undefined) ? values : undefined;
  };
  if ('greatest' in term) return all(term.greatest)?.reduce((a, b) => Math.max(a, b));
  if ('least' in term) return all(term.least)?.reduce((a, b) => Math.min(a, b));
  if ('spearman' in term) {
    const [x, y] = term.spearman.map(all);
    return x && y && spearman(x, y);
  }
  const pair = all('ratio' in term ? term.ratio : term.difference);
  if (pair === undefined) return undefined;
  const [a, b] = pair as readonly [number, number];
  return 'ratio' in term ? a / b : a - b;
}
