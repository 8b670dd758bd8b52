import { expect, test } from 'vitest';
import type { MeasurementSpec } from './measurement-spec.js';
import { parseMeasurementSpec } from './schema/measurement-schema.js';
import { needsOf, parseTaskSpec, taskId } from './task.js';
import type { TrialSpec } from './trial-spec.js';

const engine = { kernelsDigest: 'k', engineRevision: 1 };
const [a, b] = ['a'.repeat(64), 'b'.repeat(64)] as const;
const fit: TrialSpec = {
  data: { kind: 'function', name: 'sinc' },
  model: { kind: 'mlp', widths: [1, 5, 1], activation: 'leakyRelu' },
  loss: 'mse',
  optimizer: { kind: 'adam', learningRate: 0.001 },
  batchSize: 'full',
  stop: { epochs: 100 },
  seed: 1,
};
const measurement = (measure: MeasurementSpec['measure'], of: readonly string[] = [a]): MeasurementSpec => ({
  kind: 'measurement',
  measure,
  of,
  seed: 1,
});
const point = measurement(
  { name: 'criticalPoint', model: fit.model, data: fit.data, warmUpEpochs: 5, gradNorm: 1e-8, maxSteps: 10 },
  [],
);
const surface = { name: 'surface', span: 1, points: 21, samples: 1000 } as const;

test('ids of measurements do not move when a field with a no-effect default is added: these were given before', () => {
  expect(taskId(measurement({ name: 'predictions' }, [a, b]), engine)).toMatchInlineSnapshot(
    `"3be1912020aae67dab0815adae0cd2567a71750e58f0302f69f889fdfc68eb31"`,
  );
  expect(taskId(point, engine)).toMatchInlineSnapshot(
    `"881d3de1dd5834979561ac38ae726a863a21d8f46d2d64821328a9d9b63faf12"`,
  );
  expect(taskId(measurement(surface), engine)).toMatchInlineSnapshot(
    `"99034bd854a870030927bc6b27ad4f701b2c0096a4e88e11c098b40fa216e016"`,
  );
});

test('a measurement with its defaults written out has the id of one without; what matters is in the id', () => {
  const id = (spec: MeasurementSpec): string => taskId(spec, engine);
  const plane = { name: 'trajectory', components: 2 } as const;
  expect(id(measurement({ ...plane, rows: 'centred' }))).toBe(id(measurement(plane)));
  expect(id(measurement({ ...surface, plane: 'random' }))).toBe(id(measurement(surface)));
  const coded = { name: 'minimalRatioAsCoded', hidden: 20, epochs: 3 } as const;
  const all = { stepOnWrongGradient: true, gaussNewtonByLayer: true };
  expect(id(measurement({ ...coded, learningRate: 0.0004, bugs: all }, []))).toBe(id(measurement(coded, [])));
  const spelled = { ...point.measure, data: { kind: 'function', name: 'sinc', points: 300 }, attempts: 10 } as const;
  expect(id({ ...point, measure: spelled as MeasurementSpec['measure'] })).toBe(id(point));
  const others = [
    measurement(plane),
    measurement({ ...plane, rows: 'fromEnd' }),
    measurement(plane, [b]),
    measurement(plane, [a, b]),
    { ...measurement(plane), seed: 2 },
    measurement({ ...coded, bugs: { stepOnWrongGradient: false } }, []),
    measurement(coded, []),
    measurement(surface),
    measurement({ ...surface, plane: 'trajectory' }),
  ].map(id);
  expect(new Set(others).size).toBe(others.length);
});

test('new kinds of initial values and observations are in the id, and only where they are used', () => {
  const id = (change: Partial<TrialSpec>): string => taskId({ ...fit, ...change }, engine);
  const ids = [
    id({}),
    id({ init: { kind: 'nudged', skip: 0, twin: 1 } }),
    id({ init: { kind: 'nudged', skip: 0, twin: 2 } }),
    id({ init: { kind: 'interpolated', from: [a, b], alpha: 0.5 } }),
    id({ init: { kind: 'interpolated', from: [b, a], alpha: 0.5 } }),
    id({ observe: { tensorGradNorm: 'epoch' } }),
    id({ observe: { snapshots: { every: 1, parameters: 'all' } } }),
  ];
  expect(new Set(ids).size).toBe(ids.length);
  expect(id({ init: { kind: 'pytorch', skip: 0 } })).toBe(ids[0]);
  expect(id({ observe: { snapshots: { every: 1, parameters: 'all', initial: false } } })).toBe(ids.at(-1));
});

test('a task needs the trials that it names, each once', () => {
  expect(needsOf(fit)).toEqual([]);
  expect(needsOf({ ...fit, init: { kind: 'interpolated', from: [a, a], alpha: 0 } })).toEqual([a]);
  expect(needsOf(measurement({ name: 'predictions' }, [a, b, a]))).toEqual([a, b]);
});

test('a task is read as what it is', () => {
  expect(parseTaskSpec(fit)).toEqual(fit);
  expect(parseTaskSpec(point)).toEqual(point);
});

test('what is wrong with a measurement is named, with what is allowed and what came', () => {
  const problem = (json: unknown): string => {
    try {
      parseMeasurementSpec(json);
    } catch (error) {
      return (error as Error).message;
    }
    return 'valid';
  };
  expect(problem({ ...point, of: [a] })).toBe('of: expected 0 ids of trials for criticalPoint, got 1');
  expect(problem(measurement({ name: 'predictions' }, [a]))).toBe(
    'of: expected 2 ids of trials for predictions, got 1',
  );
  expect(problem(measurement({ name: 'hessian' }, ['x']))).toBe('of[0]: expected an id of 64 hex digits, got "x"');
  expect(problem({ ...point, measure: { name: 'hesian' } })).toMatch(
    /^measure.name: expected .*got "hesian" \(did you mean hessian\?\)$/,
  );
  expect(problem({ ...point, measure: { name: 'gridError', points: 1 } })).toBe(
    'measure.points: expected a whole number from 2 to 1000000, got 1',
  );
});
