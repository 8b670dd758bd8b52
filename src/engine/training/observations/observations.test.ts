import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { trialSpecs } from '../../../../test/fuzz/support/specs.js';
import { fakeMnist } from '../../../../test/support/fake-mnist.js';
import { dataSizes } from '../../../data/sources/index.js';
import { runTrial } from '../../../tasks/run-trial.js';
import type { TrialSpec } from '../../../tasks/trial-spec.js';
import { networkOf } from '../../model-spec.js';
import { parameterShapes } from '../../shapes.js';
import { sizeChanges } from '../edits.js';
import { type Cutting, placeAfter } from '../schedule.js';
import { columnOf, type MetricRow, metricNames, metrics, metricsAt, observations, placesOfLayers } from './index.js';

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
    'stepLoss',
  ]);
});

test('rows hold what the observations say they emit there: 60 random trials', async () => {
  await fc.assert(
    fc.asyncProperty(trialSpecs, async (spec) => {
      const rows: MetricRow[] = [];
      const layers = placesOfLayers(parameterShapes(networkOf(spec.model)));
      const { summary } = await runTrial(spec, {
        loadMnist: async () => fakeMnist(),
        onRow: (row) => rows.push(row),
      });
      rows.forEach((row, i) => {
        const { epoch, step, ...values } = row;
        const isLast = step === summary.steps;
        const endsEpoch = placeAfter(cuttingOf(spec), step).epochs === epoch;
        const moment = { step, endsEpoch, isLast, diverged: summary.status === 'diverged', layers };
        const possible = metricsAt(spec.observe ?? {}, moment);
        const withoutLabels = new Set(['trainAccuracy', 'testAccuracy', 'preconditionedLambdaMax']);
        expect(possible, `row ${i}`).toEqual(expect.arrayContaining(Object.keys(values)));
        for (const name of possible) if (!withoutLabels.has(name)) expect(values, `row ${i}`).toHaveProperty(name);
      });
    }),
    { numRuns: 60, seed: 1 },
  );
});

const cuttingOf = ({ data, stop, batchSize, edits = [] }: TrialSpec): Cutting => ({
  samples: dataSizes(data).train,
  epochs: stop.epochs,
  batchSize,
  changes: sizeChanges(edits),
});

test('a column of a layer has the words of its observation and its place', () => {
  expect(columnOf('layerGradNorm12')).toEqual({ words: 'gradient norm of layer 12', unit: 'as `gradNorm`' });
  expect(columnOf('loss')).toBe(metrics.loss);
  for (const name of ['layerGradNorm', 'loss1', 'constructor', 'layerGradNormX'])
    expect(columnOf(name)).toBeUndefined();
});

test('docs/definitions.md has a line for each observation, with its columns and their units', () => {
  const lines = readFileSync('docs/definitions.md', 'utf8').split('\n');
  for (const { columns } of observations) {
    const names = Object.keys(columns) as (keyof typeof metrics)[];
    if (names.length === 0) continue;
    const line = lines.find((text) => text.startsWith(`| ${names.map((name) => `\`${name}\``).join(', ')} |`));
    for (const name of names) expect(line).toContain(columnOf(name)?.unit.split(',')[0]);
  }
});
