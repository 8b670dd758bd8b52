import { describe, expect, it } from 'vitest';
import type { Term } from '../claim.js';
import { presetSeconds } from '../estimate.js';
import { type Protocol, withBugs } from '../experiment.js';
import {
  bugs,
  claim,
  correlation,
  count,
  difference,
  evenly,
  guessed,
  imagesOf,
  last,
  median,
  miniature,
  noneOf,
  percent,
  presets,
  quantity,
  rankOver,
  rate,
  rateDifference,
  ratio,
  reportedBy,
  seeds,
  share,
  similar,
  standardOf,
  switchable,
  term,
  testAccuracy,
  trainingAndTest,
} from './index.js';

const [a, b]: readonly [Term, Term] = [term('a', last('loss')), term('b', last('loss'))];

describe('words', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1000, '1,000'],
    [60_000, '60,000'],
    [1_590_010, '1,590,010'],
  ])('%s is written %s', (n, text) => expect(count(n)).toBe(text));

  it('show shares as percent without the noise of binary digits', () => {
    expect([0.07, 0.15, 0.001, 0.99].map(percent)).toEqual(['7', '15', '0.1', '99']);
  });

  it('name a size, and space numbers evenly', () => {
    expect(imagesOf({ trainSize: 3000, testSize: 500 })).toBe('3,000 training and 500 test images');
    expect(evenly(-2, 2, 41)[23]).toBe(0.3);
  });
});

describe('tests of claims', () => {
  it('have the value of no effect of their kind, unless another is said', () => {
    const noEffect = [
      ratio(a, b, 'r').above(2),
      difference(a, b, 'd').above(0.5),
      rate(a, 's').above(0.9),
      rateDifference(a, b, 's').above(0.5),
      correlation([{ x: a, y: b }], 'c').below(-0.5),
      rankOver([{ id: 'a', number: 1 }], last('loss'), 'c').above(0.5),
      median(a, 'm').above(0.99),
      median(a, 'm').below(0.33, 1),
    ].map((test) => 'noEffect' in test && test.noEffect);
    expect(noEffect).toEqual([1, 0, 0.5, 0, 0, 0, 0.99, 1]);
  });

  it('hold what is compared, and where it has to be', () => {
    expect(ratio(a, b, 'a / b').below(2)).toEqual({
      kind: 'ratio',
      label: 'a / b',
      of: a,
      to: b,
      direction: 'below',
      margin: 2,
      noEffect: 1,
    });
    expect(median(a, 'm').above(1)).toMatchObject({ kind: 'value', of: [a] });
    expect(similar(a, b, 's').within(1.5)).toMatchObject({ kind: 'similar', factor: 1.5 });
    expect(guessed(a, b, 'g').at(0.1)).toMatchObject({ kind: 'chance', of: a, trials: b, share: 0.1 });
  });
});

describe('the margin of a claim', () => {
  const parts = { id: 'c', statement: 's', metric: 'm', least: seeds(3) };
  const twice = [ratio(a, b, 'x').above(2), ratio(b, a, 'y').above(2)];

  it('is the bound of its tests, each different one once', () => {
    const tests = { 'as-coded': twice, 'as-intended': [...twice, similar(a, b, 's').within(1.5)] };
    expect(claim({ ...parts, tests }).margin).toBe('above 2; within a factor of 1.5');
  });

  it('is in the unit and among the words that the claim says', () => {
    const tests = { 'as-coded': [difference(a, b, 'd').above(0.001)] };
    expect(claim({ ...parts, tests, unit: 'points' }).margin).toBe('above 0.1 points');
    expect(claim({ ...parts, tests: { 'as-coded': twice }, margin: (bound) => `both ${bound}` }).margin).toBe(
      'both above 2',
    );
  });
});

describe('quantities', () => {
  it('were not reported unless they say so; shares are percent, and their labels end so', () => {
    const parts = { id: 'q', label: 'Share', reading: last('accuracy'), decimals: 1 };
    expect(quantity(parts)).toMatchObject({ label: 'Share', reported: {}, source: 'none' });
    expect(share(parts)).toMatchObject({ label: 'Share, %', percent: true });
    expect(testAccuracy({ arms: ['a'], ...reportedBy(['a'], [98.7], 'the text') })).toMatchObject({
      label: 'Test accuracy, %',
      arms: ['a'],
      reported: { a: { value: 98.7 } },
      source: 'the text',
    });
  });

  it('draw training dashed beside testing, on the axis that is asked for', () => {
    const [training, test] = trainingAndTest(['a'], 'loss', last('trainLoss'), 'right');
    expect(training).toMatchObject({ label: 'training loss', dashed: true, axis: 'right' });
    expect(test).toEqual({ label: 'test loss', arms: ['a'], axis: 'right', reading: last('testLoss') });
    expect(trainingAndTest(['a'], 'accuracy', last('trainAccuracy'))[1]?.reading).toEqual(last('testAccuracy'));
  });
});

describe('bugs', () => {
  const named = bugs({ loud: { about: 'it is on' }, quiet: { about: 'it is off', standard: false } });
  const protocol: Protocol = switchable(named, ({ loud, quiet }) => ({
    id: 'as-coded',
    note: `${loud} ${quiet}`,
    presets: {},
    figures: [],
    quantities: [],
  }));

  it('are on unless they say otherwise', () => {
    expect(standardOf(named)).toEqual({ loud: true, quiet: false });
    expect(noneOf(named)).toEqual({ loud: false, quiet: false });
    expect(protocol).toMatchObject({ note: 'true false', bugs: named });
  });

  it('are switched one by one, and back', () => {
    const switched = withBugs(protocol, { quiet: true });
    expect(switched.note).toBe('true true');
    expect(switched.withBugs?.({ loud: false }).note).toBe('false true');
    expect(withBugs(switched, { loud: false }).note).toBe('false false');
  });
});

it('presets have seeds from 1 on, their words, and what they cost', () => {
  const spec = {
    data: { kind: 'function', name: 'sinc' },
    model: { kind: 'mlp', widths: [1, 9, 1], activation: 'tanh' },
    loss: 'mse',
    optimizer: { kind: 'sgd', learningRate: 0.1 },
    batchSize: 'full',
    stop: { epochs: 1000 },
  } as const;
  const { smoke, study } = presets({ smoke: 1, study: 3 }, (name) => ({
    arms: [{ id: 'a', label: name, spec }],
    ...miniature(name),
  }));
  expect(smoke).toMatchObject({ seeds: [1], note: 'smoke', miniature: true, measurements: [] });
  expect(study).toMatchObject({ seeds: [1, 2, 3], note: 'study' });
  expect(presetSeconds(study!)).toBeCloseTo(3 * presetSeconds(smoke!), 6);
});
