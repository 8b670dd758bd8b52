import { expect, it } from 'vitest';
import type { TaskSpec } from '../tasks/task.js';
import type { Arm, Experiment, MeasurementArm, Protocol } from './experiment.js';
import { tasksOf } from './plan.js';

const arm = (id: string, init?: Arm['spec']['init']): Arm => ({
  id,
  label: id,
  spec: {
    data: { kind: 'function', name: 'sinc', points: 10 },
    model: { kind: 'mlp', widths: [1, 2, 1], activation: 'relu' },
    loss: 'mse',
    optimizer: { kind: 'sgd', learningRate: 0.1 },
    batchSize: 'full',
    stop: { epochs: 1 },
    ...(init && { init }),
  },
});
const between = (id: string, from: readonly [string, string]): Arm =>
  arm(id, { kind: 'interpolated', from, alpha: 0.5 });
const line = (acrossSeeds: boolean): MeasurementArm => ({
  id: 'line',
  label: 'line',
  measure: { name: 'interpolation', alphas: [0, 1] },
  of: ['a', 'b'],
  acrossSeeds,
});

function planOf(arms: readonly Arm[], measurements: readonly MeasurementArm[] = []) {
  const preset = { seeds: [1, 2], arms, measurements, note: '', miniature: true };
  const protocol: Protocol = { id: 'as-coded', note: '', presets: { smoke: preset }, figures: [], quantities: [] };
  const experiment: Experiment = {
    id: 'x',
    section: '',
    title: '',
    question: '',
    protocols: [protocol],
    claims: [],
    disagreements: [],
  };
  return (options: Partial<Parameters<typeof tasksOf>[3]> = {}) =>
    tasksOf(experiment, protocol, 'smoke', { identify: name, ...options });
}

/** An id that can be read: seed, start and what it is of. */
function name(spec: TaskSpec): string {
  if ('measure' in spec) return `measure(${spec.of.join('|')})${spec.seed}`;
  const { init, seed } = spec;
  if (init?.kind === 'interpolated') return `between(${init.from.join('|')})${seed}`;
  return `drawn${init?.skip ?? 0}${init?.kind === 'nudged' ? `-twin${init.twin}` : ''}-seed${seed}`;
}

const skipped = (id: string, skip: number): Arm => arm(id, { kind: 'pytorch', skip });

it('goes seed by seed, arms before measurements, and names arms by the ids of their tasks of the same seed', () => {
  const plan = planOf([between('mid', ['a', 'b']), skipped('a', 0), skipped('b', 5)], [line(false)])();
  expect(plan.map(({ id }) => id)).toEqual([
    'between(drawn0-seed1|drawn5-seed1)1',
    'drawn0-seed1',
    'drawn5-seed1',
    'measure(drawn0-seed1|drawn5-seed1)1',
    'between(drawn0-seed2|drawn5-seed2)2',
    'drawn0-seed2',
    'drawn5-seed2',
    'measure(drawn0-seed2|drawn5-seed2)2',
  ]);
});

it('takes a measurement across seeds once, of all seeds arm by arm, after everything else', () => {
  const plan = planOf([skipped('a', 0), skipped('b', 5)], [line(true)])();
  expect(plan.at(-1)).toMatchObject({ kind: 'measurement', arm: 'line', seed: 1 });
  expect(plan.at(-1)?.id).toBe('measure(drawn0-seed1|drawn0-seed2|drawn5-seed1|drawn5-seed2)1');
  expect(plan).toHaveLength(5);
});

it('adds twins to each trial that starts from drawn values, from the same place in the stream, no others', () => {
  const plan = planOf([skipped('a', 3), skipped('b', 0), between('mid', ['a', 'b'])])({ seeds: [1], twins: 2 });
  expect(plan.map((task) => [task.id, 'twin' in task ? task.twin : 0])).toEqual([
    ['drawn3-seed1', 0],
    ['drawn3-twin1-seed1', 1],
    ['drawn3-twin2-seed1', 2],
    ['drawn0-seed1', 0],
    ['drawn0-twin1-seed1', 1],
    ['drawn0-twin2-seed1', 2],
    ['between(drawn3-seed1|drawn0-seed1)1', 0],
  ]);
});

it('measures twins as the trials are measured, where every trial has some', () => {
  const options = { seeds: [1], twins: 1 };
  const measured = planOf([skipped('a', 0), skipped('b', 5)], [line(false)])(options).slice(4);
  expect(measured.map(({ id, twin }) => [id, twin])).toEqual([
    ['measure(drawn0-seed1|drawn5-seed1)1', undefined],
    ['measure(drawn0-twin1-seed1|drawn5-twin1-seed1)1', 1],
  ]);
  const withoutTwins = planOf([skipped('a', 0), between('b', ['a', 'a'])], [line(false)])(options);
  expect(withoutTwins.filter(({ kind }) => kind === 'measurement')).toHaveLength(1);
  expect(planOf([skipped('a', 0), skipped('b', 5)], [line(true)])(options)).toHaveLength(5);
});

it('changes a spec before anything refers to it', () => {
  const change = (spec: Parameters<NonNullable<Parameters<typeof tasksOf>[3]['change']>>[0]) => ({ ...spec, seed: 9 });
  const plan = planOf([skipped('a', 0), skipped('b', 5)], [line(false)])({ seeds: [1], change });
  expect(plan.map(({ id }) => id)).toEqual(['drawn0-seed9', 'drawn5-seed9', 'measure(drawn0-seed9|drawn5-seed9)1']);
});

it('refuses no seeds, an unknown preset, an unknown arm with the nearest, and a circle', () => {
  expect(() => planOf([arm('a')])({ seeds: [] })).toThrow('seeds: expected at least one seed for x, got none');
  expect(() => planOf([between('mid', ['left', 'rigth']), arm('left'), arm('right')])()).toThrow(
    'arm: expected one of mid, left, right, got "rigth" (did you mean right?)',
  );
  expect(() => planOf([between('p', ['q', 'q']), between('q', ['p', 'p'])])()).toThrow(
    'expected no circle, got p <- q <- p',
  );
  const plan = planOf([arm('a')]);
  expect(() => plan({ seeds: [1] })).not.toThrow();
});
