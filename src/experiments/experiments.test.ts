import { describe, expect, it } from 'vitest';
import { parameterCount } from '../engine/shapes.js';
import { parseTrialSpec } from '../trials/schema.js';
import { networkOf } from '../trials/trial-network.js';
import { type Experiment, experiments, type MetricName, type PresetName, trialsOf } from './index.js';

const presetNames: readonly PresetName[] = ['smoke', 'quick', 'report'];
const byId = (id: string): Experiment => experiments.find((experiment) => experiment.id === id)!;
const counts = (id: string): readonly number[] =>
  byId(id).presets.report.arms.map(({ spec }) => parameterCount(networkOf(spec.model)));

describe('the networks', () => {
  it('of 1.1.1 have 571, 572 and 571 parameters and start 0, 571 and 1143 draws into the stream', () => {
    for (const id of ['function-fit-sinc', 'function-fit-sign-sin']) {
      expect(counts(id)).toEqual([571, 572, 571]);
      expect(byId(id).presets.report.arms.map(({ spec }) => spec.init?.skip)).toEqual([0, 571, 1143]);
    }
  });

  it('of 1.1.2 have 25550, 25570 and 25621 parameters', () => {
    expect(counts('mnist-depth')).toEqual([25_550, 25_570, 25_621]);
  });
});

describe.each(experiments)('$id', (experiment) => {
  const { figures, quantities, presets } = experiment;

  it.each(presetNames)('plans valid trials in preset %s', (presetName) => {
    const trials = trialsOf(experiment, presetName, [1, 2]);
    expect(trials).toHaveLength(2 * presets[presetName].arms.length);
    for (const { spec } of trials) expect(parseTrialSpec(spec)).toMatchObject({ loss: spec.loss, seed: spec.seed });
  });

  it.each(presetNames)('observes in preset %s every metric that it shows', (presetName) => {
    const shown: readonly MetricName[] = [
      ...figures.flatMap((figure) => (figure.kind === 'metric' ? [figure.metric] : [])),
      ...quantities.flatMap(({ measure }) => (measure.kind === 'last' ? [measure.metric] : [])),
    ];
    for (const { spec } of presets[presetName].arms) {
      const observed = new Set<string>(Object.keys(spec.observe ?? {}));
      if (observed.has('test')) observed.add('testLoss').add('testAccuracy');
      for (const metric of shown) expect(observed).toContain(metric);
    }
  });

  it('has the same arms in the same order in every preset, and reports on none but these', () => {
    const arms = presets.report.arms.map(({ id, label }) => ({ id, label }));
    for (const name of presetNames) expect(presets[name].arms.map(({ id, label }) => ({ id, label }))).toEqual(arms);
    const ids = new Set(arms.map(({ id }) => id));
    for (const { reported } of quantities) for (const arm of Object.keys(reported)) expect(ids).toContain(arm);
  });

  it('has figures with a caption and a unit in brackets on both axes', () => {
    for (const { x, y, caption } of figures) {
      expect(x.label).toMatch(/\(.+\)$/);
      expect(y.label).toMatch(/\(.+\)$/);
      expect(caption.length).toBeGreaterThan(60);
    }
  });
});

it('the ids of experiments, and of figures and quantities within one, differ', () => {
  const differ = (items: readonly { readonly id: string }[]): void =>
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
  differ(experiments);
  for (const { figures, quantities, disagreements } of experiments)
    for (const list of [figures, quantities, disagreements]) differ(list);
});

it('the quick preset of 1.1.2 takes as many updates as the report: 1,500', () => {
  const updates = (name: PresetName): readonly number[] =>
    byId('mnist-depth').presets[name].arms.map(({ spec: { data, batchSize, stop } }) =>
      data.kind === 'mnist' && batchSize !== 'full' ? (data.trainSize! / batchSize) * stop.epochs : 0,
    );
  expect(updates('quick')).toEqual([1500, 1500, 1500]);
  expect(updates('report')).toEqual([1500, 1500, 1500]);
});

it('a plan goes seed by seed and refuses an empty list of seeds', () => {
  const plan = trialsOf(byId('function-fit-sinc'), 'smoke', [3, 1]);
  expect(plan.map(({ arm, seed }) => `${arm} ${seed}`)).toEqual(['m1 3', 'm2 3', 'm3 3', 'm1 1', 'm2 1', 'm3 1']);
  expect(plan.map(({ spec }) => spec.seed)).toEqual([3, 3, 3, 1, 1, 1]);
  expect(() => trialsOf(byId('function-fit-sinc'), 'smoke', [])).toThrow('seeds: expected at least one seed');
});
