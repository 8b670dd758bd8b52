import { SpecError } from '../../base/errors.js';
import {
  allows,
  count,
  either,
  type Field,
  type Fields,
  nested,
  real,
  type SpecOf,
  text,
  word,
} from '../../base/fields.js';
import type { OptimizerDefinition } from '../optimizers/define.js';
import { type OptimizerSpec, optimizersByKind } from '../optimizers/index.js';
import { type Cutting, type SizeChange, stepsOf } from './schedule.js';

const editFields = {
  atStep: count('the first step that is taken with it'),
  path: text('optimizer.learningRate, optimizer.momentum, optimizer.weightDecay, batchSize or parameters[i]', 'a path'),
  value: either(
    'what it is from then on; of a parameter, by how many units in the last place it moves',
    [real('a number'), word('all samples', ['full'])],
    'a number or "full"',
  ),
} satisfies Fields;

/** The field of one edit. */
export const editField = nested('a change while it trains', editFields);

/** A change to a run at a step, made once, before that step is taken: to its rate, its batches or one parameter. */
export type EditSpec = SpecOf<typeof editFields>;

/** Fields of an optimizer that can be edited, where it has them. */
const editable = ['learningRate', 'momentum', 'weightDecay'];
const parameterPath = /^parameters\[(0|[1-9]\d{0,9})\]$/;
const mostUnits = 2 ** 31;

/** What edits are checked against. */
export interface Edited extends Omit<Cutting, 'changes'> {
  readonly optimizer: OptimizerSpec;
  /** Parameters of the network. */
  readonly parameters: number;
}

/** An edit by what it changes. */
export type Edit =
  | { readonly changes: 'optimizer'; readonly atStep: number; readonly optimizer: OptimizerSpec }
  | { readonly changes: 'batchSize'; readonly atStep: number; readonly value: SizeChange['value'] }
  | { readonly changes: 'parameter'; readonly atStep: number; readonly index: number; readonly units: number };

/** The edits of the batch size among some, from which their steps follow. */
export const sizeChanges = (edits: readonly EditSpec[]): readonly SizeChange[] =>
  edits.filter(({ path }) => path === 'batchSize');

/**
 * Reads edits, each with the optimizer as it is from then on.
 * @throws SpecError if a path is none, a value not one that is allowed there, a step none of the run's, or the order
 * not that of steps
 */
export function readEdits(specs: readonly EditSpec[], run: Edited): readonly Edit[] {
  const edits: Edit[] = [];
  let { optimizer } = run;
  specs.forEach((spec, i) => {
    const edit = readEdit(spec, { ...run, optimizer }, `edits[${i}]`);
    if (edit.changes === 'optimizer') optimizer = edit.optimizer;
    edits.push(edit);
  });
  specs.forEach((spec, i) => {
    requireOrder(spec, specs[i - 1], `edits[${i}].atStep`);
  });
  const steps = stepsOf({ ...run, changes: sizeChanges(specs) });
  specs.forEach(({ atStep }, i) => {
    if (Number.isSafeInteger(atStep) && atStep >= 1 && atStep <= steps) return;
    throw new SpecError(`edits[${i}].atStep`, `expected a step from 1 to ${steps}, got ${atStep}`);
  });
  return edits;
}

function readEdit({ atStep, path, value }: EditSpec, run: Edited, where: string): Edit {
  if (path === 'batchSize') {
    if (value !== 'full') requireValue(count('samples'), value, `${where}.value`, ' or "full"');
    return { changes: 'batchSize', atStep, value };
  }
  const index = parameterPath.exec(path)?.[1];
  if (index !== undefined) return parameterEdit(atStep, Number(index), value, run.parameters, where);
  const { optimizer } = run;
  const definition = optimizersByKind[optimizer.kind] as OptimizerDefinition;
  const names = editable.filter((name) => Object.hasOwn(definition.fields, name));
  const name = names.find((one) => path === `optimizer.${one}`);
  if (name === undefined) {
    const paths = [...names.map((one) => `optimizer.${one}`), 'batchSize'];
    throw new SpecError(`${where}.path`, `expected ${paths.join(', ')} or parameters[i], got ${JSON.stringify(path)}`);
  }
  requireValue(definition.fields[name]!, value, `${where}.value`);
  const edited = { ...optimizer, [name]: value } as OptimizerSpec;
  if (definition.moments(edited) > definition.moments(optimizer)) {
    throw new SpecError(
      `${where}.value`,
      `expected 0, as ${optimizer.kind} that starts with ${name} 0 keeps no memory for it, got ${value}`,
    );
  }
  return { changes: 'optimizer', atStep, optimizer: edited };
}

function parameterEdit(
  atStep: number,
  index: number,
  units: EditSpec['value'],
  parameters: number,
  where: string,
): Edit {
  if (index >= parameters) {
    throw new SpecError(`${where}.path`, `expected parameters[0] to parameters[${parameters - 1}], got ${index}`);
  }
  if (typeof units !== 'number' || !Number.isInteger(units) || units === 0 || Math.abs(units) > mostUnits) {
    throw new SpecError(
      `${where}.value`,
      `expected a whole number of units in the last place, not 0 and at most 2^31 in size, got ${units}`,
    );
  }
  return { changes: 'parameter', atStep, index, units };
}

function requireValue({ rule }: Field, value: EditSpec['value'], where: string, more = ''): void {
  if (typeof value === 'number' && rule.rule === 'number' && allows(rule, value)) return;
  const expected = rule.rule === 'number' ? rule.expected : 'a number';
  throw new SpecError(where, `expected ${expected}${more}, got ${JSON.stringify(value)}`);
}

/** One order for one set of edits: by step, then by path. */
function requireOrder(edit: EditSpec, before: EditSpec | undefined, where: string): void {
  if (!before || before.atStep < edit.atStep || (before.atStep === edit.atStep && before.path < edit.path)) return;
  throw new SpecError(
    where,
    `expected edits in the order of their steps, at one step in the order of their paths and each path once, ` +
      `got ${edit.path} at step ${edit.atStep} after ${before.path} at step ${before.atStep}`,
  );
}

/**
 * The float32 so many units in the last place above a value; 0 and the numbers beside it included. Not beyond
 * infinity; NaN stays.
 */
export function movedByUnits(value: number, units: number): number {
  if (Number.isNaN(value)) return value;
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value);
  const bits = view.getInt32(0);
  // Floats are ordered as their magnitudes' bits are, negative ones backwards.
  const place = (bits < 0 ? -(bits & 0x7fffffff) : bits) + units;
  const infinity = 0x7f800000;
  view.setUint32(0, Math.min(Math.abs(place), infinity));
  const moved = view.getFloat32(0);
  return place < 0 ? -moved : moved;
}
