import { expect, it } from 'vitest';
import { claimOf, differs, registered, syntheticExperiment } from '../../../test/support/synthetic-study.js';
import type { LedgerRow } from './ledger.js';
import { ledgerWork, workText } from './ledger-work.js';
import { parseTaskTimes, taskTimesText } from './task-times.js';

const experiment = syntheticExperiment([claimOf('one', [differs(1, 0)]), claimOf('two', [differs(2, 0)])]);
const register = registered(experiment);
const id = (digit: number, seed: number): string => `${digit}${seed}`.padEnd(64, '0');
/** Both claims are about the same tasks. */
const rows = register.flatMap(({ place, definitionHash }) =>
  [1001, 1002, 1003].map(
    (seed): LedgerRow => ({
      ...{ place, claim: definitionHash.slice(0, 16), seed, x: { low: 3, high: 3 } },
      ...{ tasks: [id(1, seed), id(2, seed)], results: ['c', 'd'] },
    }),
  ),
);
const times = [
  { task: id(1, 1001).slice(0, 16), seconds: 1800, machine: 'A (2 cores, wasm kernels)' },
  { task: 'f'.repeat(16), seconds: 7e6, machine: 'elsewhere' },
];

it('counts each task once: by the clock where that is known, else by its price', () => {
  const [work, ...others] = ledgerWork([experiment], { register, rows }, times);
  expect(others).toEqual([]);
  expect(work).toMatchObject({ experiment: experiment.id, timed: { tasks: 1, seconds: 1800 }, priced: { tasks: 5 } });
  expect(work!.machines).toEqual(['A (2 cores, wasm kernels)']);
  const [unknown] = ledgerWork([experiment], { register, rows }, []);
  expect(unknown!.priced.seconds).toBeCloseTo(1.2 * work!.priced.seconds, 5);
  expect(work!.priced.seconds).toBeGreaterThan(0);
});

it('leaves out what does not count', () => {
  const later = rows.filter(({ seed }) => seed > 1001);
  expect(ledgerWork([experiment], { register, rows: later }, times)).toEqual([]);
});

it('says of hours which are measured, where, and which are a price', () => {
  const text = workText(ledgerWork([experiment], { register, rows }, times));
  expect(text).toMatch(
    /^6 tasks, 30 min of one core: 30 min of 1 of them by the clock, on A \(2 cores, wasm kernels\); /,
  );
  expect(text).toMatch(/the others by their price, which is good to a factor of two$/);
  expect(workText([])).toBe('nothing yet');
});

it('times read back by task, and what is none is refused by file and line', () => {
  expect(parseTaskTimes(taskTimesText(times.toReversed()), 't')).toEqual(times);
  const twice = taskTimesText([...times, { ...times[0]!, task: 'f'.repeat(16) }]);
  expect(twice.split(times[0]!.machine)).toHaveLength(2);
  expect(() => parseTaskTimes(twice.replace(/"[^"]*"/g, ''), 't')).toThrow('t:2: expected task,seconds');
  expect(parseTaskTimes('', 't')).toEqual([]);
  expect(() => parseTaskTimes('a,b\n', 't')).toThrow('t:1: expected task,seconds,machine');
  expect(() => parseTaskTimes(taskTimesText(times).replace('1800', 'x'), 't')).toThrow('t:2: expected task,seconds');
});
