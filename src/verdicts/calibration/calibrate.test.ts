import { describe, expect, it } from 'vitest';
import { signThreshold } from '../../base/statistics/index.js';
import { calibrateRivals } from './failing.js';
import { calibrateFamilies } from './families.js';
import { forecasts, summaryOf } from './forecasts.js';
import { calibrateKinds } from './kinds.js';
import { fixedSignTest } from './rivals.js';
import { fixedUnits } from './speed.js';
import { decidedBy, decisionTimes, timeQuantile } from './walk.js';

// The judge is judged, in short: `npm run calibrate` is the long form, whose figures stand in docs/statistics.md.

const options = { studies: 400, units: 100, seed: 5 };
/** What 400 studies of a rule that errs in 3 % of them show at most, in 99 of 100 times over all rows. */
const tolerated = 0.065;

describe('the rule of the verdicts', () => {
  const rows = calibrateKinds(options);

  it('says what is not true in few studies, wherever the truth lies', () => {
    expect(rows.length).toBeGreaterThan(100);
    expect(rows.filter(({ falseShare }) => falseShare > tolerated)).toEqual([]);
    expect(rows.filter(({ coverage = 1 }) => coverage < 1 - tolerated)).toEqual([]);
  });

  it('errs now and then at the margin, where every decision is false', () => {
    const atMargin = rows.filter(({ where }) => where === 'at the margin');
    expect(atMargin.filter(({ falseShare }) => falseShare > 0.01).length).toBeGreaterThan(5);
  });

  it('decides where the truth lies well beyond', () => {
    const beyond = rows.filter(({ where, name }) => where === 'beyond the margin' && !name.startsWith('rate'));
    expect(beyond.filter(({ decided }) => decided < 0.15)).toEqual([]);
    expect(rows.some(({ decided, looks = Infinity }) => decided === 1 && looks <= 8)).toBe(true);
  });
});

it('other rules fail where it holds', () => {
  const rows = calibrateRivals({ ...options, units: 200 });
  const holds = ['the rule of the verdicts', 'the same units in the order of their seeds'];
  const failing = rows.filter(({ name }) => !holds.includes(name));
  expect(failing.length).toBe(7);
  expect(failing.filter(({ falseShare }) => falseShare < tolerated).map(({ name }) => name)).toEqual([]);
  expect(rows.filter(({ name, falseShare }) => holds.includes(name) && falseShare > tolerated)).toEqual([]);
});

it('a register errs no more than one claim alone, and without a correction nearly always', () => {
  const rows = calibrateFamilies({ families: 150, units: 80, seed: 2 });
  for (const { name, falseShare } of rows) {
    if (name.endsWith('160')) expect(falseShare).toBeLessThan(tolerated);
    else expect(falseShare).toBeGreaterThan(0.3);
  }
});

describe('the exact walk', () => {
  const least = (n: number) => signThreshold(n, 40);

  it('errs at the margin in less than 5 % of studies, however long they last', () => {
    const decided = decidedBy(decisionTimes(0.5, least, 2000));
    // Eight of eight on either side, and nothing before.
    expect([decided[7], decided[8]]).toEqual([0, 2 / 256]);
    expect(decided[200]).toBeGreaterThan(0.03);
    expect(decided[2000]).toBeLessThan(0.04);
  });

  it('decides all studies at last where most units lie beyond', () => {
    const times = decisionTimes(0.8, least, 1000);
    expect(times.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
    expect(timeQuantile(times, 0.5)).toBe(19);
    expect(timeQuantile(decisionTimes(1, least, 20), 0.5)).toBe(8);
    expect(timeQuantile(decisionTimes(0.5, least, 50), 0.5)).toBeUndefined();
  });

  it('counts what the sign test of one n counts when it is looked at once', () => {
    const once = (n: number) => (n === 20 ? fixedSignTest(0.025)(20) : n + 1);
    expect(fixedSignTest(0.025)(20)).toBe(15);
    expect(decidedBy(decisionTimes(0.5, once, 20))[20]).toBeCloseTo(0.041389, 6);
  });

  it('takes more units than a test that knows n, fewer than 2.5 times as many', () => {
    for (const share of [1, 0.9, 0.75, 0.65]) {
      const own = timeQuantile(decisionTimes(share, least, 4000), 0.5)!;
      const known = fixedUnits(share, 0.025, 0.5)!;
      expect(own).toBeGreaterThan(known);
      expect(own).toBeLessThan(2.5 * known);
    }
    expect(fixedUnits(1, 0.025, 0.5)).toBe(6);
  });
});

it('the range of an open claim holds what it then takes in half of all claims, around its middle', () => {
  const { held, ratio, endless } = summaryOf(forecasts({ claims: 60, evidence: 6400, stops: [3, 60], seed: 9 }));
  expect(held).toBeGreaterThanOrEqual(0.5);
  expect(ratio).toBeGreaterThan(0.5);
  expect(ratio).toBeLessThan(2);
  expect(endless).toBeLessThan(0.2);
});
