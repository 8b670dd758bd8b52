import { Mt19937 } from '../../base/mt19937.js';
import type { Experiment } from '../../study/experiment.js';
import type { PlannedTask } from '../../study/plan.js';
import { entryOf, type Family, judgedParts, type LedgerRow, rowText, seedValue } from '../../verdicts/index.js';
import { type ResultSource, seedResults } from './seed-results.js';
import { rowOf, type StudiedPart, tasksOfPart } from './studied-claim.js';

/** A row of the ledger that is computed again, and the tasks that give it. */
export interface CheckedRow {
  readonly part: StudiedPart;
  readonly row: LedgerRow;
  readonly tasks: readonly PlannedTask[];
}

/**
 * A random share of a ledger's rows that count, at least one if there are any: which, a seed says.
 * Range: `share` in (0, 1].
 */
export function chooseRows(
  experiments: readonly Experiment[],
  family: Family,
  { share, seed }: { readonly share: number; readonly seed: number },
): readonly CheckedRow[] {
  const parts = judgedParts(experiments).flatMap((part): readonly StudiedPart[] => {
    const entry = entryOf(family.register, part);
    return entry === undefined ? [] : [{ part, entry, values: [] }];
  });
  const all = parts.flatMap((part) =>
    family.rows.filter(({ place }) => place === part.entry.place).map((row) => ({ part, row })),
  );
  const rng = new Mt19937(seed);
  const keyed = all.map((one) => ({ one, key: rng.next() })).sort((a, b) => a.key - b.key);
  return keyed.slice(0, Math.ceil(share * all.length)).map(({ one: { part, row } }) => ({
    part,
    row,
    tasks: tasksOfPart(part, [row.seed]),
  }));
}

/** What is wrong with a row, computed again; undefined if it is the same to the bit. */
export async function checkRow({ part, row, tasks }: CheckedRow, source: ResultSource): Promise<string | undefined> {
  const where = `seed ${row.seed} of place ${row.place}`;
  const outcome = await seedResults(tasks, source);
  if (outcome === undefined) return `${where}: could not be computed`;
  const value = seedValue(part.part.test, row.seed, outcome.resultOf, part.part.claim.given !== undefined);
  const again = rowOf(part, value, outcome.tasks);
  return rowText(again) === rowText(row) ? undefined : `${where}: expected ${rowText(row)}, got ${rowText(again)}`;
}
