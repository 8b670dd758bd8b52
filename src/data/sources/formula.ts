import { SpecError, UserError } from '../../base/errors.js';
import { byDefault, range, seed, text, whole } from '../../base/fields.js';
import { parseFormula } from '../formula/parse.js';
import { functionDataset } from '../functions.js';
import { dataRevision, defineSource } from './source.js';

/** The formula is read, and computed at each point, before anything else. */
const mostPoints = 100_000;
/** As far as sines are known. */
const mostDistance = 1_000_000;
/** Noise is of the size of what a network can fit. */
const mostNoise = 1000;

/** A user's own function of x, on an even grid, with noise or without. */
export const formulaSource = defineSource({
  kind: 'formula',
  fields: {
    formula: text('a function of x, such as sin(3 * x) / x', 'a formula'),
    points: byDefault(whole('points of linspace(from, to, points)', 2, mostPoints), 300),
    from: byDefault(range('the first point', -mostDistance, mostDistance), -1),
    to: byDefault(range('the last point, beyond the first', -mostDistance, mostDistance), 1),
    noise: byDefault(range('standard deviation of normal noise on the training targets', 0, mostNoise), 0),
    noiseSeed: byDefault(seed('seed of the noise'), 0),
    testPoints: byDefault(whole('points of the same range to test on, without noise', 0, mostPoints), 0),
  },
  withoutEffect: ({ noise }: { noise: number }) => (noise === 0 ? ['noiseSeed'] : []),
  sizes: ({ points, testPoints }) => ({ train: points, test: testPoints }),
  shape: () => ({ input: [1], inputs: 'floats', outputs: 1, targets: 'values' }),
  digest: () => ({ revision: dataRevision }),
  check: (data) => {
    samplesOf(data);
  },
  readsMnist: false,
  async load(data) {
    const { train, test } = samplesOf(data);
    const { noise, noiseSeed: seed } = data;
    // Loaded when it is needed: drawing takes a package, which a list of experiments does without.
    const noisy = noise === 0 ? train : (await import('../noise.js')).withNoise(train, { noise, seed });
    return { train: noisy, ...(test && { test }) };
  },
});

interface FormulaData {
  readonly formula: string;
  readonly points: number;
  readonly from: number;
  readonly to: number;
  readonly testPoints: number;
}

/** @throws SpecError if the formula is none, or has no finite value at a point */
function samplesOf({ formula: written, points, from, to, testPoints }: FormulaData) {
  const f = inSpec('data.formula', () => parseFormula(written));
  const grid = { from, to, name: 'f' };
  if (from >= to) throw new SpecError('data.to', `expected a number above ${from}, got ${to}`);
  if (testPoints === 1) throw new SpecError('data.testPoints', 'expected 0 or at least 2, got 1');
  return inSpec('data.formula', () => ({
    train: functionDataset(f, { ...grid, points }),
    test: testPoints > 0 ? functionDataset(f, { ...grid, points: testPoints }) : undefined,
  }));
}

function inSpec<T>(path: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof UserError) throw new SpecError(path, error.message);
    throw error;
  }
}
