import { type Experiment, type PresetName, trialsOf } from '../../src/experiments/index.js';
import type { MetricColumns, RunRecord, TrialRecord } from '../../src/lab/record.js';
import type { TrialSpec } from '../../src/trials/trial-spec.js';

/** A run whose numbers are made up, in the shape of real ones: for tests of what is drawn, never of what is true. */
export interface SyntheticRun {
  readonly run: RunRecord;
  readonly records: ReadonlyMap<string, TrialRecord>;
}

/** Makes up one record for every planned trial of a preset. */
export function syntheticRun(experiment: Experiment, preset: PresetName, seeds: readonly number[] = [1]): SyntheticRun {
  const records = new Map<string, TrialRecord>();
  const trials = trialsOf(experiment, preset, seeds).map(({ arm, seed, spec }, index) => {
    const id = syntheticHash(`${experiment.id} ${arm} ${seed}`);
    records.set(id, spec.data.kind === 'mnist' ? imageTrial(id, spec, index) : functionTrial(id, spec, index));
    return { arm, seed, id };
  });
  return { run: { experiment: experiment.id, preset, settings: [], trials }, records };
}

/** 64 hex digits that depend on a text (FNV-1a, repeated). */
function syntheticHash(text: string): string {
  let hash = 0x811c9dc5;
  const words = Array.from({ length: 8 }, (_, word) => {
    for (const character of `${text}${word}`) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0;
    return hash.toString(16).padStart(8, '0');
  });
  return words.join('');
}

/** A number in [-1, 1) that looks random and never changes. */
const noise = (i: number, salt: number): number =>
  ((Math.imul(i + 1, 2654435761) ^ Math.imul(salt + 7, 40503)) >>> 8) / 2 ** 23 - 1;

function functionTrial(id: string, spec: TrialSpec, index: number): TrialRecord {
  const epochs = Math.min(
    spec.stop.epochs,
    [961, 857, 2186][index % 3]! * (spec.data.kind === 'function' && spec.data.name === 'signSin' ? 11 : 1),
  );
  const range = Array.from({ length: epochs }, (_, i) => i + 1);
  const loss = range.map(
    (epoch) => 0.4 * (0.001 / 0.4) ** (epoch / epochs) * (1 + 0.3 * Math.max(0, noise(epoch, index))),
  );
  const x = Array.from({ length: 300 }, (_, i) => -1 + (2 * i) / 299);
  const wave = x.map((at) => Math.sin(5 * Math.PI * at));
  const isStep = spec.data.kind === 'function' && spec.data.name === 'signSin';
  const truth = wave.map((y, i) => (isStep ? Math.sign(y) : y / (5 * Math.PI * x[i]!)));
  const predicted = truth.map((y, i) => y + 0.05 * Math.sin(9 * x[i]! + index));
  return {
    ...summary(id, spec, epochs, loss.at(-1)!),
    status: epochs < spec.stop.epochs ? 'converged' : 'finished',
    metrics: { epoch: range, step: range, loss },
    predictions: { x, truth, predicted },
  };
}

function imageTrial(id: string, spec: TrialSpec, index: number): TrialRecord {
  const { epochs } = spec.stop;
  const range = Array.from({ length: epochs }, (_, i) => i + 1);
  const error = range.map((epoch) => 0.25 / (epoch + index * 0.3) + 0.012 + 0.002 * noise(epoch, index));
  const metrics: MetricColumns = {
    epoch: range,
    step: range.map((epoch) => 100 * epoch),
    loss: error.map((share) => 3.4 * share),
    lastBatchLoss: error.map((share) => 3.1 * share),
    accuracy: error.map((share) => 1 - share),
    testLoss: error.map((share) => 3 * share),
    testAccuracy: error.map((share) => 1 - 0.9 * share),
  };
  return { ...summary(id, spec, epochs, 3.4 * error.at(-1)!), metrics };
}

const summary = (id: string, spec: TrialSpec, epochs: number, finalLoss: number): Omit<TrialRecord, 'metrics'> => ({
  id,
  spec,
  status: 'finished',
  epochs,
  steps: spec.batchSize === 'full' ? epochs : 100 * epochs,
  finalLoss,
  hash: syntheticHash(`result of ${id}`),
  durationMs: 1234,
});
