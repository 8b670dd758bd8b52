// What is timed: networks and settings come from the experiments themselves, so that the bench cannot drift away from
// them.
import { mlp } from '../../dist/engine/index.js';
import { networkOf } from '../../dist/engine/model-spec.js';
import { experiments } from '../../dist/experiments/index.js';

/** As the report's code has them. */
const arms = new Map(
  experiments
    .filter(({ id }) => ['function-fit-sinc', 'mnist-depth'].includes(id))
    .map(({ protocols }) => protocols.find(({ id }) => id === 'as-coded'))
    .flatMap(({ presets }) => presets.report.arms.map((arm) => [arm.id, arm.spec])),
);
const ofArm = (id) => ({ network: networkOf(arms.get(id).model), optimizer: arms.get(id).optimizer });
const adam = { kind: 'adam', learningRate: 1e-3, weightDecay: 1e-4 };
const wide = (hidden) => ({ network: mlp([784, hidden, 10], 'relu'), optimizer: adam });

/** PyTorch one thread / goal: at least so many times as fast / aim. */
const goal = (least, aim) => ({ least, aim });
const steps = (id, label, settings) => ({ kind: 'steps', id, label, unit: 'ms', limitMs: 2000, ...settings });
const fit = (id, name, least, aim) =>
  steps(`fit-${id}`, `fit ${name}, one epoch (300 points)`, {
    ...ofArm(id),
    data: 'sinc',
    batchSize: 300,
    steps: 5000,
    limitMs: 600,
    goal: goal(least, aim),
  });
const dense = (hidden, batchSize, count, target, more = {}) =>
  steps(`mlp-${hidden}-${batchSize}`, `784-${hidden}-10, a step at batch ${batchSize}`, {
    ...wide(hidden),
    data: 'mnist',
    batchSize,
    steps: count,
    ...(target && { goal: target }),
    ...more,
  });
const cnn = (id, name, target, more = {}) =>
  steps(`${id}-600`, `${name}, a step at batch 600`, {
    ...ofArm(id),
    data: 'mnist',
    batchSize: 600,
    steps: 20,
    ...(target && { goal: target }),
    without: { 'tfjs-cpu': 'three steps take more than 180 s' },
    ...more,
  });
const epochOf = (id, label, settings) => ({
  kind: 'trial',
  id: `epoch-${id}`,
  label: `one epoch of ${label}, 60,000 images`,
  unit: 's',
  data: 'mnist',
  epochs: 1,
  test: false,
  ...settings,
});

const speedOfSteps = [
  fit('m1', 'M1', 14, 17),
  fit('m2', 'M2', 9, 12),
  fit('m3', 'M3', 7, 11),
  { ...dense(500, 10, 200, goal(3.8, 5)), id: 'mlp-500-10-first', label: '784-500-10, batch 10, first 200 steps' },
  {
    ...dense(500, 10, 200, goal(12, 16), { skip: 2000, limitMs: 20_000, flush: true }),
    id: 'mlp-500-10-late',
    label: '784-500-10, batch 10, steps 2,000-3,000',
    without: {
      'tfjs-cpu': 'the 2,000 steps beforehand take more than 180 s',
    },
  },
  dense(500, 64, 150, goal(1.9, 2.5)),
  dense(500, 100, 120, goal(1.6, 2.2)),
  dense(500, 600, 60, goal(0.95, 1.3)),
  dense(500, 1000, 40, goal(0.8, 1.1)),
  dense(2000, 600, 15),
  // Every library draws dropout masks of its own, so losses agree only roughly.
  cnn('cnn1', 'CNN-1', goal(2.6, 3.5), {
    tolerance: 0.1,
    without: { 'tfjs-cpu': 'three steps take more than 180 s', jax: 'its adapter here has no dropout' },
  }),
  cnn('cnn3', 'CNN-3', goal(2.6, 3.5)),
];

const others = [
  {
    kind: 'evaluation',
    id: 'evaluate-mlp',
    label: '784-500-10, loss and accuracy of 10,000 images',
    unit: 'ms',
    network: wide(500).network,
    data: 'mnist',
    units: 3,
  },
  {
    kind: 'evaluation',
    id: 'evaluate-cnn1',
    label: 'CNN-1, loss and accuracy of 10,000 images',
    unit: 'ms',
    // Dropout is off in an evaluation.
    network: {
      ...ofArm('cnn1').network,
      layers: ofArm('cnn1').network.layers.filter(({ kind }) => kind !== 'dropout'),
    },
    data: 'mnist',
  },
  {
    kind: 'hessian',
    id: 'hessian-385',
    label: 'exact Hessian of 1-128-1 (385 parameters, 300 points)',
    unit: 'ms',
    network: mlp([1, 128, 1], 'relu'),
    data: 'sinc',
    without: { 'tfjs-wasm': 'has no second derivatives', 'tfjs-cpu': 'has no second derivatives' },
  },
];

const wholeTrials = [
  {
    kind: 'fit',
    id: 'trial-1-500-1',
    label: '1-500-1 to convergence (section 1.2.2)',
    unit: 's',
    network: mlp([1, 500, 1], 'relu'),
    optimizer: adam,
    data: 'sinc',
    stop: { epochs: 2500, converged: { below: 0.001, change: 1e-5 } },
  },
  epochOf('mlp-500-100', '784-500-10 at batch 100', { ...wide(500), batchSize: 100 }),
  epochOf('mlp-2000-600', '784-2000-10 at batch 600', { ...wide(2000), batchSize: 600 }),
  epochOf('cnn1', 'CNN-1 at batch 600', { ...ofArm('cnn1'), batchSize: 600 }),
  epochOf('cnn2', 'CNN-2 at batch 600', { ...ofArm('cnn2'), batchSize: 600 }),
  epochOf('cnn3', 'CNN-3 at batch 600', { ...ofArm('cnn3'), batchSize: 600 }),
  {
    ...epochOf('published', '784-500-10 at batch 100 as published (DataLoader)', { ...wide(500), batchSize: 100 }),
    pytorchKind: 'publishedEpoch',
  },
];

/** A first script, started anew for every round. */
const asPeopleRunIt = {
  kind: 'process',
  id: 'people',
  label: 'as people run it: a fresh process trains 784-500-10 for one epoch at batch 64',
  unit: 's',
  network: wide(500).network,
  optimizer: adam,
  data: 'mnist',
  batchSize: 64,
};

const wholeMachine = {
  kind: 'trial',
  id: 'machine',
  label: 'trials an hour, whole machine: 784-500-10, batch 600, 10 epochs, test at the end',
  unit: 'trials/h',
  network: wide(500).network,
  optimizer: { kind: 'adam', learningRate: 1e-3 },
  data: 'mnist',
  batchSize: 600,
  epochs: 10,
  trials: 4,
  goal: goal(1, 1.5),
};

/** All workloads; `quick` makes each of them small and leaves the long ones out. */
export function workloads(quick) {
  const all = [...speedOfSteps, ...others, ...wholeTrials, asPeopleRunIt, wholeMachine];
  if (!quick) return all;
  const kept = ['fit-m1', 'mlp-500-10-first', 'mlp-500-600', 'cnn1-600', 'people'];
  return all
    .filter(({ id }) => kept.includes(id))
    .map((workload) => (workload.kind === 'steps' ? { ...workload, limitMs: 200 } : workload));
}
