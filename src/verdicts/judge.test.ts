import { describe, expect, it } from 'vitest';
import type { Claim, ClaimTest } from '../study/claim.js';
import type { MeasurementView } from '../study/take-reading.js';
import {
  evidenceOf,
  glimpseRun,
  judgeValues,
  noTestVerdict,
  type PartVerdict,
  type SeedValue,
  seedValue,
  unitsOf,
  verdictOf,
} from './index.js';

const inf = Number.POSITIVE_INFINITY;
const x = { arm: 'a', reading: { kind: 'value', name: 'v' } } as const;
const y = { arm: 'b', reading: { kind: 'value', name: 'v' } } as const;
const median: ClaimTest = { kind: 'median', label: 'a', x, direction: 'above', margin: 2, noEffect: 0 };
const rate: ClaimTest = { kind: 'rate', label: 'share', x, direction: 'above', margin: 0.5, noEffect: 0.5 };
const gamma: ClaimTest = { kind: 'gamma', label: 'gamma', x, y, direction: 'below', margin: -0.2, noEffect: 0 };
const band: ClaimTest = { kind: 'band', label: 'band', x, low: 850, high: 1150 };

const numbered = (values: readonly (number | readonly [number, number])[]): readonly SeedValue[] =>
  values.map((value, i) => {
    const [low, high] = typeof value === 'number' ? [value, value] : value;
    return { seed: 1001 + i, x: { low, high } };
  });
const judge = (test: ClaimTest, values: readonly SeedValue[]): PartVerdict =>
  judgeValues(test, values, { evidence: evidenceOf(160) });
const times = <T>(n: number, value: T): readonly T[] => new Array<T>(n).fill(value);

describe('a place', () => {
  it.each<readonly [string, string, ClaimTest, readonly (number | readonly [number, number])[]]>([
    ['is not run without values', 'notRun', median, []],
    ['is open with 15 seeds that agree', 'open', median, times(15, 3)],
    ['stands with 16', 'stands', median, times(16, 3)],
    ['is open at the margin for ever', 'open', median, times(400, 2)],
    ['falls on the other side of no effect', 'falls', median, times(16, -1)],
    ['falls short between', 'fallsShort', median, times(16, 1)],
    ['is open where values may be anything', 'open', median, times(60, [-inf, inf])],
    ['stands by what was seen of runs that were cut', 'stands', median, times(16, [3, inf])],
    ['is open if cut before the margin', 'open', median, times(60, [1, inf])],
    ['of a rate stands by ones', 'stands', rate, times(16, 1)],
    ['of a rate falls by zeros', 'falls', rate, times(16, 0)],
    ['of a rate is open by what is either', 'open', rate, times(60, [0, 1])],
    ['of a band stands inside', 'stands', band, times(16, 1000)],
    ['of a band falls outside', 'falls', band, times(16, 1200)],
    ['of a band is open across an edge', 'open', band, times(60, 1150)],
  ])('%s', (_, outcome, test, values) => {
    expect(judge(test, numbered(values)).outcome).toBe(outcome);
  });

  it('says whether what falls short is real', () => {
    expect(judge(median, numbered(times(16, 1)))).toMatchObject({ real: true, range: { low: 1, high: 1 } });
    expect(judge(median, numbered([...times(20, 1), ...times(10, -1)]))).toMatchObject({
      outcome: 'fallsShort',
      real: false,
    });
  });

  it('shows its interval as it shrank, to the one that decides', () => {
    const { shrink, range, n } = judge(median, numbered(Array.from({ length: 300 }, (_, i) => i % 7)));
    expect(shrink[0]).toEqual({ n: 1, low: -inf, high: inf });
    expect(shrink.at(-1)).toEqual({ n: 300, ...range });
    expect(shrink.length).toBeLessThan(45);
    expect(n).toBe(300);
  });

  it('leaves out the seeds that a conditional claim is not about, and no others', () => {
    const none = { values: { v: null }, columns: {} };
    expect(seedValue(median, 7, () => none)).toEqual({ seed: 7, x: { low: -inf, high: inf } });
    expect(seedValue(median, 7, () => none, true)).toEqual({ seed: 7, x: undefined });
    const values = [...numbered(times(16, 3)), { seed: 2000, x: undefined }];
    expect(judge(median, values)).toMatchObject({ outcome: 'stands', n: 16, leftOut: 1 });
  });
});

describe('a pair of seeds', () => {
  const point = (at: number) => ({ low: at, high: at });
  const pairs = (list: readonly (readonly [number, number] | undefined)[]): readonly SeedValue[] =>
    list.map((one, i) =>
      one ? { seed: i, x: point(one[0]), y: point(one[1]) } : { seed: i, x: undefined, y: undefined },
    );

  it('is the first and the second of those that are not left out; a tie is no unit', () => {
    const values = pairs([[1, 1], undefined, [2, 5], [1, 1], [2, 0], [1, 1], [1, 7], [3, 3]]);
    expect(unitsOf(gamma, values)).toEqual([
      { seed: 0, low: 1, high: 1 },
      { seed: 3, low: 0, high: 0 },
    ]);
  });

  it('of which not all is known counts against every statement', () => {
    const values = [...pairs([[1, 1]]), { seed: 1, x: { low: 0, high: inf }, y: point(3) }];
    expect(unitsOf(gamma, values)).toEqual([{ seed: 0, low: 0, high: 1 }]);
  });

  it('decides on gamma: 40 pairs against each other are below -0.2', () => {
    const values = pairs(Array.from({ length: 80 }, (_, i) => (i % 2 === 0 ? [0, 1] : [1, 0])));
    expect(judge(gamma, values)).toMatchObject({ outcome: 'stands', n: 40, estimate: { low: -1, high: -1 } });
    expect(judge({ ...gamma, only: { number: 1 } }, values).outcome).toBe('stands');
  });
});

describe('an open place says what it takes', () => {
  it('counted from the share of seeds that lead, in seeds and hours', () => {
    const values = numbered([...times(14, 3), 1, 1]);
    const { more } = judgeValues(median, values, { evidence: evidenceOf(160), secondsASeed: 1800 });
    const [least, most] = more!.seeds;
    expect(least).toBeGreaterThan(1);
    expect(most).toBeGreaterThan(least);
    expect(more!.hours).toEqual([least / 2, most! / 2]);
  });

  it('with no end where a half of the seeds is on either side', () => {
    const { more } = judge(median, numbered(Array.from({ length: 400 }, (_, i) => (i % 2 === 0 ? 1 : 3))));
    expect(more!.seeds[1]).toBeUndefined();
  });

  it('for rates by their own margin: one that is at 0.8 is soon above 0.5 and never above 0.8', () => {
    const ones = numbered(Array.from({ length: 20 }, (_, i) => (i % 5 === 0 ? 0 : 1)));
    const seeds = (margin: number) => judge({ ...rate, margin, noEffect: margin }, ones).more!.seeds;
    expect(seeds(0.5)[0]).toBeLessThan(40);
    expect(seeds(0.8)[0]).toBeGreaterThan(60);
  });

  it('in pairs takes two seeds each', () => {
    expect(judge(gamma, []).more!.seeds[0]).toBeGreaterThan(judge(rate, []).more!.seeds[0]);
  });
});

describe('a claim', () => {
  const claim: Claim = { id: 'c', statement: 'S', metric: 'm', judged: { 'as-coded': { tests: [median, rate] } } };
  const part = (test: ClaimTest, value: number): PartVerdict => judge(test, numbered(times(16, value)));
  const verdict = (...parts: readonly PartVerdict[]) => verdictOf(claim, 'as-coded', parts);

  it('stands with all parts, falls with one, falls short with one, and is not run without seeds', () => {
    expect(verdict(part(median, 3), part(rate, 1)).outcome).toBe('stands');
    expect(verdict(part(median, 1), part(rate, 0)).outcome).toBe('falls');
    expect(verdict(part(median, 1), part(rate, 1)).outcome).toBe('fallsShort');
    expect(verdict(part(median, 3), judge(rate, [])).outcome).toBe('open');
    expect(verdict(judge(median, []), judge(rate, [])).outcome).toBe('notRun');
    expect(noTestVerdict(claim, 'as-coded', 'why')).toMatchObject({ outcome: 'noTest', text: 'no test: why' });
  });

  it('says what was found, what was expected, and what follows', () => {
    expect(verdict(part(median, 1)).text).toBe(
      'falls short: a: 1 [1, 1] from 16 seeds, expected above 2: ' +
        'falls short (at most 1, our margin is 2; real, but smaller)',
    );
    expect(verdict(judge(median, numbered([3]))).text).toMatch(
      /^open: a: 3 \[-infinity, infinity\] from 1 seed, expected above 2: open \(\d+ to \d+ more seeds\)$/,
    );
  });
});

it('what a run shows is taken of the seeds that have all arms, without twins, and is no verdict', () => {
  const view = (v: number): MeasurementView => ({ values: { v }, columns: {} });
  const protocol = { id: 'as-coded', note: '', presets: {}, figures: [], quantities: [] } as const;
  const test: ClaimTest = { ...median, x: { difference: [x, y] } };
  const claim: Claim = { id: 'c', statement: '', metric: '', judged: { 'as-coded': { tests: [test] } } };
  const experiment = {
    ...{ id: 'x', section: '', title: '', question: '', protocols: [protocol], claims: [claim], disagreements: [] },
  };
  const tasks = [
    ...[1, 2, 3].flatMap((seed) => ['a', 'b'].map((arm) => ({ arm, seed, id: `${arm}${seed}` }))),
    { arm: 'a', seed: 1, twin: 1, id: 'twin' },
  ];
  const numbers = { a1: 2, b1: 1, a2: 5, b2: 1, a3: 9, twin: 1000 };
  const results = new Map(Object.entries(numbers).map(([id, v]) => [id, view(v)]));
  const glimpses = glimpseRun({ experiment, protocol, miniature: true, tasks, results });
  expect(glimpses).toEqual([
    {
      claim,
      protocol: 'as-coded',
      miniature: true,
      parts: [{ test, n: 2, estimate: { low: 2.5, high: 2.5 }, side: 'stands' }],
    },
  ]);
});
