import { describe, expect, it } from 'vitest';
import type { Claim, ClaimTest, Term } from '../study/claim.js';
import type { MeasurementView } from '../study/take-reading.js';
import { adjustForStudy, type Judgement, judgeClaim, judgeRun, type SeedResults, termValue } from './index.js';

const value = (arm: string, name = 'v'): Term => ({ arm, reading: { kind: 'value', name } });
const view = (values: MeasurementView['values']): MeasurementView => ({ values, columns: {} });

/** Seeds whose arms have one value each: `{ a: [seed 1, seed 2 ...] }`. */
function seedsOf(arms: Readonly<Record<string, readonly (number | null)[]>>): readonly SeedResults[] {
  const count = Math.max(...Object.values(arms).map((values) => values.length));
  return Array.from({ length: count }, (_, i) => (arm: string) => {
    const found = arms[arm]?.[i];
    return found === undefined ? undefined : view({ v: found });
  });
}

const claimOf = (tests: readonly ClaimTest[], count = 5): Claim => ({
  id: 'claim',
  statement: '',
  metric: '',
  margin: '',
  least: { count, unit: 'seeds' },
  tests: { 'as-coded': tests },
});
const judge = (test: ClaimTest, arms: Parameters<typeof seedsOf>[0], count = 5): Judgement =>
  judgeClaim(claimOf([test], count), 'as-coded', seedsOf(arms))!;

const ratio: ClaimTest = {
  kind: 'ratio',
  label: 'a / b',
  of: value('a'),
  to: value('b'),
  direction: 'above',
  margin: 1.1,
  noEffect: 1,
};
const ones = [1, 1, 1, 1, 1, 1];

describe('a ratio above 1.1', () => {
  it.each([
    ['supported', [1.3, 1.4, 1.2, 1.5, 1.35, 1.25]],
    ['refuted', [0.5, 0.6, 0.9, 0.8, 0.7, 0.65]],
    ['inconclusive', [1.05, 1.06, 1.04, 1.05, 1.07, 1.05]],
    ['inconclusive', [0.5, 2, 0.6, 1.9, 1.2, 1.1]],
  ])('is %s by %j', (verdict, a) => {
    expect(judge(ratio, { a, b: ones }).verdict).toBe(verdict);
  });

  it('is inconclusive with four seeds of five, and says that one is missing, whatever they show', () => {
    const found = judge(ratio, { a: [9, 9, 9, 9], b: ones });
    expect(found).toMatchObject({ verdict: 'inconclusive', count: 4, missing: 1, pValue: 1 });
    expect(found.text).toContain('inconclusive: a / b: 9 (9 to 9), expected above 1.1; 1 of 5 seeds missing');
  });

  it('leaves out a seed that lacks a side, and does not divide by 0', () => {
    expect(judge(ratio, { a: [2, 2, 2, 2, 2, 2], b: [1, 0, null, 1, 1, 1] })).toMatchObject({ count: 4, missing: 1 });
  });

  it('judges the same twice', () => {
    const arms = { a: [1.3, 1.4, 1.2, 1.5, 1.35], b: ones };
    expect(judge(ratio, arms)).toEqual(judge(ratio, arms));
  });
});

it('a claim of several tests stands with all of them, falls with any, and has the seeds of the weakest', () => {
  const other: ClaimTest = { ...ratio, label: 'a / c', to: value('c') };
  const judged = (c: readonly number[]): Judgement =>
    judgeClaim(claimOf([ratio, other]), 'as-coded', seedsOf({ a: [2, 2.1, 2, 2.2, 2, 2.1], b: ones, c }))!;
  expect(judged(ones).verdict).toBe('supported');
  expect(judged([2, 2, 2.1, 2.1, 2.1, 2]).verdict).toBe('inconclusive');
  expect(judged([4, 4, 4, 4, 4, 4]).verdict).toBe('refuted');
  expect(judged([1, 1, 1])).toMatchObject({ verdict: 'inconclusive', count: 3, missing: 2 });
});

it('below a margin is the mirror image of above', () => {
  const test: ClaimTest = { ...ratio, kind: 'value', of: [value('a')], direction: 'below', margin: -0.5, noEffect: 0 };
  expect(judge(test, { a: [-0.9, -1, -0.8, -0.9, -1] }).verdict).toBe('supported');
  expect(judge(test, { a: [0.4, 0.1, 0.8, 0.3, 0.2] }).verdict).toBe('refuted');
  expect(judge(test, { a: [-0.3, -0.4, -0.2, -0.3, -0.3] }).verdict).toBe('inconclusive');
});

it('similar takes equivalence: alike is supported, three times as large is refuted, scattered is inconclusive', () => {
  const test: ClaimTest = { kind: 'similar', label: 'a / b', of: value('a'), to: value('b'), factor: 1.5 };
  expect(judge(test, { a: [1.1, 0.9, 1, 1.05, 0.95, 1], b: ones }).verdict).toBe('supported');
  expect(judge(test, { a: [3, 3.1, 2.9, 3, 3.2, 2.8], b: ones }).verdict).toBe('refuted');
  expect(judge(test, { a: [0.2, 5, 0.3, 4, 1, 2], b: ones }).verdict).toBe('inconclusive');
});

describe('rates', () => {
  const rate: ClaimTest = { ...ratio, kind: 'rate', of: value('a'), margin: 0.9, noEffect: 0.5 };
  const share = (yes: number, n: number): number[] => Array.from({ length: n }, (_, i) => (i < yes ? 1 : 0));

  it('above 0.9 take 35 seeds that all agree, by Wilson', () => {
    expect(judge(rate, { a: share(34, 34) }).verdict).toBe('inconclusive');
    expect(judge(rate, { a: share(35, 35) }).verdict).toBe('supported');
    expect(judge(rate, { a: share(2, 20) }).verdict).toBe('refuted');
  });

  it('that differ by more than 0.5 are supported by 19 to 1 of 20, not by 14 to 2', () => {
    const test: ClaimTest = { ...rate, kind: 'rateDifference', to: value('b'), margin: 0.5, noEffect: 0 };
    const judged = (a: number, b: number): Judgement => judge(test, { a: share(a, 20), b: share(b, 20) });
    expect(judged(19, 1).verdict).toBe('supported');
    expect(judged(19, 1).pValue).toBeLessThan(0.05);
    expect(judged(14, 2).verdict).toBe('inconclusive');
    expect(judged(0, 20).verdict).toBe('refuted');
  });
});

it('a correlation over points leaves out what is not meant, and says how many', () => {
  const test: ClaimTest = {
    ...ratio,
    kind: 'correlation',
    points: [{ x: value('x'), y: value('y'), only: value('only') }],
    direction: 'below',
    margin: 0,
    noEffect: 0,
  };
  const x = Array.from({ length: 12 }, (_, i) => i);
  const y = x.map((i) => (i < 10 ? -i : 100));
  const only = x.map((i) => (i < 10 ? 1 : 0));
  const found = judge(test, { x, y, only });
  expect(found).toMatchObject({ verdict: 'supported', count: 10 });
  expect(found.tests[0]).toMatchObject({ effect: { estimate: -1 }, note: '2 of 12 points left out' });
  expect(judge(test, { x, y: x.map(() => 1), only }).verdict).toBe('inconclusive');
});

it('a guess among ten is held by 10.2 % of 10,000 and refuted by 12 %', () => {
  const test: ClaimTest = { kind: 'chance', label: 'accuracy', of: value('a'), trials: { number: 10_000 }, share: 0.1 };
  expect(judge(test, { a: [0.102, 0.102, 0.102] }, 3).verdict).toBe('supported');
  expect(judge(test, { a: [0.12, 0.12, 0.12] }, 3).verdict).toBe('refuted');
});

describe('terms', () => {
  const [seed] = seedsOf({ a: [6], b: [3], c: [0] }) as [SeedResults];
  it.each<readonly [string, Term, number | undefined]>([
    ['greatest', { greatest: [value('a'), value('b')] }, 6],
    ['least', { least: [value('a'), { number: 1 }] }, 1],
    ['ratio', { ratio: [value('a'), value('b')] }, 2],
    ['a ratio by 0', { ratio: [value('a'), value('c')] }, undefined],
    ['difference', { difference: [value('b'), value('a')] }, -3],
    [
      'rank correlation',
      {
        spearman: [
          [{ number: 1 }, { number: 2 }],
          [value('b'), value('a')],
        ],
      },
      1,
    ],
    [
      'a rank correlation with one side constant',
      {
        spearman: [
          [{ number: 1 }, { number: 1 }],
          [value('b'), value('a')],
        ],
      },
      undefined,
    ],
    ['a part that is missing', { greatest: [value('a'), value('z')] }, undefined],
  ])('%s', (_, term, expected) => {
    expect(termValue(term, seed)).toBe(expected);
  });
});

describe('a study', () => {
  const supported = judge(ratio, { a: [1.3, 1.4, 1.2, 1.5, 1.35, 1.25], b: ones });
  const weak = { ...supported, pValue: 0.03 };

  it('adjusts by Holm: p 0.03 among two does not hold beside another 0.03, and the text says so', () => {
    expect(adjustForStudy([supported])[0]).toMatchObject({ verdict: 'supported' });
    const [first, second] = adjustForStudy([weak, { ...weak }]);
    expect(first).toMatchObject({ verdict: 'inconclusive', pValue: 0.06 });
    expect(second?.text).toContain("does not hold among the 2 verdicts of the study (Holm's p 0.060)");
  });

  it('does not count miniatures, and marks them', () => {
    const seeds = seedsOf({ a: [1.3, 1.4, 1.2, 1.5, 1.35, 1.25], b: ones });
    const miniature = judgeClaim(claimOf([ratio]), 'as-coded', seeds, { miniature: true })!;
    expect(miniature.text).toMatch(/^miniature, not counted: supported: /);
    expect(adjustForStudy([miniature, weak])).toEqual([miniature, { ...weak, pValue: 0.03 }]);
  });
});

it('a run is judged from its own seeds, without twins and without what is not done', () => {
  const claim = claimOf([ratio], 2);
  const protocol = { id: 'as-coded', note: '', presets: {}, figures: [], quantities: [] } as const;
  const experiment = {
    id: 'x',
    section: '',
    title: '',
    question: '',
    protocols: [protocol],
    claims: [claim],
    disagreements: [],
  };
  const tasks = [
    { arm: 'a', seed: 2, id: 'a2' },
    { arm: 'b', seed: 2, id: 'b2' },
    { arm: 'a', seed: 1, id: 'a1' },
    { arm: 'a', seed: 1, twin: 1, id: 'twin' },
    { arm: 'b', seed: 1, id: 'b1' },
    { arm: 'a', seed: 3, id: 'a3' },
    { arm: 'b', seed: 3, id: 'not done' },
  ];
  const numbers = { a1: 2, b1: 1, a2: 3, b2: 1, a3: 9, twin: 1000 };
  const results = new Map(Object.entries(numbers).map(([id, v]) => [id, view({ v })]));
  const [judgement, ...rest] = judgeRun({ experiment, protocol, miniature: false, tasks, results });
  expect(rest).toEqual([]);
  expect(judgement).toMatchObject({ count: 2, verdict: 'supported', tests: [{ effect: { estimate: 2.5 } }] });
});

it('a protocol that does not judge a claim has no judgement', () => {
  expect(judgeClaim(claimOf([ratio]), 'as-written', [])).toBeUndefined();
});
