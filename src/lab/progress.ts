import type { TrainProgress } from '../engine/index.js';
import { inferShapes, product } from '../engine/shapes.js';
import { withDefaults } from '../trials/defaults.js';
import { networkOf } from '../trials/trial-network.js';
import type { TrialSpec } from '../trials/trial-spec.js';

/** How far a run is. */
export interface RunProgress {
  /** Share of the work, in [0, 1]. */
  readonly fraction: number;
  readonly trialsDone: number;
  readonly trials: number;
  readonly stepsPerSecond: number;
  /** Undefined while too little has been done to tell. */
  readonly msLeft: number | undefined;
}

/** Follows a run of trials of different sizes. */
export interface ProgressMeter {
  update(index: number, progress: TrainProgress): void;
  /** `worked` is false for a trial whose result was there already. */
  done(index: number, worked: boolean): void;
  read(): RunProgress;
}

/** Before this share of the work, a time left would be a guess. */
const tellingShare = 0.01;

/** Weighs each trial by its work, so that the time left is right while small and large ones mix. `now` in milliseconds. */
export function progressMeter(specs: readonly TrialSpec[], now: () => number): ProgressMeter {
  const work = specs.map(trialWork);
  const fractions = specs.map(() => 0);
  const steps = specs.map(() => 0);
  const finished = specs.map(() => false);
  const start = now();
  let total = sum(work);
  return {
    update(index, progress) {
      fractions[index] = progress.step / progress.steps;
      steps[index] = progress.step;
    },
    done(index, worked) {
      finished[index] = true;
      fractions[index] = 1;
      if (worked) return;
      total -= work[index] ?? 0;
      work[index] = 0;
    },
    read() {
      const elapsed = now() - start;
      const fraction = total === 0 ? 1 : sum(work.map((w, i) => w * fractions[i]!)) / total;
      return {
        fraction,
        trialsDone: finished.filter(Boolean).length,
        trials: specs.length,
        stepsPerSecond: elapsed === 0 ? 0 : (sum(steps) / elapsed) * 1000,
        msLeft: fraction < tellingShare ? undefined : (elapsed * (1 - fraction)) / fraction,
      };
    },
  };
}

/** Multiplications of all forward passes if the trial runs to its last epoch: a measure of relative cost. */
export function trialWork(spec: TrialSpec): number {
  const perSample = inferShapes(networkOf(spec.model)).map(({ spec: layer, input, output }) => {
    if (layer.kind === 'linear') return product(input) * product(output);
    if (layer.kind === 'conv2d') return product(output) * layer.kernel * layer.kernel * (input[0] ?? 1);
    return product(output);
  });
  return sum(perSample) * samplesOf(spec) * spec.stop.epochs;
}

function samplesOf(spec: TrialSpec): number {
  const { data } = withDefaults(spec);
  switch (data.kind) {
    case 'function':
      return data.points;
    case 'table':
      return data.inputs.length;
    case 'mnist':
      return data.trainSize;
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
