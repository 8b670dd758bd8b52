import type { Dataset } from '../../base/dataset.js';
import { SpecError } from '../../base/errors.js';
import { byDefault, count, float32, list, nested, optional, type SpecOf, seed, whole } from '../../base/fields.js';
import { mostSamples } from './function.js';
import { idleLabelNoise, labelNoise, withLabelNoise } from './label-noise.js';
import { defineSource } from './source.js';

type Rows = readonly (readonly number[])[];

const rows = (about: string) =>
  list(about, list('one sample', float32('a number'), 'numbers'), 'rows of numbers', { most: mostSamples });

/** Labels are bytes. */
const mostClasses = 256;

const fields = {
  inputs: rows('a row of numbers a sample'),
  targets: optional(rows('what the network should make of each; this or labels')),
  labels: optional(
    list('the class of each sample, from 0', whole('a class', 0, mostClasses - 1), 'classes', { most: mostSamples }),
  ),
  classes: optional(whole('number of classes, if more than the labels show', 2, mostClasses)),
  test: optional(
    nested('samples that are not trained on, drawn without replacement from the stream `split`', {
      size: count('so many'),
      seed: byDefault(seed('seed of the draws'), 0),
    }),
  ),
  randomLabels: labelNoise,
};
type TableSpec = SpecOf<typeof fields>;

/** Samples written out: a user's own function or small table, with numbers or classes for targets. */
export const tableSource = defineSource({
  kind: 'table',
  fields,
  withoutEffect: ({ labels, classes, randomLabels }: TableSpec) => [
    ...(labels && classes === shownClasses(labels) ? ['classes'] : []),
    ...idleLabelNoise(randomLabels),
  ],
  sizes: ({ inputs, test }) => ({ train: inputs.length - (test?.size ?? 0), test: test?.size ?? 0 }),
  shape: (table) => ({
    input: [table.inputs[0]?.length ?? 0],
    inputs: 'floats',
    outputs: table.labels ? classesOf(table) : (table.targets?.[0]?.length ?? 0),
    targets: table.labels ? 'labels' : 'values',
  }),
  // Everything is in the spec.
  digest: () => ({}),
  check: checkTable,
  readsMnist: false,
  async load(table) {
    const { test, labels, randomLabels } = table;
    const all = datasetOf(table);
    // Loaded when it is needed: drawing takes a package, which a list of experiments does without.
    const parts = test && (await import('../split.js')).split(all, { seed: 0, ...test });
    const train = parts?.train ?? all;
    return {
      train: labels ? await withLabelNoise(train, randomLabels, classesOf(table)) : train,
      ...(parts && { test: parts.test }),
    };
  },
});

const datasetOf = ({ inputs, targets, labels }: TableSpec): Dataset => ({
  name: 'table',
  size: inputs.length,
  inputShape: [inputs[0]?.length ?? 0],
  inputs: Float32Array.from(inputs.flat()),
  targets: labels ? Uint8Array.from(labels) : Float32Array.from(targets?.flat() ?? []),
});

/** The number of classes that labels show, 2 at least. */
const shownClasses = (labels: readonly number[]): number =>
  labels.reduce((most, label) => Math.max(most, label + 1), 2);

const classesOf = ({ labels = [], classes }: TableSpec): number => classes ?? shownClasses(labels);

/** Numbers in a table, at most. */
const mostNumbers = 10_000_000;

function checkTable(table: TableSpec): void {
  const { inputs, targets, labels, test } = table;
  const named = targets ? 'targets' : 'labels';
  const of = targets ?? labels;
  if (!of || (targets && labels)) {
    throw new SpecError('data', `expected targets or labels, got ${of ? 'both' : 'neither'}`);
  }
  if (inputs.length !== of.length) {
    throw new SpecError(`data.${named}`, `expected a row for each of the ${inputs.length} inputs, got ${of.length}`);
  }
  const width = targets ? rowLength(targets, 'data.targets') : 1;
  const numbers = inputs.length * (rowLength(inputs, 'data.inputs') + width);
  if (numbers > mostNumbers) throw new SpecError('data', `expected at most ${mostNumbers} numbers, got ${numbers}`);
  checkClasses(table);
  if (test && test.size >= inputs.length) {
    throw new SpecError('data.test.size', `expected fewer than the ${inputs.length} samples, got ${test.size}`);
  }
}

function checkClasses({ labels, classes, randomLabels }: TableSpec): void {
  if (!labels) {
    const odd = classes !== undefined ? 'classes' : randomLabels !== undefined ? 'randomLabels' : undefined;
    if (odd) throw new SpecError(`data.${odd}`, `expected nothing beside targets that are no labels`);
  } else if (classes !== undefined && classes < shownClasses(labels)) {
    throw new SpecError('data.classes', `expected at least ${shownClasses(labels)}, as labels show, got ${classes}`);
  }
}

function rowLength(rows: Rows, path: string): number {
  const length = rows[0]?.length ?? 0;
  const odd = rows.findIndex((row) => row.length !== length);
  if (odd >= 0) {
    throw new SpecError(`${path}[${odd}]`, `expected ${length} numbers, as in the first row, got ${rows[odd]?.length}`);
  }
  return length;
}
