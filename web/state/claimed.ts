import type { TrialSpec } from '../../src/tasks/trial-spec.js';
import { nearestTo, type Series } from '../plots/series.js';

/** A trial with what is said of it. */
export interface Claimed {
  readonly spec: TrialSpec;
  readonly hash: string | undefined;
  readonly rows: readonly Readonly<Record<string, number | null>>[];
}

/**
 * Reads what was pasted.
 * @throws Error for people
 */
export function readClaimed(pasted: { readonly spec: string; readonly hash: string; readonly rows: string }): Claimed {
  const json = objectOf(pasted.spec, 'the trial');
  const whole = 'spec' in json ? (json as { readonly spec: unknown; readonly hash?: unknown }) : { spec: json };
  const lines = pasted.rows.split('\n').filter((line) => line.trim() !== '');
  const rows = lines.map((line, i) => objectOf(line, `row ${i + 1}`) as Claimed['rows'][number]);
  const last = rows.at(-1) as { readonly done?: boolean; readonly hash?: string } | undefined;
  const said = pasted.hash.trim() || whole.hash || last?.hash;
  return {
    spec: asObject(whole.spec, 'spec') as TrialSpec,
    hash: said === undefined || said === '' ? undefined : hashOf(said),
    rows: rows.filter((row) => typeof row['step'] === 'number'),
  };
}

const objectOf = (text: string, what: string): object => asObject(parsed(text, what), what);

function asObject(json: unknown, what: string): object {
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json;
  throw new Error(`${what}: expected an object, got ${JSON.stringify(json).slice(0, 40)}`);
}

function parsed(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${what}: expected JSON, got ${(error as Error).message}`);
  }
}

function hashOf(text: unknown): string {
  const hash = String(text).toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(hash)) throw new Error(`the hash: expected 64 hex digits, got ${hash.length} characters`);
  return hash;
}

/** The first number that differs from a row's, in words; undefined where all are equal, to the bit. */
export function firstDifference(rows: Claimed['rows'], lines: ReadonlyMap<string, Series>): string | undefined {
  for (const row of rows) {
    const step = row['step']!;
    for (const [name, said] of Object.entries(row)) {
      if (name === 'step' || name === 'epoch') continue;
      const here = valueAt(lines.get(name), step);
      const finite = here !== undefined && Number.isFinite(here) ? here : null;
      if (here === undefined || !Object.is(finite, said)) {
        const found = `${name} is ${here ?? 'not recorded'} here, ${said} there`;
        return `The first row that differs is that of step ${step}: ${found}.`;
      }
    }
  }
  return undefined;
}

function valueAt(series: Series | undefined, step: number): number | undefined {
  if (!series) return undefined;
  const i = nearestTo(series, step);
  return i >= 0 && series.x[i] === step ? series.y[i] : undefined;
}
