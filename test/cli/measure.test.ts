import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStore } from '../../src/platform/node/store/store.js';
import { descent } from '../support/descent.js';
import { descentHere } from '../support/descent-here.js';
import { smokeStore } from '../support/smoke-run.js';
import { tinySpec } from '../support/store.js';

/** A store with the trials of a smoke run, and the ids of the three of seed 1. */
function filledStore() {
  const store = smokeStore();
  const [run] = openStore(store).listRuns();
  return { store, ids: run!.trials.filter(({ seed }) => seed === 1).map(({ id }) => id) };
}
const measure = async (...args: readonly string[]) => measureBy(descentHere, ...args);
const measureBy = async (run: typeof descentHere, ...args: readonly string[]) => {
  const { code, stdout, stderr } = await run(['measure', ...args, '--json']);
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout);
};

test('a trial is measured by the beginning of its id; the result is kept and not measured again', async () => {
  const { store, ids } = filledStore();
  const hessian = await measureBy(descent, ids[2]!.slice(0, 10), 'hessian', '--store', store);
  expect(hessian).toMatchObject({ of: [ids[2]], measure: { name: 'hessian' } });
  expect(hessian.columns.eigenvalue).toHaveLength(571);
  expect(openStore(store).listMeasurements()).toContain(hessian.id);
  expect(await measure(ids[2]!, 'hessian', '--store', store)).toEqual(hessian);
});

test('weights in a file give what their trial gives', async () => {
  const { store, ids } = filledStore();
  const folder = join(store, 'trials', ids[1]!);
  const [weights, spec] = [join(folder, 'weights.safetensors'), join(folder, 'spec.json')];
  const args = ['gridError', '--points', '100', '--store', store];
  const ofFile = await measure(weights, '--model', spec, ...args);
  expect(ofFile.values).toEqual((await measure(ids[1]!, ...args)).values);
});

test('two trials are told apart from the word that says what to measure, in any order', async () => {
  const { store, ids } = filledStore();
  const args = ['--alphas', '0,0.5,1', '--store', store];
  const same = await measure(ids[0]!, 'interpolate', ids[0]!, ...args);
  expect(same.columns.alpha).toEqual([0, 0.5, 1]);
  expect(new Set(same.columns.trainLoss).size).toBe(1);
});

test('--figure draws a measurement as SVG, PNG or Vega-Lite, from the store the second time; --json stays alone on stdout', async () => {
  const { store, ids } = filledStore();
  const draw = async (file: string): Promise<Buffer> => {
    const path = join(store, file);
    const hessian = await measure(ids[0]!, 'hessian', '--figure', path, '--store', store);
    expect(hessian.columns.eigenvalue).toHaveLength(571);
    return readFileSync(path);
  };
  const svg = String(await draw('figure.svg'));
  expect(svg).toContain(`>All eigenvalues of the Hessian, trial ${ids[0]!.slice(0, 8)}</text>`);
  expect(svg).toMatch(/571 eigenvalues: \d+ positive, \d+ zero within [-\d.e]+, \d+ negative/);
  expect((await draw('figure.PNG')).subarray(1, 4).toString()).toBe('PNG');
  expect(JSON.parse(String(await draw('figure.json'))).$schema).toContain('vega-lite');
});

test('mistakes are one line that says what to do', async () => {
  const { store, ids } = filledStore();
  const complaint = async (...args: readonly string[]): Promise<string> => {
    const { code, stderr } = await descentHere(['measure', ...args, '--store', store]);
    expect({ code, lines: stderr.trim().split('\n').length }).toEqual({ code: 2, lines: 1 });
    return stderr.trim();
  };
  expect(await complaint(ids[0]!, 'hesian')).toContain('(did you mean hessian?)');
  expect(await complaint('ffff', 'hessian')).toContain('whose id begins with "ffff"');
  expect(await complaint('', 'hessian')).toContain('got 6: ');
  expect(await complaint(ids[0]!, ids[1]!, 'interpolate')).toContain('expected trials of one network');
  expect(await complaint(ids[0]!, 'trajectory')).toContain('train it with observe.snapshots');
  expect(await complaint(ids[0]!, 'surface', '--plane', 'trajectory')).toContain('train it with observe.snapshots');
  expect(await complaint(ids[0]!, 'surface', '--plane', 'trajectroy')).toBe(
    'descent: --plane: expected random or trajectory, got "trajectroy" (did you mean trajectory?)',
  );
  expect(await complaint(ids[0]!, 'sharpness', '--epsilon', 'small')).toBe(
    'descent: --epsilon: expected a number, got "small"',
  );
  expect(await complaint(ids[0]!, 'hessian', '--epsilon', '1')).toBe(
    'descent: --epsilon: expected an option of hessian (--tolerance), got one of other measures',
  );
  expect(await complaint(ids[0]!, 'hessian', '--model', 'a.json')).toContain('a trial in the store knows its model');
  expect(await complaint(ids[0]!, 'hessian', '--figure', join(store, 'a.pdf'))).toContain(
    '--figure: expected a file that ends in .svg, .png or .json, got "',
  );
  expect(await complaint(ids[0]!, 'sharpness', '--figure', join(store, 'a.svg'))).toContain(
    'got sharpness, which is numbers alone; leave --figure out',
  );
  expect(await complaint(ids[0]!, 'hessian', '--figure', join(store, 'none', 'a.svg'))).toContain(
    'make the folder first',
  );
  // All three were said before anything was measured.
  expect(openStore(store).listMeasurements()).toHaveLength(6);
  expect(existsSync(join(store, 'a.svg'))).toBe(false);
  const weights = join(store, 'trials', ids[0]!, 'weights.safetensors');
  expect(await complaint(weights, 'hessian')).toContain('expected --model');
  const other = join(store, 'other.json');
  writeFileSync(other, JSON.stringify({ ...tinySpec, model: { ...tinySpec.model, widths: [1, 1] } }));
  expect(await complaint(weights, 'hessian', '--model', other)).toContain('expected tensors of the network');
});
