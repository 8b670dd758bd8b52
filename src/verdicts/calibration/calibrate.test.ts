import { describe, expect, it } from 'vitest';
import { calibrateAlone, calibrateRivals, oracleUnits } from './calibrate.js';

// The judge is judged: the rule that verdicts will rest on, beside rules that fail.

const options = { studies: 150, units: 80, seed: 1 };
/** What 150 studies of a rule that errs in 3 % of them show at most, in 99 of 100 times over all rows. */
const tolerated = 0.09;

describe('the rule of the verdicts', () => {
  const rows = calibrateAlone(options);

  it('gives a sentence that is not true in few studies, wherever the truth lies', () => {
    expect(rows.length).toBeGreaterThan(45);
    expect(rows.filter(({ falseShare }) => falseShare > tolerated)).toEqual([]);
    expect(rows.filter(({ coverage }) => coverage < 1 - tolerated)).toEqual([]);
  });

  it('errs now and then at the margin, where every decision is false', () => {
    const atMargin = rows.filter(({ where }) => where === 'at the margin');
    expect(atMargin.some(({ falseShare }) => falseShare > 0)).toBe(true);
  });

  it('decides where the truth lies well beyond', () => {
    expect(rows.some(({ where, decided }) => where === 'beyond the margin' && decided !== undefined)).toBe(true);
  });
});

it('other rules fail where it holds', () => {
  const rows = calibrateRivals({ ...options, units: 200 });
  expect(rows.filter(({ falseShare }) => falseShare < tolerated).map(({ name }) => name)).toEqual([]);
});

it('an oracle that knows n and the truth needs fewer units', () => {
  expect(oracleUnits(1, 0.025)).toBe(6);
  expect(oracleUnits(0.75, 0.025)).toBeGreaterThan(15);
  expect(oracleUnits(0.75, 0.025)).toBeLessThan(50);
  expect(oracleUnits(0.5, 0.025, 100)).toBeUndefined();
});
