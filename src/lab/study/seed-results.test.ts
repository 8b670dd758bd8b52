import { expect, it } from 'vitest';
import { tinySpec } from '../../../test/support/store.js';
import type { PlannedTask } from '../../study/plan.js';
import type { TrialSpec } from '../../tasks/trial-spec.js';
import { type StudiedResult, seedResults } from './seed-results.js';

const common = { experiment: 'x', protocol: 'as-coded', seed: 1001 } as const;
const trial = (id: string, spec: Partial<TrialSpec> = {}): PlannedTask => ({
  ...{ ...common, kind: 'trial', arm: id, id, spec: { ...tinySpec, ...spec } },
});
const between = trial('between', { init: { kind: 'interpolated', from: ['a', 'b'], alpha: 0.5 } });
const measured: PlannedTask = {
  ...{ ...common, kind: 'measurement', arm: 'm', id: 'm' },
  spec: { kind: 'measurement', measure: { name: 'gridError', points: 9 }, of: ['between'], seed: 1001 },
};
const tasks = [between, trial('a'), trial('b'), measured];

function source(states: Readonly<Record<string, 'finished' | 'diverged'>>) {
  const read = async ({ id }: { readonly id: string }): Promise<StudiedResult> => ({
    ...{ status: states[id]!, epochs: 1, spec: { data: tinySpec.data }, metrics: {}, hash: `hash of ${id}` },
  });
  return { has: (id: string) => id in states, read };
}
const hashes = async (states: Parameters<typeof source>[0]) =>
  (await seedResults(tasks, source(states)))?.tasks.map(([, hash]) => hash);

it('a seed has its results in the order of the plan, once all are there', async () => {
  const done = { a: 'finished', b: 'finished', between: 'finished', m: 'finished' } as const;
  expect(await hashes(done)).toEqual(['hash of between', 'hash of a', 'hash of b', 'hash of m']);
  for (const missing of Object.keys(done)) {
    expect(await hashes(Object.fromEntries(Object.entries(done).filter(([id]) => id !== missing)))).toBeUndefined();
  }
});

it('what comes of a trial that diverged is not waited for, and is unknown even where it is there', async () => {
  const lost = ['-', 'hash of a', 'hash of b', '-'];
  expect(await hashes({ a: 'finished', b: 'diverged' })).toEqual(lost);
  expect(await hashes({ a: 'finished', b: 'diverged', between: 'finished', m: 'finished' })).toEqual(lost);
  expect(await hashes({ a: 'finished', b: 'finished', between: 'diverged' })).toEqual([
    ...['hash of between', 'hash of a', 'hash of b', '-'],
  ]);
  expect((await seedResults(tasks, source({ a: 'diverged', b: 'finished' })))!.resultOf('m')).toBeUndefined();
});
