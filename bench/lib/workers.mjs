// What starting a worker costs.
import { runTrials } from './pool.mjs';
import { median } from './rounds.mjs';

const trial = (seed) => ({
  data: { kind: 'function', name: 'sinc' },
  model: { kind: 'mlp', widths: [1, 5, 1], activation: 'relu' },
  loss: 'mse',
  optimizer: { kind: 'adam', learningRate: 1e-3 },
  batchSize: 'full',
  stop: { epochs: 1 },
  seed,
});

/**
 * Time in ms from asking for a worker to the end of its first trial, of one epoch on 300 points, and of such a trial in
 * a worker that runs already.
 */
export async function workerStart(rounds) {
  const first = [];
  const second = [];
  for (let round = 0; round < rounds; round++) {
    const from = performance.now();
    const ends = [];
    await runTrials([trial(1), trial(2)], { workers: 1, onDone: () => ends.push(performance.now() - from) });
    first.push(ends[0]);
    second.push(ends[1] - ends[0]);
  }
  return { firstTrialMs: median(first), secondTrialMs: median(second) };
}
