import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { trialSpecs } from '../../../../test/fuzz/support/specs.js';
import { fakeMnist } from '../../../../test/support/fake-mnist.js';
import { runTrial } from '../../../tasks/run-trial.js';
import { type MetricRow, metricNames, metrics, metricsAt, observations } from './index.js';

test('the columns of stored metrics keep their order', () => {
  expect(metricNames).toEqual([
    'loss',
    'lastBatchLoss',
    'gradNorm',
    'accuracy',
    'trainLoss',
    'trainAccuracy',
    'testLoss',
    'testAccuracy',
    'tensorGradNorm',
    'lambdaMax',
    'preconditionedLambdaMax',
  ]);
});

test('rows hold what the observations say they emit there: 60 random trials', async () => {
  await fc.assert(
    fc.asyncProperty(trialSpecs, async (spec) => {
      const rows: MetricRow[] = [];
      const { summary } = await runTrial(spec, {
        loadMnist: async () => fakeMnist(),
        onRow: (row) => rows.push(row),
      });
      rows.forEach((row, i) => {
        const { epoch, step, ...values } = row;
        const isLast = step === summary.steps;
        const size = spec.batchSize === 'full' ? summary.steps / summary.epochs : undefined;
        const perEpoch = size ?? Math.ceil(samplesOf(spec) / (spec.batchSize as number));
        const moment = { step, endsEpoch: step === epoch * perEpoch, isLast, diverged: summary.status === 'diverged' };
        const possible = metricsAt(spec.observe ?? {}, moment);
        const withoutLabels = new Set(['trainAccuracy', 'testAccuracy', 'preconditionedLambdaMax']);
        expect(possible, `row ${i}`).toEqual(expect.arrayContaining(Object.keys(values)));
        for (const name of possible) if (!withoutLabels.has(name)) expect(values, `row ${i}`).toHaveProperty(name);
      });
    }),
    { numRuns: 60, seed: 1 },
  );
});

function samplesOf({ data }: { readonly data: { readonly kind: string } }): number {
  const { points, inputs, trainSize } = data as { points?: number; inputs?: readonly unknown[]; trainSize?: number };
  return points ?? inputs?.length ?? trainSize ?? Number.NaN;
}

test('docs/definitions.md has a line for each observation, with its columns and their units', () => {
  const lines = readFileSync('docs/definitions.md', 'utf8').split('\n');
  for (const { columns } of observations) {
    const names = Object.keys(columns) as (keyof typeof metrics)[];
    if (names.length === 0) continue;
    const line = lines.find((text) => text.startsWith(`| ${names.map((name) => `\`${name}\``).join(', ')} |`));
    for (const name of names) expect(line).toContain(metrics[name].unit.split(',')[0]);
  }
});
