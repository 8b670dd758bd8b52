import { describe, expect, it } from 'vitest';
import type { Term } from '../claim.js';
import { presetSeconds } from '../estimate.js';
import { expectation } from '../expectation.js';
import { type Protocol, withBugs } from '../experiment.js';
import { armsOf } from '../term-parts.js';
import {
  all,
  band,
  bugs,
  count,
  evenly,
  factor,
  gamma,
  holds,
  images,
  imagesOf,
  last,
  logRatio,
  median,
  miniature,
  noneOf,
  percent,
  presets,
  quantity,
  rate,
  reportedBy,
  share,
  similar,
  standardOf,
  switchable,
  term,
  testAccuracy,
  trainingAndTest,
  trend,
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
  it('have the margin as the value of no effect, unless another is said', () => {
    expect(median(a, 'm').above(0.99)).toMatchObject({ direction: 'above', margin: 0.99, noEffect: 0.99 });
    expect(median(a, 'm').below(0.33, 1)).toMatchObject({ direction: 'below', margin: 0.33, noEffect: 1 });
    expect(rate(holds(a, { below: 1 }), 'r').above(0.5)).toEqual({
      kind: 'rate',
      label: 'r',
      x: { holds: a, below: 1 },
      direction: 'above',
      margin: 0.5,
      noEffect: 0.5,
    });
  });

  it('hold what is compared, and where it has to be', () => {
    expect(gamma(a, b, 'g', holds(a, { above: 0 })).below(-0.2, 0)).toMatchObject({
      kind: 'gamma',
      x: a,
      y: b,
      only: { holds: a, above: 0 },
      direction: 'below',
    });
    expect(band(images(a, 10_000), 'b', 'images').within(850, 1150)).toEqual({
      kind: 'band',
      label: 'b',
      x: { images: a, of: 10_000 },
      low: 850,
      high: 1150,
      scale: 'images',
    });
    expect(similar([a, b], 's', 1.5)).toMatchObject({
      kind: 'median',
      x: { difference: [{ log: { greatest: [a, b] } }, { log: { least: [a, b] } }] },
      margin: factor(1.5),
      scale: 'factor',
    });
  });

  it('name their arms once, in whatever term they stand', () => {
    const all_ = all(holds(a, { above: 0 }), holds({ difference: [a, b] }, { above: 0 }));
    expect(armsOf(rate(all_, 'r').above(0.5))).toEqual(['a', 'b']);
    expect(
      armsOf(gamma(logRatio(a, { number: 2 }), b, 'g', holds(term('c', last('loss')), { above: 0 })).above(0)),
    ).toEqual(['a', 'b', 'c']);
    expect(armsOf(median(trend([1], [term('x', last('loss'))]), 't').above(0))).toEqual(['x']);
  });

  it('say where an effect has to be, a logarithm as its factor and a share in points', () => {
    expect(expectation(median(a, 'm', 'factor').above(factor(1.5), 0))).toBe('above 1.5');
    expect(expectation(median(a, 'm', 'points').above(0.95))).toBe('above 95 points');
    expect(expectation(band(a, 'b', 'images').within(850, 1150))).toBe('from 850 images to 1150 images');
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
