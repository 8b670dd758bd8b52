import { describe, expect, it } from 'vitest';
import { createSeries } from '../plots/series.js';
import { smoothed } from '../plots/smooth.js';
import { firstDifference, readClaimed } from './claimed.js';
import { withStroke } from './drawn-points.js';
import { branchSpec, editsOf, editWords, parameterName, placeOf, specAt } from './edits.js';
import { firstSpec, presetOf, presets } from './presets.js';
import { withData } from './specs.js';
import { tableOf, textOf, withPartsOf, withPoint } from './table.js';

const rate = (value: number) => ({ path: 'optimizer.learningRate', value });

describe('the spec of a branch', () => {
  const once = branchSpec(firstSpec, 100, rate(0.01));

  it('has the change in the next step, and is what it was before that', () => {
    expect(editsOf(once)).toEqual([{ atStep: 101, ...rate(0.01) }]);
    expect(specAt(once, 99).optimizer.learningRate).toBe(firstSpec.optimizer.learningRate);
    expect(specAt(once, 100).optimizer.learningRate).toBe(0.01);
  });

  it('replaces what was planned for the same step or later, and keeps what is past', () => {
    expect(editsOf(branchSpec(once, 100, rate(0.02)))).toEqual([{ atStep: 101, ...rate(0.02) }]);
    expect(editsOf(branchSpec(once, 50, rate(0.02)))).toEqual([{ atStep: 51, ...rate(0.02) }]);
    const twice = branchSpec(once, 200, { path: 'batchSize', value: 10 });
    expect(editsOf(twice).map(({ atStep }) => atStep)).toEqual([101, 201]);
    expect(branchSpec(once, 300)).toBe(once);
  });
});

describe('one parameter, moved by units in the last place', () => {
  const tensors = [
    { name: '0.weight', shape: [5, 2] },
    { name: '0.bias', shape: [5] },
    { name: '2.weight', shape: [3, 5] },
  ];

  it('is named by its place in a tensor, and found by its name', () => {
    expect(placeOf(tensors, '2.weight', [2, 1])).toBe(10 + 5 + 11);
    for (const place of [0, 9, 10, 14, 15, 29]) {
      const [, name, indices] = /^(.*)\[(.*)\]$/.exec(parameterName(tensors, place))!;
      expect(placeOf(tensors, name!, indices!.split(', ').map(Number))).toBe(place);
    }
  });

  it('is an edit that changes no field of the spec', () => {
    const spec = branchSpec(firstSpec, 0, { path: 'parameters[26]', value: -2 });
    expect(spec.edits).toEqual([{ atStep: 1, path: 'parameters[26]', value: -2 }]);
    expect(specAt(spec, 10)).toEqual(firstSpec);
    expect(editWords(spec.edits![0]!, tensors)).toBe('2.weight[2, 1] falls by 2 units in the last place');
    expect(editWords({ atStep: 5, ...rate(0.01) }, tensors)).toBe('learning rate becomes 0.01');
  });
});

it('fits the network, the loss and what is recorded to other data', () => {
  const spec = withData(firstSpec, { kind: 'plane', set: 'circles', classes: 3 });
  expect(spec.model).toEqual({ ...firstSpec.model, widths: [2, 5, 10, 10, 10, 10, 10, 5, 3] });
  expect([spec.loss, spec.observe?.accuracy, spec.observe?.test]).toEqual(['crossEntropy', 'epoch', 'epoch']);
  expect(withData(spec, firstSpec.data)).toEqual(firstSpec);
});

it('has presets with a name, a sentence and an id of their own', () => {
  expect(new Set(presets.map(({ id }) => id)).size).toBe(presets.length);
  expect(presets.every(({ title, look }) => title !== '' && look !== '')).toBe(true);
});

it('knows a preset by its spec, in whatever order its fields are', () => {
  const { seed, ...rest } = presets[3]!.spec;
  expect(presetOf({ seed, ...rest })?.id).toBe(presets[3]!.id);
  expect(presetOf({ ...rest, seed: seed + 1 })).toBeUndefined();
});

describe('a pasted table as samples', () => {
  it('has targets, or classes', () => {
    expect(tableOf('1,2,3\n4,5,6', false)).toEqual({
      kind: 'table',
      inputs: [
        [1, 2],
        [4, 5],
      ],
      targets: [[3], [6]],
    });
    expect(tableOf('1,2,0\n4,5,1', true)).toEqual({
      kind: 'table',
      inputs: [
        [1, 2],
        [4, 5],
      ],
      labels: [0, 1],
    });
  });

  it('says where a class is none', () => {
    expect(() => tableOf('x,y\n1,0\n2,1.5', true)).toThrow('line 3, column 2: expected a class from 0 to 9, got 1.5');
    expect(() => tableOf('1\n2', false)).toThrow('line 1, column 2: expected inputs and a target');
    expect(() => tableOf('# mine\nx,y\n\n1,0\n2,-1', true)).toThrow('line 5, column 2: expected a class');
  });

  it('keeps its test part and random labels as far as they fit, and is a text again', () => {
    const before = { ...tableOf('1,0\n2,1\n3,1', true), test: { size: 2, seed: 4 } };
    const noisy = { ...before, randomLabels: { fraction: 0.5, seed: 1 } };
    const shorter = withPartsOf(noisy, tableOf('1,0\n2,1', true));
    expect(shorter).toMatchObject({ test: { size: 1, seed: 4 }, randomLabels: { fraction: 0.5, seed: 1 } });
    expect(withPartsOf(noisy, tableOf('1,0\n2,1', false))).not.toHaveProperty('randomLabels');
    expect(tableOf(textOf(before), true).inputs).toEqual(before.inputs);
  });

  it('takes points that are placed by hand, and drops those that are clicked again', () => {
    const two = tableOf('0,0,0\n1,1,1', true);
    const three = withPoint(two, [0.5, 0.5], 2, 1);
    expect(three).toMatchObject({
      inputs: [
        [0, 0],
        [1, 1],
        [0.5, 0.5],
      ],
      labels: [0, 1, 2],
    });
    expect(withPoint(three, [0.51, 0.5], 2, 1)).toMatchObject({ inputs: two.inputs, labels: two.labels });
    expect(withPoint(three, [0.51, 0.5], 0, 1).labels).toEqual([0, 1, 0]);
    expect(withPoint(two, [0, 0], 0, 1)).toEqual(two);
  });
});

it('draws a stroke over points: what lies within its reach is replaced', () => {
  const points = [
    [-1, 0],
    [0, 0],
    [0.5, 0],
    [1, 0],
  ] as const;
  const drawn = withStroke(
    points,
    [
      [0.6, 2],
      [-0.1, 1],
    ],
    2,
  );
  expect(drawn).toEqual([
    [-1, 0],
    [-0.1, 1],
    [0.6, 2],
    [1, 0],
  ]);
  expect(withStroke(points, [[0.25, 3]], 2)).toHaveLength(5);
});

it('names the first number that differs from a pasted row', () => {
  const loss = createSeries();
  loss.push(1, 0.5);
  loss.push(2, 0.25);
  const lines = new Map([['loss', loss]]);
  const rows = '{"epoch":1,"step":1,"loss":0.5}\n{"epoch":2,"step":2,"loss":0.3}';
  const claimed = readClaimed({ spec: JSON.stringify({ spec: firstSpec, hash: 'A'.repeat(64) }), hash: '', rows });
  expect(claimed.hash).toBe('a'.repeat(64));
  expect(firstDifference(claimed.rows, lines)).toContain('step 2: loss is 0.25 here, 0.3 there');
  expect(firstDifference(claimed.rows.slice(0, 1), lines)).toBeUndefined();
});

it.each([
  [{ spec: '[1]' }, 'the trial: expected an object, got [1]'],
  [{ spec: '' }, 'the trial: expected JSON'],
  [{ spec: '{"spec": null}' }, 'spec: expected an object, got null'],
  [{ spec: '{}', rows: '{"step":1}\nnull' }, 'row 2: expected an object, got null'],
  [{ spec: '{}', hash: 'abc' }, 'the hash: expected 64 hex digits, got 3 characters'],
])('says what is wrong with what was pasted: %j', (pasted, words) => {
  expect(() => readClaimed({ hash: '', rows: '', ...pasted })).toThrow(words);
});

it('smooths without a bias at the start', () => {
  const level = createSeries();
  for (let step = 1; step <= 50; step++) level.push(step, 3);
  const { y } = smoothed(level, 0.9);
  for (let i = 0; i < 50; i++) expect(y[i]).toBeCloseTo(3, 12);
});
