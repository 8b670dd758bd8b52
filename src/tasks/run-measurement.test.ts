import { describe, expect, test } from 'vitest';
import { isLong } from '../../test/support/length.js';
import type { Mnist } from '../data/index.js';
import { loadData } from '../data/sources/index.js';
import { predict } from '../engine/index.js';
import { networkOf } from '../engine/model-spec.js';
import { exactHessian } from '../measures/curvature/exact-hessian.js';
import { referenceObjective } from '../measures/objective/reference-objective.js';
import type { FinishedTrial } from './finished-trial.js';
import type { MeasurementResult, MeasureSpec } from './measurement-spec.js';
import { runMeasurement } from './run-measurement.js';
import { runTrial } from './run-trial.js';
import type { TrialSpec } from './trial-spec.js';

const fit: TrialSpec = {
  data: { kind: 'function', name: 'sinc', points: 40 },
  model: { kind: 'mlp', widths: [1, 6, 1], activation: 'tanh' },
  loss: 'mse',
  optimizer: { kind: 'adam', learningRate: 0.01 },
  batchSize: 'full',
  stop: { epochs: 6 },
  seed: 1,
  observe: { snapshots: { every: 1, parameters: 'all' } },
};
const images: TrialSpec = {
  ...fit,
  data: { kind: 'mnist', trainSize: 40, testSize: 20 },
  model: { kind: 'mlp', widths: [784, 8, 10], activation: 'relu' },
  loss: 'crossEntropy',
  batchSize: 10,
};

/** Each image shows its label as a line, some pixels noisy. */
function fakeMnist(): Mnist {
  const set = (size: number, name: string) => {
    const inputs = Uint8Array.from({ length: size * 784 }, (_, i) => (i * 7919) % 61);
    const targets = Uint8Array.from({ length: size }, (_, i) => i % 10);
    targets.forEach((label, i) => {
      inputs.fill(255, i * 784 + label * 28, i * 784 + label * 28 + 28);
    });
    return { name, size, inputShape: [1, 28, 28], inputs, targets };
  };
  return { train: set(40, 'train'), test: set(20, 'test') };
}
const loadMnist = async () => fakeMnist();

async function finished(spec: TrialSpec, seed: number): Promise<FinishedTrial> {
  const { parameters, snapshots } = await runTrial({ ...spec, seed }, { loadMnist });
  const id = `${seed}`.repeat(64);
  if (!snapshots) return { id, spec, parameters };
  const { values, width, ...table } = snapshots;
  const read = (row: number, start: number, target: Float32Array): void =>
    target.set(values.subarray(row * width + start, row * width + start + target.length));
  return { id, spec, parameters, snapshots: { ...table, width, read } };
}

async function measure(
  spec: MeasureSpec,
  trials: readonly FinishedTrial[] = [],
  seed = 1,
): Promise<MeasurementResult & { readonly hash: string }> {
  const { result, hash } = await runMeasurement(
    { kind: 'measurement', measure: spec, of: trials.map(({ id }) => id), seed },
    { loadMnist, loadTrial: async (id) => trials.find((trial) => trial.id === id)! },
  );
  return { ...result, hash };
}
const fits = async () => [await finished(fit, 1), await finished(fit, 2)];
const classifiers = async () => [await finished(images, 1), await finished(images, 2)];

test('interpolation: the ends are the trials, the barrier is the largest rise above the line of the ends', async () => {
  const trials = await classifiers();
  const { columns, values } = await measure({ name: 'interpolation', alphas: [-1, 0.5, 2] }, trials);
  expect(columns['alpha']).toEqual([-1, 0, 0.5, 1, 2]);
  const [, first, middle, last] = columns['testLoss'] as number[];
  expect(values['barrierTest']).toBe(Math.max(0, middle! - (first! + last!) / 2));
  expect(columns['trainAccuracy']!.every((share) => share! >= 0 && share! <= 1)).toBe(true);
  const same = await measure({ name: 'interpolation', alphas: [0.5] }, [trials[0]!, trials[0]!]);
  expect(same.values).toEqual({ barrierTrain: 0, barrierTest: 0 });
  expect(same.columns['testLoss']![0]).toBe(first);
});

test('interpolation of two networks is an error that names both trials', async () => {
  const [a] = await fits();
  const other = await finished({ ...fit, model: { kind: 'mlp', widths: [1, 7, 1], activation: 'tanh' } }, 2);
  await expect(measure({ name: 'interpolation', alphas: [0] }, [a!, other])).rejects.toThrow(
    'of: expected trials of one network, got two of different layers, 111111111111 and 222222222222',
  );
});

describe('trajectory', () => {
  test('has a row a snapshot; distances in the full space split into the plane and the residual to 1e-9', async () => {
    const { columns, values } = await measure({ name: 'trajectory', components: 2 }, await fits());
    expect(columns['run']).toEqual([...Array(6).fill(0), ...Array(6).fill(1)]);
    expect(columns['epoch']!.slice(0, 7)).toEqual([1, 2, 3, 4, 5, 6, 1]);
    columns['distance']!.forEach((distance, i) => {
      const parts = ['pc1', 'pc2', 'residual'].map((name) => columns[name]![i]! ** 2);
      expect(Math.abs(Math.sqrt(parts.reduce((a, b) => a + b)) / distance! - 1)).toBeLessThan(1e-9);
    });
    expect(values['explained1']! + values['explained2']! + values['residualShare']! ** 2).toBeCloseTo(1, 9);
  });

  test('ends and lengths are those of the parameters, to 1e-6', async () => {
    const trials = await fits();
    const { values } = await measure({ name: 'trajectory', components: 1 }, trials);
    const row = (trial: FinishedTrial, at: number): Float32Array => {
      const target = new Float32Array(trial.parameters.length);
      trial.snapshots!.read(at, 0, target);
      return target;
    };
    const distance = (a: Float32Array, b: Float32Array): number =>
      Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0));
    const length = (trial: FinishedTrial): number =>
      [1, 2, 3, 4, 5].reduce((sum, at) => sum + distance(row(trial, at - 1), row(trial, at)), 0);
    const [a, b] = trials as [FinishedTrial, FinishedTrial];
    const apart = distance(a.parameters, b.parameters);
    expect(Math.abs(values['endDistance']! / apart - 1)).toBeLessThan(1e-6);
    expect(Math.abs(values['endDistanceOverLength']! / ((2 * apart) / (length(a) + length(b))) - 1)).toBeLessThan(1e-6);
  });

  test('of chosen tensors, first columns and epochs sees nothing else', async () => {
    const trials = await fits();
    const choice = { tensors: ['2.weight'], firstColumns: 1, epochs: [2, 4] } as const;
    const { columns, values } = await measure({ name: 'trajectory', components: 1, ...choice }, [trials[0]!]);
    expect(columns['epoch']).toEqual([2, 3, 4]);
    // One column lies on a line.
    expect(values['explained1']).toBeCloseTo(1, 12);
    const seen = new Float32Array(1);
    const weights = [1, 2, 3].map((at) => {
      // 1-6-1: weight 0-6, bias 6-12, weight 12-18.
      trials[0]!.snapshots!.read(at, 12, seen);
      return seen[0]!;
    });
    const mean = (weights[0]! + weights[1]! + weights[2]!) / 3;
    columns['pc1']!.forEach((score, i) => {
      expect(Math.abs(Math.abs(score!) - Math.abs(weights[i]! - mean))).toBeLessThan(1e-9);
    });
  });

  test('lies on a picture of its own once it is turned and mirrored, and beside one that is larger', async () => {
    const { columns } = await measure({ name: 'trajectory', components: 2 }, await fits());
    const [xs, ys] = [columns['pc1'] as number[], columns['pc2'] as number[]];
    const picture = [1, 4, 8].map((at) => [Math.floor(at / 6), (at % 6) + 1, -ys[at]!, xs[at]!] as const);
    const met = await measure({ name: 'trajectory', components: 2, picture }, await fits());
    expect(met.columns['point']).toEqual([1, 2, 3]);
    picture.forEach(([, , x, y], i) => {
      expect(met.columns['pointX']![i]).toBeCloseTo(x, 9);
      expect(met.columns['pointY']![i]).toBeCloseTo(y, 9);
    });
    expect(met.values['pointMisfit']).toBeLessThan(1e-9);
    const larger = picture.map(([run, epoch, x, y]) => [run, epoch, 2 * x, 2 * y] as const);
    const beside = await measure({ name: 'trajectory', components: 2, picture: larger }, await fits());
    expect(beside.values['pointMisfit']).toBeCloseTo(0.5, 9);
    await expect(measure({ name: 'trajectory', components: 2, picture: [[0, 7, 1, 1]] }, await fits())).rejects.toThrow(
      'expected a snapshot of run 0, epoch 7, got none',
    );
  });

  test('relative to its end compares with random walks that are, too', async () => {
    const [trial] = await fits();
    const { columns, values } = await measure({ name: 'trajectory', components: 2, rows: 'fromEnd' }, [trial!]);
    expect(columns['distance']!.at(-1)).toBe(0);
    const centred = await measure({ name: 'trajectory', components: 2 }, [trial!]);
    expect(values['randomWalkExplained1']).toBeGreaterThan(centred.values['randomWalkExplained1']!);
  });

  test('of single snapshots has no length to compare with, and no second component', async () => {
    const { values, columns } = await measure({ name: 'trajectory', components: 2, epochs: [6, 6] }, await fits());
    expect(values).toMatchObject({ pathLength: 0, explained2: 0 });
    expect(values).not.toHaveProperty('endDistanceOverLength');
    expect(columns['pc2']).toEqual([0, 0]);
  });

  test('without snapshots, or with a tensor that was not kept, says what to do', async () => {
    const { snapshots: _, ...bare } = await finished(fit, 1);
    await expect(measure({ name: 'trajectory', components: 1 }, [bare])).rejects.toThrow(
      'train it with observe.snapshots',
    );
    await expect(
      measure({ name: 'trajectory', components: 1, tensors: ['1.weight'] }, [await finished(fit, 1)]),
    ).rejects.toThrow('tensors: expected some of 0.weight, 0.bias, 2.weight, 2.bias, got 1.weight');
  });
});

test('weightPath: one weight at each snapshot; a place that is not there is an error', async () => {
  const [trial] = await fits();
  const { columns } = await measure({ name: 'weightPath', tensor: '2.weight', place: 3 }, [trial!]);
  expect(columns['epoch']).toEqual([1, 2, 3, 4, 5, 6]);
  // 1-6-1: weight 0-6, bias 6-12, weight 12-18.
  expect(columns['weight']!.at(-1)).toBe(trial!.parameters[15]);
  await expect(measure({ name: 'weightPath', tensor: '2.weight', place: 6 }, [trial!])).rejects.toThrow(
    'weightPath: expected a place below 6 in 2.weight, got 6',
  );
});

test('hessian: eigenvalues of the exact matrix at the trial, signs that add up, the trace to 1e-12', async () => {
  const [trial] = await fits();
  const { columns, values } = await measure({ name: 'hessian' }, [trial!]);
  const { train } = await loadData(fit.data, loadMnist);
  const { matrix, n } = exactHessian(
    referenceObjective(networkOf(fit.model), train, 'mse'),
    Float64Array.from(trial!.parameters),
  );
  const trace = Array.from({ length: n }, (_, i) => matrix[i * n + i]!).reduce((a, b) => a + b);
  expect(columns['eigenvalue']).toHaveLength(19);
  expect(Math.abs(values['trace']! / trace - 1)).toBeLessThan(1e-12);
  expect(values['nPositive']! + values['nZero']! + values['nNegative']!).toBe(19);
});

test('curvature in float32 agrees with the exact eigenvalues to 1e-3, its trace within 4 standard errors', async () => {
  const [trial] = await fits();
  const exact = await measure({ name: 'hessian' }, [trial!]);
  const { values } = await measure({ name: 'curvature', samples: 40, products: 200 }, [trial!]);
  const largest = exact.values['lambdaMax']!;
  expect(Math.abs(values['lambdaMax']! / largest - 1)).toBeLessThan(1e-3);
  expect(Math.abs(values['lambdaMin']! - exact.values['lambdaMin']!)).toBeLessThan(1e-3 * largest);
  expect(Math.abs(values['trace']! - exact.values['trace']!)).toBeLessThan(4 * values['traceError']!);
});

test('spectrum: a density that integrates to 1 within 1 %', async () => {
  const [trial] = await fits();
  const { columns } = await measure({ name: 'spectrum', samples: 40, probes: 2, steps: 10 }, [trial!]);
  const [lambda, density] = [columns['lambda'] as number[], columns['density'] as number[]];
  const total = density.reduce((sum, height) => sum + height, 0) * (lambda[1]! - lambda[0]!);
  expect(Math.abs(total - 1)).toBeLessThan(0.01);
});

test('surface: the middle is the trained network, bit for bit', async () => {
  const [trial] = await classifiers();
  const plane = await measure({ name: 'surface', span: 0.5, points: 3, samples: 40 }, [trial!]);
  const line = await measure({ name: 'interpolation', alphas: [0] }, [trial!, trial!]);
  expect([plane.columns['a']![4], plane.columns['b']![4]]).toEqual([0, 0]);
  expect(plane.columns['trainLoss']![4]).toBe(line.columns['trainLoss']![0]);
  expect(new Set(plane.columns['testLoss']).size).toBe(9);
});

describe('surface in the plane of a trajectory', () => {
  const plane = { name: 'surface', plane: 'trajectory', span: 1, points: 5, samples: 40 } as const;
  const few = (every: number, epochs = 6): TrialSpec => ({
    ...fit,
    stop: { epochs },
    observe: { snapshots: { every, parameters: 'all' } },
  });

  test('three snapshots span it: each loss is that of their weighted mean to 1e-4', async () => {
    const trial = await finished(few(2), 1);
    const { columns } = await measure(plane, [trial]);
    const { train } = await loadData(fit.data, loadMnist);
    const rows = [0, 1, 2].map((row) => {
      const target = new Float32Array(trial.parameters.length);
      trial.snapshots!.read(row, 0, target);
      return target;
    });
    const [x, y] = ['pathA', 'pathB'].map((name) => columns[name]!.slice(0, 3)) as [number[], number[]];
    const [xa, xb, xc] = x as [number, number, number];
    const [ya, yb, yc] = y as [number, number, number];
    const area = (xb - xa) * (yc - ya) - (xc - xa) * (yb - ya);
    for (let i = 0; i < 25; i++) {
      const [a, b] = [columns['a']![i]!, columns['b']![i]!];
      const second = ((a - xa) * (yc - ya) - (xc - xa) * (b - ya)) / area;
      const third = ((xb - xa) * (b - ya) - (a - xa) * (yb - ya)) / area;
      const weights = [1 - second - third, second, third];
      const mixed = rows[0]!.map((_, k) => weights.reduce((sum, weight, t) => sum + weight * rows[t]![k]!, 0));
      const predicted = await predict(networkOf(fit.model), mixed, train);
      const loss = predicted.reduce((sum, value, k) => sum + (value - train.targets[k]!) ** 2 / predicted.length, 0);
      expect(Math.abs(columns['trainLoss']![i]! / loss - 1)).toBeLessThan(1e-4);
    }
  });

  test('path and explained variance are those of trajectory; the path ends within 1 / 1.1 of the edge', async () => {
    const trials = [await finished(fit, 1)];
    const { columns, values } = await measure(plane, trials);
    const path = await measure({ name: 'trajectory', components: 2 }, trials);
    const { explained1, explained2 } = path.values;
    expect(values).toEqual({ explained1, explained2 });
    for (const [own, other] of [
      ['pathA', 'pc1'],
      ['pathB', 'pc2'],
      ['pathEpoch', 'epoch'],
    ] as const) {
      expect(columns[own]).toEqual([...path.columns[other]!, ...Array(19).fill(null)]);
    }
    for (const [steps, scores] of [
      ['a', 'pc1'],
      ['b', 'pc2'],
    ] as const) {
      const [edge, reach] = [columns[steps]!, path.columns[scores]!].map((column) =>
        Math.max(...column.map((value) => Math.abs(value!))),
      );
      expect(edge! / reach!).toBeCloseTo(1.1, 12);
    }
    expect([columns['a']![12], columns['b']![12]]).toEqual([0, 0]);
  });

  test('of images it has losses of both sets; with more snapshots than points, the losses end in null', async () => {
    const { columns } = await measure({ ...plane, points: 2 }, [await finished(images, 1)]);
    expect(Object.values(columns).map((column) => column.length)).toEqual(Array(7).fill(6));
    for (const name of ['trainLoss', 'testLoss']) {
      expect(columns[name]!.map((loss) => loss !== null)).toEqual([true, true, true, true, false, false]);
    }
  });

  test('without snapshots, of some parameters alone, or fewer than 3: the error says what to observe', async () => {
    const { snapshots: _, ...bare } = await finished(fit, 1);
    const weights = await finished({ ...fit, observe: { snapshots: { every: 1, parameters: 'weights' } } }, 1);
    for (const [trial, got] of [
      [bare, 'none'],
      [weights, 'those of 0.weight, 2.weight'],
      [await finished(few(3), 1), '2'],
    ] as const) {
      await expect(measure(plane, [trial])).rejects.toThrow(
        `surface: expected a trial with at least 3 snapshots of all parameters, got 111111111111 with ${got}; ` +
          `train it with observe.snapshots {"every": EPOCHS, "parameters": "all"}`,
      );
    }
  });
});

test('sharpness and sensitivity are positive, from the seed alone, and told for both sets', async () => {
  const [trial] = await classifiers();
  const sharp = await measure({ name: 'sharpness', epsilon: 1e-3, samples: 20 }, [trial!]);
  expect(sharp.values['sharpness']).toBeGreaterThan(0);
  expect((await measure({ name: 'sharpness', epsilon: 1e-3, samples: 20 }, [trial!])).hash).toBe(sharp.hash);
  const { values } = await measure({ name: 'sensitivity', samples: 20 }, [trial!]);
  for (const name of ['logitsTrain', 'logitsTest', 'probabilitiesTrain', 'probabilitiesTest']) {
    expect(values[name]).toBeGreaterThan(0);
  }
});

test('gridError: the mean square of what the network is off, the neighbourhood of jumps left out', async () => {
  const jumpy = await finished({ ...fit, data: { kind: 'function', name: 'signSin' } }, 1);
  const all = await measure({ name: 'gridError', points: 101 }, [jumpy]);
  const grid = Float32Array.from({ length: 101 }, (_, i) => Math.fround(-1 + i / 50));
  const sampled = { name: 'grid', size: 101, inputShape: [1], inputs: grid, targets: new Float32Array(101) };
  const predicted = await predict(networkOf(fit.model), jumpy.parameters, sampled);
  const truth = (x: number): number => {
    const sine = Math.sin(5 * Math.PI * x);
    return Math.abs(sine) < 1e-6 ? 0 : Math.sign(sine);
  };
  const away = Array.from(grid, (x, i) => ({ x, error: predicted[i]! - truth(x) })).filter(
    ({ x }) => Math.abs(x * 5 - Math.round(x * 5)) / 5 > 0.011,
  );
  const { values } = await measure({ name: 'gridError', points: 101, excludeAroundJumps: 0.011 }, [jumpy]);
  // Of points 0.02 apart only the one on each of the 11 jumps is that near.
  expect([all.values['points'], values['points']]).toEqual([101, 90]);
  const mse = away.reduce((sum, { error }) => sum + error * error, 0) / away.length;
  expect(Math.abs(values['mse']! / mse - 1)).toBeLessThan(1e-5);
});

test('hits: the lead that predictions has, seed by seed, and the images behind it; of one network none', async () => {
  const [a, b] = await classifiers();
  const { values: pair } = await measure({ name: 'predictions' }, [a!, b!]);
  const { values, columns } = await measure({ name: 'hits', networks: 2, draws: 50 }, [a!, b!]);
  expect(values).toMatchObject({ lead: pair['onlyFirstRight']! - pair['onlySecondRight']!, images: 20, seeds: 1 });
  const right = (name: string): number => columns[name]!.reduce<number>((sum, hit) => sum + hit!, 0);
  expect(right('hits1')).toBe(pair['bothRight']! + pair['onlyFirstRight']!);
  expect(values['low']!).toBeLessThanOrEqual(values['high']!);
  const seeds = await measure({ name: 'hits', networks: 2, draws: 50 }, [a!, b!, a!, b!]);
  expect(seeds.values).toMatchObject({ lead: 0, low: 0, high: 0, seeds: 2 });
  await expect(measure({ name: 'hits', networks: 2, draws: 50 }, [a!, b!, a!])).rejects.toThrow(
    'hits: expected as many trials of each of 2 networks, got 3 in all',
  );
});

test('predictions: four counts that add up to the test set; of one network no disagreement', async () => {
  const [a, b] = await classifiers();
  const { values } = await measure({ name: 'predictions' }, [a!, b!]);
  expect(Object.values(values).reduce<number>((sum, count) => sum + count!, 0)).toBe(20);
  const same = await measure({ name: 'predictions' }, [a!, a!]);
  expect([same.values['onlyFirstRight'], same.values['onlySecondRight']]).toEqual([0, 0]);
  expect(same.values['bothRight']).toBe(values['bothRight']! + values['onlyFirstRight']!);
});

test('criticalPoint: a gradient below the bound, from the seed alone; another seed finds another point', async () => {
  const spec: MeasureSpec = {
    name: 'criticalPoint',
    model: { kind: 'mlp', widths: [1, 3, 1], activation: 'tanh' },
    data: { kind: 'function', name: 'sinc', points: 30 },
    warmUpEpochs: 20,
    gradNorm: 1e-8,
    maxSteps: 100,
  };
  const { values, hash } = await measure(spec);
  expect(values['kind']).toBe(1);
  expect(values['gradNorm']).toBeLessThan(1e-8);
  expect(values['nPositive']! + values['nZero']! + values['nNegative']!).toBe(10);
  expect((await measure(spec)).hash).toBe(hash);
  expect((await measure(spec, [], 2)).values['loss']).not.toBe(values['loss']);
});

describe('minimalRatioAsCoded', () => {
  const coded = { name: 'minimalRatioAsCoded', hidden: 20, epochs: 30 } as const;
  const distanceToWhole = (x: number): number => Math.abs(x - Math.round(x));

  test('as coded the loss rises, as no step follows it; with the step mended it falls', async () => {
    const { columns, values } = await measure(coded);
    expect(columns['epoch']).toHaveLength(30);
    expect(values['finalLoss']).toBeGreaterThan(values['firstLoss']!);
    // The mean of two shares of 20: every ratio is a multiple of 1/40.
    for (const ratio of columns['ratio']!) expect(distanceToWhole(ratio! * 40)).toBeLessThan(1e-9);
    const mended = await measure({ ...coded, bugs: { stepOnWrongGradient: false } });
    expect(mended.values['finalLoss']).toBeLessThan(mended.values['firstLoss']!);
  });

  test('each bug changes what it is about, and nothing else', async () => {
    const { columns } = await measure(coded);
    const norm = await measure({ ...coded, bugs: { meanOfWeightNorms: false } });
    expect(norm.columns['gradNorm']).not.toEqual(columns['gradNorm']);
    expect({ ...norm.columns, gradNorm: columns['gradNorm'] }).toEqual(columns);
    const whole = await measure({ ...coded, bugs: { gaussNewtonByLayer: false } });
    expect(whole.columns['ratio']).not.toEqual(columns['ratio']);
    expect({ ...whole.columns, ratio: columns['ratio'] }).toEqual(columns);
    // 3 * 20 + 1 eigenvalues.
    for (const ratio of whole.columns['ratio']!) expect(distanceToWhole(ratio! * 61)).toBeLessThan(1e-9);
    const fresh = await measure({ ...coded, bugs: { accumulateOverEpochs: false } });
    expect(fresh.columns['ratio']![0]).toBe(columns['ratio']![0]);
    expect(fresh.columns['loss']).toEqual(columns['loss']);
  });

  test.runIf(isLong)(
    '128 units: loss 0.1 to 2.3-3, ratios 0.6-0.8, norm 6-9 (notebook: 0.18 to 2.55, 0.65-0.74, 6.8)',
    async () => {
      const { values, columns } = await measure({ ...coded, hidden: 128, epochs: 100 }, [], 5);
      expect(values['firstLoss']).toBeCloseTo(0.1, 1);
      expect(Math.abs(values['finalLoss']! - 2.65)).toBeLessThan(0.35);
      expect(Math.abs(values['finalGradNorm']! - 7.5)).toBeLessThan(1.5);
      for (const ratio of columns['ratio']!) expect(Math.abs(ratio! - 0.7)).toBeLessThan(0.1);
    },
  );
});

test('a run that diverged cannot be measured: the error says so', async () => {
  const [trial] = await fits();
  const diverged = { ...trial!, parameters: trial!.parameters.map(() => Number.NaN) };
  await expect(measure({ name: 'hessian' }, [diverged])).rejects.toThrow('got a run that diverged');
});

test('a measurement that is asked to stop ends', async () => {
  const [trial] = await fits();
  const shares: number[] = [];
  const run = runMeasurement(
    { kind: 'measurement', measure: { name: 'hessian' }, of: [trial!.id], seed: 1 },
    {
      loadMnist,
      loadTrial: async () => trial!,
      onProgress: (share) => shares.push(share),
      shouldStop: () => shares.length === 3,
    },
  );
  await expect(run).rejects.toThrow('stopped');
  expect(shares).toEqual([1 / 19, 2 / 19, 3 / 19]);
});
