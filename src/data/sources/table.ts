import { SpecError } from '../../base/errors.js';
import { float32, list } from '../../base/fields.js';
import { mostSamples } from './function.js';
import { defineSource } from './source.js';

type Rows = readonly (readonly number[])[];

const rows = (about: string) =>
  list(about, list('one sample', float32('a number'), 'numbers'), 'rows of numbers', { most: mostSamples });

/** Samples written out: a user's own function or small table. */
export const tableSource = defineSource({
  kind: 'table',
  fields: { inputs: rows('a row of numbers a sample'), targets: rows('what the network should make of each') },
  sizes: ({ inputs }) => ({ train: inputs.length, test: 0 }),
  shape: ({ inputs, targets }) => ({
    input: [inputs[0]?.length ?? 0],
    inputs: 'floats',
    outputs: targets[0]?.length ?? 0,
    targets: 'values',
  }),
  // Everything is in the spec.
  digest: () => ({}),
  check: checkTable,
  readsMnist: false,
  load: async ({ inputs, targets }) => ({
    train: {
      name: 'table',
      size: inputs.length,
      inputShape: [inputs[0]?.length ?? 0],
      inputs: Float32Array.from(inputs.flat()),
      targets: Float32Array.from(targets.flat()),
    },
  }),
});

/** Numbers in a table, at most. */
const mostNumbers = 10_000_000;

function checkTable({ inputs, targets }: { readonly inputs: Rows; readonly targets: Rows }): void {
  if (inputs.length !== targets.length) {
    throw new SpecError(
      'data.targets',
      `expected a row for each of the ${inputs.length} inputs, got ${targets.length}`,
    );
  }
  const numbers = inputs.length * (rowLength(inputs, 'data.inputs') + rowLength(targets, 'data.targets'));
  if (numbers > mostNumbers) throw new SpecError('data', `expected at most ${mostNumbers} numbers, got ${numbers}`);
}

function rowLength(rows: Rows, path: string): number {
  const length = rows[0]?.length ?? 0;
  const odd = rows.findIndex((row) => row.length !== length);
  if (odd >= 0) {
    throw new SpecError(`${path}[${odd}]`, `expected ${length} numbers, as in the first row, got ${rows[odd]?.length}`);
  }
  return length;
}
