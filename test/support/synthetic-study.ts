import { Mt19937 } from '../../src/base/mt19937.js';
import { normalQuantile } from '../../src/base/statistics/index.js';
import type { StudiedResult } from '../../src/lab/study/seed-results.js';
import { type StudiedClaim, studiedClaim } from '../../src/lab/study/studied-claim.js';
import type { StudyEvent, StudyHost } from '../../src/lab/study/study.js';
import type { Task } from '../../src/lab/task.js';
import type { Claim, ClaimTest, Term } from '../../src/study/claim.js';
import type { Arm, Experiment } from '../../src/study/experiment.js';
import type { TrialSpec } from '../../src/tasks/trial-spec.js';
import { chained, type Family, judgedParts, type LedgerRow, withRows } from '../../src/verdicts/index.js';
import { tinySpec } from './store.js';

const { seed: _, ...spec } = tinySpec;
/** Arms differ in their learning rate alone. */
const armOf = (id: string, i: number): Arm => ({
  id,
  label: id,
  spec: { ...spec, optimizer: { kind: 'sgd', learningRate: 0.1 + i } },
});

/** The last loss of an arm. */
export const lossOf = (arm: string): Term => ({ arm, reading: { kind: 'last', metric: 'loss' } });

/** A median claim over a difference of two arms. */
export const differs = (margin: number, noEffect: number, arms: readonly [string, string] = ['a', 'b']): ClaimTest => ({
  ...{ kind: 'median', label: 'a less b', direction: 'above', margin, noEffect },
  x: { difference: [lossOf(arms[0]), lossOf(arms[1])] },
});

/** A claim of some tests as coded. */
export const claimOf = (id: string, tests: readonly ClaimTest[], version = 1): Claim => ({
  ...{ id, statement: `Claim ${id}.`, metric: 'a difference' },
  judged: { 'as-coded': { tests, ...(version > 1 && { version }) } },
});

/** An experiment of three arms that makes some claims. */
export const syntheticExperiment = (claims: readonly Claim[], id = 'synthetic'): Experiment => ({
  ...{ id, section: '0', title: 'Synthetic', question: 'Is the judge right?', claims, disagreements: [] },
  protocols: [
    {
      ...{ id: 'as-coded', note: '', figures: [], quantities: [] },
      presets: {
        study: { seeds: [1], arms: ['a', 'b', 'c'].map(armOf), measurements: [], note: '', miniature: false },
      },
    },
  ],
});

/** The register of an experiment's claims. */
export const registered = (experiment: Experiment) =>
  chained(
    [],
    judgedParts([experiment]).map(({ claim, protocol, part, version, definition, hash }) => ({
      ...{ date: '2026-01-01', experiment: experiment.id, claim: claim.id, protocol: protocol.id, part, version },
      ...{ definition, definitionHash: hash },
    })),
  );

/** The claims of an experiment as a ledger has them. */
export function studied(experiment: Experiment, family: Family): readonly StudiedClaim[] {
  const [protocol] = experiment.protocols;
  return experiment.claims.map((claim) => studiedClaim(experiment, claim, protocol!, family)!);
}

/** A normal number of an arm and a seed. */
export function noise(arm: string, seed: number): number {
  const rng = new Mt19937(seed * 1000 + arm.charCodeAt(0));
  return normalQuantile((rng.next() + 0.5) / 2 ** 32);
}

/** A world in which trials cost nothing: a store, a ledger, a clock that each task moves. */
export interface SyntheticWorld {
  readonly host: StudyHost;
  readonly events: StudyEvent[];
  readonly store: Set<string>;
  rows: readonly LedgerRow[];
  ran: number;
}

/** How a world behaves. `lossFrom`: the loss of an arm from a seed. */
export interface WorldOptions {
  readonly lossFrom: (arm: string, seed: number) => number;
  readonly rows?: readonly LedgerRow[];
  readonly store?: Set<string>;
  /** Of a task. Default 1000. */
  readonly msOf?: (value: number) => number;
  /** So many tasks end before the study is stopped. */
  readonly stopAfter?: number;
}

export function syntheticWorld({
  lossFrom,
  rows = [],
  store = new Set(),
  msOf = () => 1000,
  ...more
}: WorldOptions): SyntheticWorld {
  const { stopAfter = Number.POSITIVE_INFINITY } = more;
  const known = specs;
  let clock = 0;
  const world: SyntheticWorld = { host: undefined as never, events: [], store, rows, ran: 0 };
  const resultOf = (id: string): StudiedResult => {
    const { optimizer, seed } = known.get(id)!;
    const arm = 'abc'[Math.round(optimizer.learningRate - 0.1)]!;
    const metrics = { epoch: [1], loss: [lossFrom(arm, seed)] };
    return { status: 'finished', epochs: 1, spec: { data: spec.data }, metrics, hash: `hash-of-${id.slice(0, 8)}` };
  };
  const isStopping = (): boolean => world.ran >= stopAfter;
  const host: StudyHost = {
    async run(tasks: readonly Task[], onDone) {
      const order = tasks.toSorted((a, b) => (a.id < b.id ? -1 : 1));
      for (const { id, spec: own } of order) {
        if (store.has(id) || isStopping()) continue;
        known.set(id, own as TrialSpec);
        store.add(id);
        world.ran++;
        clock += msOf(0);
        onDone();
        await Promise.resolve();
      }
      return tasks.map(({ id }) =>
        store.has(id)
          ? { id, state: 'done', durationMs: 1000, summary: { values: {}, hash: '' } }
          : { id, state: 'interrupted' },
      );
    },
    has: (id) => store.has(id),
    read: async ({ id }) => resultOf(id),
    add: (_, more) => {
      world.rows = withRows(world.rows, more, 'ledger');
    },
    now: () => clock,
    isStopping,
    emit: (event) => world.events.push(event),
  };
  return Object.assign(world, { host });
}

/** Specs by id, of all worlds. */
const specs = new Map<string, TrialSpec>();
