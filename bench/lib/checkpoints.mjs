// What keeping where a trial stands costs, in the trial's own time.
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadMnist } from '../../dist/platform/node/data/mnist-source.js';
import { beginPartial } from '../../dist/platform/node/store/partial-task.js';
import { runTrials } from './pool.mjs';
import { median } from './rounds.mjs';

/** A checkpoint is taken so often here, to be seen above the noise; a run takes one every 30 s. */
const everyMs = 250;
const usualMs = 30_000;

const trial = (hidden, epochs) => ({
  data: { kind: 'mnist' },
  model: { kind: 'mlp', widths: [784, hidden, 10], activation: 'relu' },
  loss: 'crossEntropy',
  optimizer: { kind: 'adam', learningRate: 1e-3 },
  batchSize: 100,
  stop: { epochs },
  seed: 1,
  observe: { loss: 'step' },
});

/**
 * For each network: what one checkpoint adds to the trial's time, medians over rounds with and without in turn, and its
 * share at the usual distance.
 */
export async function checkpointCosts(rounds) {
  const { train, test } = await loadMnist();
  const costs = [];
  for (const [hidden, epochs] of [
    [500, 4],
    [2000, 2],
  ]) {
    const spec = trial(hidden, epochs);
    const perCheckpoint = [];
    let bytes = 0;
    for (let round = 0; round < rounds; round++) {
      const without = await timed(spec, { train, test }, usualMs);
      const withThem = await timed(spec, { train, test }, everyMs);
      perCheckpoint.push((withThem.ms - without.ms) / withThem.count);
      bytes = withThem.bytes;
    }
    const ms = median(perCheckpoint);
    costs.push({ network: `784-${hidden}-10`, bytes, ms, share: ms / usualMs });
  }
  return costs;
}

/** The trial's own time, as its worker takes it, with all records written as a run writes them. */
async function timed(spec, mnist, checkpointEveryMs) {
  const folder = mkdtempSync(join(tmpdir(), 'descent-bench-'));
  const record = beginPartial(join(folder, 'trial'), { id: 'trial', spec }, {});
  let [count, bytes, ms] = [0, 0, 0];
  await runTrials([spec], {
    workers: 1,
    mnist,
    checkpointEveryMs,
    onEvent(event) {
      if (event.kind === 'rows') record.append(event.rows);
      if (event.kind !== 'checkpoint') return;
      record.checkpoint(event.checkpoint, event.durationMs);
      count++;
      bytes = newest(join(folder, '.partial-trial'));
    },
    onDone: (durationMs) => {
      ms = durationMs;
    },
  });
  rmSync(folder, { recursive: true });
  return { ms, count, bytes };
}

const newest = (folder) =>
  Math.max(
    ...readdirSync(folder).map((name) => (name.startsWith('checkpoint-') ? statSync(join(folder, name)).size : 0)),
  );
