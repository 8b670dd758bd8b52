import { expect, it } from 'vitest';
import { branchSpec } from './edits.js';
import { changesOf } from './lab-changes.js';
import { newLabState } from './lab-state.js';
import { firstSpec } from './presets.js';
import type { RunView } from './run-view.js';

/** A lab without a worker, which takes what it is asked for as done. */
function labOf() {
  const state = newLabState();
  return { state, changes: changesOf(state, () => {}) };
}

it('keeps eight runs, be they branches of one or each a branch of the one before', () => {
  const { state, changes } = labOf();
  const first = changes.open(firstSpec);
  let last: RunView = first;
  for (let step = 1; step <= 12; step++) {
    const spec = branchSpec(last.spec, step, { path: 'optimizer.learningRate', value: 0.001 * step });
    last = changes.branch(last, step, spec);
    expect(state.runs.value.length).toBeLessThanOrEqual(8);
    expect(state.active.value).toBe(last);
    expect(state.compared.value?.key).toBe(last.parent?.key);
  }
  expect(state.runs.value).not.toContain(first);
  const labels = state.runs.value.map(({ label }) => label);
  expect(new Set(labels).size).toBe(8);
});

it('makes room by a run from which no other branches, where there is one', () => {
  const { state, changes } = labOf();
  const first = changes.open(firstSpec);
  const branches = Array.from({ length: 9 }, (_, i) => changes.branch(first, i + 1, firstSpec));
  expect(state.runs.value).toEqual([first, ...branches.slice(2)]);
});
