import { describe, expect, it } from 'vitest';
import { claimOf, differs, registered, syntheticExperiment } from '../../../test/support/synthetic-study.js';
import { verdictsOf } from './family.js';
import { type LedgerRow, ledgerText, parseLedger, withRows } from './ledger.js';

const experiment = syntheticExperiment([claimOf('one', [differs(1, 0)])]);
const register = registered(experiment);
const claim = register[0]!.definitionHash.slice(0, 16);
const row = (seed: number, more: Partial<LedgerRow> = {}): LedgerRow => ({
  ...{ place: 1, claim, seed, x: { low: 3, high: 3 }, tasks: ['a', 'b'], results: ['c', 'd'] },
  ...more,
});
const rows = Array.from({ length: 20 }, (_, i) => row(1001 + i));
const outcome = (list: readonly LedgerRow[], of = experiment) =>
  verdictsOf(of, { register, rows: list }).map((verdict) => [verdict.outcome, verdict.parts[0]!.n]);

describe('a ledger', () => {
  it('reads back to the bit, infinite ends and seeds that are left out as well, by place and seed', () => {
    const odd: readonly LedgerRow[] = [
      row(1003, { x: { low: 0.1 + 0.2, high: Number.POSITIVE_INFINITY } }),
      row(1001, { x: { low: 5e-324, high: 1.7976931348623157e308 } }),
      row(1002, { x: undefined }),
      row(1004, { x: { low: Number.NEGATIVE_INFINITY, high: -0 }, y: { low: 1, high: 2 } }),
    ];
    const text = ledgerText(odd);
    expect(parseLedger(text, 'l')).toEqual(odd.toSorted((a, b) => a.seed - b.seed));
    expect(Object.is(parseLedger(text, 'l')[3]!.x!.high, -0)).toBe(true);
    expect(text).toBe(ledgerText(odd.toReversed()));
    expect(text.split('\n')[0]).toBe('place,claim,seed,low,high,yLow,yHigh,tasks,results');
  });

  it('refuses what is no ledger by file and line', () => {
    expect(() => parseLedger('a,b\n', 'l')).toThrow('l:1: expected place,claim,seed');
    expect(() => parseLedger(ledgerText(rows).replace('1,', 'x,'), 'l')).toThrow('l:2: expected place,claim,seed');
    const turned = row(1001, { x: { low: 2, high: 1 } });
    expect(() => parseLedger(ledgerText([turned]), 'l')).toThrow('l:2: expected two numbers in their order');
  });

  it('takes the same row again, and never another in its place', () => {
    expect(withRows(rows, [row(1001)], 'l')).toEqual(rows);
    expect(withRows(rows, [row(1021)], 'l')).toHaveLength(21);
    expect(() => withRows(rows, [row(1001, { x: { low: 4, high: 4 } })], 'l')).toThrow(/1001,3,3.*got.*1001,4,4/);
    expect(() => withRows(rows, [row(1001, { results: ['c', 'e'] })], 'l')).toThrow('expected the row that is there');
  });
});

describe('of a ledger count', () => {
  it('seeds from 1001 on, up to the first that is missing', () => {
    expect(outcome(rows)).toEqual([['stands', 20]]);
    expect(outcome(rows.filter(({ seed }) => seed !== 1004))).toEqual([['open', 3]]);
    expect(outcome(rows.map((one) => ({ ...one, seed: one.seed - 1000 })))).toEqual([['notRun', 0]]);
    expect(outcome([...rows.slice(10), ...rows.slice(0, 10)])).toEqual([['stands', 20]]);
  });

  it('rows of the definition that is registered, and of no other', () => {
    expect(outcome(rows.map((one) => ({ ...one, claim: '0123456789abcdef' })))).toEqual([['notRun', 0]]);
    const changed = syntheticExperiment([claimOf('one', [differs(2, 0)])]);
    expect(outcome(rows, changed)).toEqual([['notRun', 0]]);
  });

  it('all that a part of it has: less decides no otherwise, but open or not run', () => {
    const seen = new Set(rows.map((_, n) => outcome(rows.slice(0, n))[0]![0]));
    expect([...seen]).toEqual(['notRun', 'open', 'stands']);
  });
});

it('a protocol without a size to be judged at has claims that are not run, and says why', () => {
  const [protocol] = experiment.protocols;
  const quick = { ...experiment, protocols: [{ ...protocol!, presets: { quick: protocol!.presets.study! } }] };
  expect(verdictsOf(quick, { register, rows })[0]).toMatchObject({
    outcome: 'notRun',
    text: expect.stringContaining('expected a protocol with a preset study or report'),
  });
});
