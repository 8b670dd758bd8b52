import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Dataset } from '../../src/base/dataset.js';
import { UserError } from '../../src/base/errors.js';
import { Mt19937 } from '../../src/base/mt19937.js';
import { philoxKey } from '../../src/base/streams.js';
import { initializeParameters, loaderOrder } from '../../src/base/torch-random.js';
import type { Mnist } from '../../src/data/mnist.js';
import { loadData, shapedFor } from '../../src/data/sources/index.js';
import { networkOf } from '../../src/engine/model-spec.js';
import { parameterShapes, product } from '../../src/engine/shapes.js';
import type { MetricRow } from '../../src/engine/training/observations/index.js';
import { withDefaults } from '../../src/tasks/defaults.js';
import { nudged } from '../../src/tasks/initial-parameters.js';
import { runTrial } from '../../src/tasks/run-trial.js';
import { parseTrialSpec } from '../../src/tasks/schema/trial-schema.js';
import { trialId } from '../../src/tasks/trial-id.js';
import type { TrialOutcome } from '../../src/tasks/trial-result.js';
import type { TrialSpec } from '../../src/tasks/trial-spec.js';
import { runs } from '../support/length.js';
import { uniformValues } from '../support/random.js';
import { fuzz } from './support/fuzz.js';
import { spoiled } from './support/garbage.js';
import { expectStep } from './support/reference-step.js';
import { acceptedOr } from './support/refusals.js';
import { mostImages, trialSpecs } from './support/specs.js';

function images(name: string, size: number, seed: number): Dataset {
  return {
    name,
    size,
    inputShape: [1, 28, 28],
    inputs: Uint8Array.from(uniformValues(size * 784, seed), (v) => (v > 0.6 ? Math.floor(v * 255) : 0)),
    targets: Uint8Array.from({ length: size }, (_, i) => (i * 7) % 10),
  };
}
const mnist: Mnist = { train: images('train', mostImages.train, 1), test: images('test', mostImages.test, 2) };
const loadMnist = async () => mnist;

/** Trains for one step; what is observed at an epoch's end is, too, if the epoch has no other. */
async function oneStep(spec: TrialSpec): Promise<{ outcome: TrialOutcome; row: MetricRow | undefined }> {
  let asked = 0;
  let row: MetricRow | undefined;
  const outcome = await runTrial(spec, {
    loadMnist,
    shouldStop: () => asked++ > 0,
    onRow: (found) => {
      row ??= found;
    },
  });
  return { outcome, row };
}

/** The same first step, from what a spec says: initial parameters, samples of the first batch in their order. */
async function firstStep(spec: TrialSpec) {
  const { seed, init, batchSize, optimizer, loss } = withDefaults(spec);
  if (init.kind === 'interpolated') throw new Error('a start from other trials is none of these specs');
  const network = networkOf(spec.model);
  const data = shapedFor(network.input, (await loadData(spec.data, loadMnist)).train);
  const rng = new Mt19937(seed);
  rng.skip(init.skip);
  const fans = parameterShapes(network).map(({ shape, fanIn }) => ({ size: product(shape), fanIn }));
  const drawn = initializeParameters(rng, fans);
  const parameters = init.kind === 'nudged' ? nudged(drawn, init.twin) : drawn;
  const all = Array.from({ length: data.size }, (_, i) => i);
  const rows = batchSize === 'full' ? all : [...loaderOrder(rng, data.size)].slice(0, batchSize);
  return { network, loss, optimizer, data, rows, parameters, dropoutKey: philoxKey('dropout', seed) };
}

const valid = runs(60, 200);

test(`${valid} valid specs are accepted as they are, and one step of each is as in float64 (loss 1e-5, gradient 1e-4, parameters 2e-6 beyond it)`, async () => {
  await fuzz(valid, trialSpecs, async (json) => {
    expect(parseTrialSpec(json)).toEqual(json);
    const spec: TrialSpec = { ...json, observe: { ...json.observe, loss: 'step', gradNorm: 'step' } };
    const { outcome, row } = await oneStep(spec);
    const { loss, gradNorm } = row!;
    expectStep(await firstStep(spec), { loss: loss!, gradNorm: gradNorm!, parameters: outcome.parameters });
  });
});

const engine = { kernelsDigest: 'k', engineRevision: 1 };

/** The synthetic images are few; a spec that starts from other trials has none here to start from. */
function runnable(spec: TrialSpec): TrialSpec {
  const { init, data, ...rest } = withDefaults(spec);
  const sizes = data.kind === 'mnist' && {
    trainSize: Math.min(data.trainSize, mostImages.train),
    testSize: Math.min(data.testSize, mostImages.test),
  };
  return { ...rest, data: { ...data, ...sizes }, ...(init.kind !== 'interpolated' && { init }) };
}

const spoilt = runs(1000, 10_000);

test(`${spoilt} spoiled specs are refused with a SpecError that names a place of theirs, or can be identified, planned and run`, async () => {
  let accepted = 0;
  let refused = 0;
  await fuzz(spoilt, spoiled(trialSpecs), async (json) => {
    const spec = acceptedOr(parseTrialSpec, json);
    if (spec === undefined) {
      refused++;
      return;
    }
    accepted++;
    expect(parseTrialSpec(JSON.parse(JSON.stringify(spec)))).toEqual(JSON.parse(JSON.stringify(spec)));
    expect(trialId(spec, engine)).toMatch(/^[0-9a-f]{64}$/);
    const { outcome } = await oneStep(runnable(spec)).catch((error: unknown) => {
      // What does not fit into memory is refused with what it needs, and nothing else.
      if (error instanceof UserError && /^memory: .* needs [\d.]+ GiB/.test(error.message))
        return { outcome: undefined };
      throw error;
    });
    if (outcome) expect(['stopped', 'finished', 'converged', 'diverged']).toContain(outcome.summary.status);
  });
  expect(accepted).toBeGreaterThan(spoilt / 20);
  expect(refused).toBeGreaterThan(spoilt / 2);
});

test('whatever is no object at all is refused', async () => {
  await fuzz(runs(200, 1000), fc.anything(), (json) => {
    expect(acceptedOr(parseTrialSpec, json)).toBeUndefined();
  });
});
