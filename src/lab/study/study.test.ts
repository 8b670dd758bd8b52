import { describe, expect, it } from 'vitest';
import {
  claimOf,
  differs,
  lossOf,
  noise,
  registered,
  studied,
  syntheticExperiment,
  syntheticWorld,
} from '../../../test/support/synthetic-study.js';
import type { Experiment } from '../../study/experiment.js';
import { ledgerText, type Verdict, verdictsOf } from '../../verdicts/index.js';
import { runStudy, type StudyLimits } from './study.js';

/** Arm a is 1.5 above b, and c is as b. */
const lossFrom = (arm: string, seed: number): number => 0.5 * noise(arm, seed) + (arm === 'a' ? 1.5 : 0);
const limits: StudyLimits = { workers: 2, leastRoundMs: 0, maxSeeds: 200 };

const experiment = syntheticExperiment([
  claimOf('stands', [differs(1, 0)]),
  claimOf(
    'falls',
    [differs(-2, -3, ['b', 'a'])].map((test) => ({ ...test, margin: 1, noEffect: 0 })),
  ),
  claimOf('falls-short', [differs(2, 0)]),
  claimOf('both', [differs(1, 0), differs(1, 0, ['a', 'c'])]),
  claimOf('one-part-falls', [differs(1, 0, ['b', 'a']), differs(0, 0, ['b', 'c'])]),
  claimOf('at-the-margin', [differs(0, 0, ['b', 'c'])]),
  claimOf('share', [
    {
      kind: 'rate',
      label: 'share',
      x: { holds: lossOf('a'), above: 1 },
      direction: 'above',
      margin: 0.5,
      noEffect: 0.5,
    },
  ]),
]);
const register = registered(experiment);

async function study(options: Partial<Parameters<typeof syntheticWorld>[0]> = {}, more: Partial<StudyLimits> = {}) {
  const world = syntheticWorld({ lossFrom, ...options });
  await runStudy(studied(experiment, { register, rows: world.rows }), world.host, { ...limits, ...more });
  return world;
}
const outcomes = (of: Experiment, rows: Awaited<ReturnType<typeof study>>['rows']) =>
  Object.fromEntries(verdictsOf(of, { register, rows }).map(({ claim, outcome }) => [claim.id, outcome]));

describe('a study', async () => {
  const whole = await study();

  it('comes to the outcome that the truth has, and leaves open what lies at its margin', () => {
    expect(outcomes(experiment, whole.rows)).toEqual({
      ...{ stands: 'stands', falls: 'falls', 'falls-short': 'fallsShort', both: 'stands', 'one-part-falls': 'falls' },
      ...{ 'at-the-margin': 'open', share: 'stands' },
    });
    const ends = whole.events.filter(({ kind }) => kind === 'decided' || kind === 'left');
    expect(ends).toHaveLength(7);
    expect(ends.find(({ kind }) => kind === 'left')).toMatchObject({ reason: { kind: 'seeds' } });
  });

  it('stops a claim at the seed that decides it, from 1001 on, with none missing', () => {
    const verdict = verdictsOf(experiment, { register, rows: whole.rows }).find(({ claim }) => claim.id === 'stands');
    const { values, n } = verdict!.parts[0]!;
    expect(values.map(({ seed }) => seed)).toEqual(Array.from({ length: n }, (_, i) => 1001 + i));
    expect(n).toBeGreaterThanOrEqual(16);
    const before = whole.rows.filter(({ place, seed }) => place !== 1 || seed < 1001 + n - 1);
    expect(outcomes(experiment, before)['stands']).toBe('open');
  });

  it('that was stopped again and again comes to the same ledger, to the byte', async () => {
    const store = new Set<string>();
    let rows: typeof whole.rows = [];
    for (let i = 0; i < 100; i++) {
      const part = await study({ store, rows, stopAfter: 7 + 13 * i });
      rows = part.rows;
      if (part.ran === 0) break;
    }
    expect(ledgerText(rows)).toBe(ledgerText(whole.rows));
  });

  it('resumes from the ledger without a store', async () => {
    const half = whole.rows.filter(({ seed }) => seed < 1008);
    const resumed = await study({ rows: half });
    expect(ledgerText(resumed.rows)).toBe(ledgerText(whole.rows));
    expect(resumed.ran).toBeLessThan(whole.ran);
  });

  it('runs nothing for claims that are decided', async () => {
    const rest = experiment.claims.filter(({ id }) => id !== 'at-the-margin');
    const world = syntheticWorld({ lossFrom, rows: whole.rows });
    const claims = studied(experiment, { register, rows: whole.rows });
    await runStudy(
      claims.filter(({ claim }) => rest.includes(claim)),
      world.host,
      limits,
    );
    expect(world.ran).toBe(0);
  });

  it('shows three seeds where the budget cannot pay those that could decide, and says so', async () => {
    const world = syntheticWorld({ lossFrom });
    const [first] = studied(experiment, { register, rows: [] });
    await runStudy([first!], world.host, { ...limits, budgetMs: 300 });
    expect(world.rows.map(({ seed }) => seed)).toEqual([1001, 1002, 1003]);
    expect(world.events.at(-1)).toMatchObject({
      kind: 'left',
      reason: { kind: 'budget' },
      verdict: { outcome: 'open' },
    });
  });

  it('ends after so many rounds, each of the fewest seeds that could decide', async () => {
    const world = syntheticWorld({ lossFrom });
    const claims = studied(experiment, { register, rows: [] });
    await runStudy([claims.at(-1)!], world.host, { ...limits, rounds: 1 });
    expect(world.events[0]).toMatchObject({ kind: 'round', seeds: Array.from({ length: 16 }, (_, i) => 1001 + i) });
    expect(world.events.filter(({ kind }) => kind === 'round')).toHaveLength(1);
  });

  it('adds seeds to a round that would be over at once, as far as a round may go', async () => {
    const seedsOf = async (leastRoundMs: number) => {
      const world = syntheticWorld({ lossFrom });
      const claims = studied(experiment, { register, rows: [] });
      await runStudy([claims.at(-1)!], world.host, { ...limits, rounds: 1, leastRoundMs });
      const [first] = world.events;
      return first?.kind === 'round' ? first.seeds.length : 0;
    };
    expect(await seedsOf(1)).toBe(16);
    expect(await seedsOf(1e9)).toBe(200);
  });
});

it('values that come late count where their seed stands, so that slow seeds are not left out', async () => {
  const world = await study({ msOf: (value) => 1000 + 500 * value });
  const verdict: Verdict | undefined = verdictsOf(experiment, { register, rows: world.rows })[0];
  expect(verdict!.parts[0]!.values.map(({ seed }) => seed)).toEqual(verdict!.parts[0]!.values.map((_, i) => 1001 + i));
});
