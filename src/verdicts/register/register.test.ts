import { describe, expect, it } from 'vitest';
import { claimOf, differs, registered, syntheticExperiment } from '../../../test/support/synthetic-study.js';
import { verdictsOf } from '../ledger/family.js';
import { compareRegister } from './compare.js';
import { chained, firstSeed, parseRegister, type RegisterEntry, registerText } from './register.js';

const one = claimOf('one', [differs(1, 0)]);
const two = claimOf('two', [differs(1, 0), differs(2, 0)]);
const experiment = syntheticExperiment([one, two]);
const register = registered(experiment);
const text = registerText(register);

describe('a register', () => {
  it('has a place for each part, with the seeds of its version', () => {
    expect(register.map(({ place, claim, part, seeds }) => [place, claim, part, seeds.from])).toEqual([
      [1, 'one', 0, 1001],
      [2, 'two', 0, 1001],
      [3, 'two', 1, 1001],
    ]);
    expect([1, 2, 3].map(firstSeed)).toEqual([1001, 11_001, 21_001]);
  });

  it('is read as it was written, and each line is tied to the one before', () => {
    expect(parseRegister(text, 'r')).toEqual(register);
    const lines = text.trimEnd().split('\n');
    expect(() => parseRegister(lines.slice(1).join('\n'), 'r')).toThrow('r:1: expected place 1');
    expect(() => parseRegister([lines[0], lines[2]].join('\n'), 'r')).toThrow('r:2: expected place 2');
    expect(() => parseRegister(text.replace('"margin":2', '"margin":1.5'), 'r')).toThrow(
      'r:3: expected the definition',
    );
    expect(() => parseRegister(text.replace('2026-01-01', '2026-01-02'), 'r')).toThrow('r:1: expected the entry');
    expect(() => parseRegister('{', 'r')).toThrow('r:1: expected an entry as JSON');
  });

  it('has 160 places, for good', () => {
    const [entry] = register;
    const parts: readonly RegisterEntry[] = Array.from({ length: 161 }, () => entry!);
    const plain = parts.map(({ place: _, previous: __, hash: ___, seeds: ____, ...rest }) => rest);
    expect(parseRegister(registerText(chained([], plain.slice(1))), 'r')).toHaveLength(160);
    expect(() => parseRegister(registerText(chained([], plain)), 'r')).toThrow('at most 160 entries, got 161');
  });
});

describe('claims beside their register', () => {
  it('match it, or are missing in it', () => {
    expect(compareRegister(register, [experiment])).toEqual({ problems: [], missing: [] });
    const missing = compareRegister(register.slice(0, 1), [experiment]).missing;
    expect(missing.map(({ claim, part }) => [claim.id, part])).toEqual([
      ['two', 0],
      ['two', 1],
    ]);
  });

  it.each([
    ['a margin', claimOf('one', [differs(1.5, 0)]), 'part 0.test.margin was 1, is 1.5'],
    ['no effect', claimOf('one', [differs(1, 0.5)]), 'part 0.test.noEffect was 0, is 0.5'],
    ['a statement', { ...one, statement: 'Other.' }, 'part 0.statement was "Claim one.", is "Other."'],
    ['a condition', { ...one, given: 'seeds that' }, 'part 0.given was nothing, is "seeds that"'],
    ['the tests', claimOf('one', [differs(1, 0), differs(1, 0)]), 'tests (1 registered, 2 now)'],
  ])('that changed %s without a new version are named, with what changed', (_, claim, problem) => {
    const { problems } = compareRegister(register, [syntheticExperiment([claim, two])]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`synthetic one as-coded: changed after it was registered: ${problem}`);
    expect(problems[0]).toContain('raise its version to 2');
  });

  it('see a task that became another, and no field that has its default', () => {
    const [protocol] = experiment.protocols;
    const study = protocol!.presets.study!;
    const withArms = (change: (arm: (typeof study.arms)[number]) => (typeof study.arms)[number]) => ({
      ...experiment,
      protocols: [{ ...protocol!, presets: { study: { ...study, arms: study.arms.map(change) } } }],
    });
    const longer = withArms((arm) => ({ ...arm, spec: { ...arm.spec, stop: { epochs: 3 } } }));
    expect(compareRegister(register, [longer]).problems[0]).toContain('spec.stop.epochs was 2, is 3');
    const written = withArms((arm) => ({ ...arm, spec: { ...arm.spec, init: { kind: 'pytorch', skip: 0 } } }));
    expect(compareRegister(register, [written]).problems).toEqual([]);
    const following = withArms((arm) => ({ ...arm, follows: ['data.points'] }));
    expect(compareRegister(register, [following]).problems[0]).toContain('follows was nothing');
  });

  it('take a new place and a new block of seeds with a new version, and none can be taken out or turned back', () => {
    const next = claimOf('one', [differs(1.5, 0)], 2);
    const { problems, missing } = compareRegister(register, [syntheticExperiment([next, two])]);
    expect(problems).toEqual([]);
    expect(missing.map(({ version }) => version)).toEqual([2]);
    expect(compareRegister(register, [syntheticExperiment([two])]).problems[0]).toContain('no longer judged');
    const second = registered(syntheticExperiment([next, two]));
    expect(compareRegister(second, [experiment]).problems[0]).toContain(
      'expected version 2, which is registered, got 1',
    );
  });
});

it('a version that another has taken the place of stays, with what it had seen', () => {
  const next = syntheticExperiment([claimOf('one', [differs(1.5, 0)], 2)]);
  const before = register.slice(0, 1);
  const both = [
    ...before,
    ...chained(
      before,
      registered(next).map(({ hash: _, place: __, previous: ___, seeds: ____, ...rest }) => rest),
    ),
  ];
  const values = (place: number, from: number) =>
    Array.from({ length: 16 }, (_, i) => ({
      ...{ place, claim: both[place - 1]!.definitionHash.slice(0, 16), seed: from + i, x: { low: 3, high: 3 } },
      ...{ tasks: ['t'], results: ['r'] },
    }));
  const [verdict] = verdictsOf(next, { register: both, rows: [...values(1, 1001), ...values(2, 11_001)] });
  expect(verdict).toMatchObject({ outcome: 'stands', version: 2, history: [{ outcome: 'withdrawn', version: 1 }] });
  expect(verdict!.history[0]!.parts[0]).toMatchObject({ n: 16, outcome: 'stands' });
  // Seeds of the first version cannot decide the second.
  expect(verdictsOf(next, { register: both, rows: values(2, 1001) })[0]).toMatchObject({ outcome: 'notRun' });
});
