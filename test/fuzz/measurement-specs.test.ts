import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UserError } from '../../src/base/errors.js';
import type { MeasurementSpec, MeasureSpec } from '../../src/tasks/measurement-spec.js';
import { parseMeasurementSpec } from '../../src/tasks/schema/measurement-schema.js';
import { parseTrialSpec } from '../../src/tasks/schema/trial-schema.js';
import { applySettings, parseSetting } from '../../src/tasks/settings.js';
import { taskId } from '../../src/tasks/task.js';
import { runs } from '../support/length.js';
import { fuzz } from './support/fuzz.js';
import { spoiled } from './support/garbage.js';
import { acceptedOr } from './support/refusals.js';
import { trialSpecs } from './support/specs.js';

const engine = { kernelsDigest: 'k', engineRevision: 1 };
const id = fc.integer({ min: 0, max: 15 }).map((digit) => digit.toString(16).repeat(64));
const few = fc.integer({ min: 2, max: 50 });

/** Measures with the number of trials that each is of. */
const measures: fc.Arbitrary<readonly [MeasureSpec, number]> = fc.oneof(
  fc
    .array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 4 })
    .map((alphas) => [{ name: 'interpolation', alphas }, 2] as const),
  few.map(
    (components) =>
      [{ name: 'trajectory', components, rows: 'fromEnd', tensors: ['0.weight'], epochs: [1, 3] }, 3] as const,
  ),
  few.map((x) => [{ name: 'trajectory', components: 2, picture: [[0, 3, x, -0.5]] }, 2] as const),
  few.map((place) => [{ name: 'weightPath', tensor: '2.weight', place }, 1] as const),
  few.map((samples) => [{ name: 'sharpness', epsilon: 0.001, samples }, 1] as const),
  few.map((products) => [{ name: 'curvature', samples: 20, products }, 1] as const),
  few.map((samples) => [{ name: 'sensitivity', samples }, 1] as const),
  few.map((points) => [{ name: 'gridError', points, excludeAroundJumps: 0.01 }, 1] as const),
  fc.constant([{ name: 'predictions' }, 2] as const),
  few.map((draws) => [{ name: 'hits', networks: 2, draws }, 4] as const),
  trialSpecs.map(
    ({ model, data }) =>
      [{ name: 'criticalPoint', model, data, warmUpEpochs: 3, gradNorm: 1e-8, maxSteps: 9 }, 0] as const,
  ),
  few.map(
    (hidden) => [{ name: 'minimalRatioAsCoded', hidden, epochs: 3, bugs: { stepOnWrongGradient: false } }, 0] as const,
  ),
  fc.constant([{ name: 'hessian', tolerance: 1e-8 }, 1] as const),
  few.map((steps) => [{ name: 'spectrum', samples: 9, probes: 3, steps }, 1] as const),
  few.map((points) => [{ name: 'surface', span: 1, points, samples: 9, plane: 'trajectory' }, 1] as const),
);
const measurements: fc.Arbitrary<MeasurementSpec> = measures.chain(([measure, trials]) =>
  fc.record({
    kind: fc.constant('measurement' as const),
    measure: fc.constant(measure),
    of: fc.array(id, { minLength: trials, maxLength: trials }),
    seed: fc.nat(),
  }),
);

const valid = runs(100, 500);

test(`${valid} valid measurements are accepted as they are`, async () => {
  await fuzz(valid, measurements, (json) => {
    expect(parseMeasurementSpec(json)).toEqual(json);
  });
});

const spoilt = runs(600, 4000);

test(`${spoilt} spoiled measurements are refused with a SpecError that names a place of theirs, or have an id`, async () => {
  let accepted = 0;
  await fuzz(spoilt, spoiled(measurements), (json) => {
    const spec = acceptedOr(parseMeasurementSpec, json);
    if (spec === undefined) return;
    accepted++;
    expect(taskId(spec, engine)).toMatch(/^[0-9a-f]{64}$/);
  });
  expect(accepted).toBeGreaterThan(spoilt / 40);
});

const parts = fc.oneof(
  fc.constantFrom(
    'data',
    'model',
    'widths',
    'layers',
    'optimizer',
    'learningRate',
    'stop',
    'epochs',
    'observe',
    'seed',
  ),
  fc.constantFrom(
    '__proto__',
    'constructor',
    'toString',
    '0',
    '1',
    '99999999999999999999',
    '[0]',
    '[2]',
    '[',
    '.',
    'x',
  ),
);
const values = fc.oneof(
  fc.json({ maxDepth: 2 }),
  fc.string(),
  fc.constantFrom('1e400', '-0', 'NaN', '', '{', '[1,[2]]'),
);
const settings = fc.oneof(
  fc
    .tuple(fc.array(parts, { minLength: 1, maxLength: 5 }), values)
    .map(([path, value]) => `${path.join('.').replaceAll('.[', '[')}=${value}`),
  fc.constantFrom('seed=3', 'stop.epochs=2', 'optimizer.learningRate=0.5', 'batchSize=full', 'observe.loss=step'),
  fc.string(),
  fc.constantFrom(`${'a.'.repeat(50_000)}a=1`, 'a'.repeat(100_000), '='),
);

const changed = runs(300, 2000);

test(`${changed} random --set changes of valid specs give a UserError or a spec that is valid, and never reach a prototype`, async () => {
  const before = Object.getOwnPropertyNames(Object.prototype).length;
  let accepted = 0;
  await fuzz(changed, fc.tuple(trialSpecs, fc.array(settings, { minLength: 1, maxLength: 2 })), ([json, texts]) => {
    try {
      parseTrialSpec(applySettings(json, texts.map(parseSetting)));
      accepted++;
    } catch (error) {
      expect(error).toBeInstanceOf(UserError);
      expect((error as Error).message).toMatch(/expected/);
    }
  });
  expect(Object.getOwnPropertyNames(Object.prototype).length).toBe(before);
  expect(accepted).toBeGreaterThan(changed / 20);
});
