import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Field, Fields, Kind } from '../src/base/fields.js';
import { dataSources } from '../src/data/sources/index.js';
import { activations, layers } from '../src/engine/layers/index.js';
import { losses } from '../src/engine/losses/index.js';
import { optimizers } from '../src/engine/optimizers/index.js';
import { observations } from '../src/engine/training/observations/index.js';
import { measurements } from '../src/measurements/index.js';
import {
  definitionsIn,
  movedTo,
  type Omission,
  readSources,
  recordsIn,
  type Source,
  switchesIn,
  without,
} from './support/omissions.js';

// Nothing of a kind can be forgotten but the compiler says so. Copies of the sources, each without one property of a
// definition, one entry of a record over kinds or one case of a switch, and specs, each without one field, are compiled
// in one run; beside them what is whole, which must be right.

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = 'build/kinds';

/** The functions that definitions are made with, and the properties that may be absent because that says something. */
const optionalOf: Readonly<Record<string, readonly string[]>> = {
  // `withoutEffect`: every field matters beside every other.
  layerKind: ['withoutEffect'],
  defineLayer: [],
  defineActivation: [],
  defineLoss: [],
  defineOptimizer: ['withoutEffect'],
  // `check`: fields that are each right always fit together.
  defineSource: ['withoutEffect', 'check'],
  // A first revision, the same for every spec; no command; of trained networks, not of one that it trains itself; few numbers at once.
  defineMeasurement: ['withoutEffect', 'revision', 'revisionFor', 'command', 'trains', 'numbers'],
  // Nothing is asked of the run but its network; nothing is computed beside the steps; no column is a layer's.
  defineObservation: ['needs', 'work', 'ofLayers'],
};

/** Switches that mean only some of their kinds, and why. */
const openSwitches: Readonly<Record<string, string>> = {
  'src/base/canonical-json.ts': 'the types of JavaScript; the others throw',
  'src/cli/run/run-output.ts': 'events that become a line of JSON; the others do not',
};

/**
 * Where a kind is told apart by its word, which a new kind passes by unseen, and why it may. Whatever holds for every
 * kind belongs into the definitions instead.
 */
const namedIn: Readonly<Record<string, string>> = {
  'src/engine/fusion.ts': 'rules over neighbours; what no rule speaks of stands alone',
  'src/engine/network/micro-batches.ts': 'a smaller default where channels multiply what a sample takes',
  'src/engine/network/plan.ts': 'loading has already flattened',
  'src/engine/reference/network.ts': 'masks belong to dropout alone',
  'src/measurements/run/grid-error.ts': 'refuses data that is not known everywhere',
  'src/measures/critical-point/active-units.ts': 'refuses a first layer that has no units',
  'src/measures/sensitivity/one-hidden-jacobian.ts': 'a closed form of some networks; others take the general way',
  'src/original/setting-subject.ts': 'what the original states of its own networks, which are of these kinds',
  'src/original/settings.ts': 'what the original states of its own networks, which are of these kinds',
  'src/tasks/cost/typical-seconds.ts': 'an estimate of time, good to a factor of two',
};

/** A module of the folder, and the errors that it should have. */
interface Module {
  readonly what: string;
  readonly text: string;
  readonly errors: 'none' | 'one' | 'some';
}

const sources = readSources();
const isOptional = ({ what, name }: Omission): boolean => optionalOf[what]?.includes(name) ?? false;

/** Without `fields` all that is computed from them is wrong too. */
const errorsWithout = ({ what, name }: Omission): Module['errors'] =>
  /^fields?$/.test(name) || what === 'switch' ? 'some' : 'one';

function copiesOf(source: Source): readonly Module[] {
  const definitions = definitionsIn(source, Object.keys(optionalOf));
  const cases = switchesIn(source).flatMap(({ isOpen, cases }) => (isOpen ? [] : cases));
  const omissions = [...definitions, ...recordsIn(source), ...cases];
  if (omissions.length === 0) return [];
  const copy = (what: string, left: readonly Omission[], errors: Module['errors']): Module => ({
    what: `${source.file} ${what}`,
    text: movedTo(folder, source.file, without(source.text, left)),
    errors,
  });
  return [
    copy('whole', [], 'none'),
    copy('without all that is optional', definitions.filter(isOptional), 'none'),
    ...omissions
      .filter((omission) => !isOptional(omission))
      .map((omission) => copy(`without ${omission.what}: ${omission.name}`, [omission], errorsWithout(omission))),
  ];
}

/** A value that a field's type allows. */
function sample({ rule }: Field): unknown {
  switch (rule.rule) {
    case 'number':
      return 1;
    case 'flag':
      return true;
    case 'text':
      return 'text';
    case 'word':
      return rule.words[0];
    case 'list':
      return [sample(rule.item)];
    case 'tuple':
      return rule.items.map(sample);
    case 'either':
      return sample(rule.options[0]!);
    case 'fields':
      return neededOf(rule.fields);
    case 'kind':
      return specOf(rule.kinds()[0]!, rule.tag);
  }
}

const neededOf = (fields: Fields): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) => (field.presence === 'needed' ? [[name, sample(field)]] : [])),
  );

const specOf = ({ kind, fields }: Kind, tag: string): Record<string, unknown> => ({ [tag]: kind, ...neededOf(fields) });

interface Imported {
  /** What is imported of the index in `from`. */
  readonly name: string;
  readonly from: string;
  /** The type of the object, if it is another. */
  readonly type?: string;
}

/** An object whole, and without each of its entries. */
function objectModules({ name, from, type = name }: Imported, whole: Readonly<Record<string, unknown>>): Module[] {
  const module = (what: string, value: object, errors: Module['errors']): Module => ({
    what: `${type} of ${from} ${what}: ${JSON.stringify(value)}`,
    text: [
      `import type { ${name} } from '../../src/${from}/index.js';`,
      `export const it: ${type} = ${JSON.stringify(value)};`,
    ].join('\n'),
    errors,
  });
  const others = (left: string): object => Object.fromEntries(Object.entries(whole).filter(([key]) => key !== left));
  return [
    module('whole', whole, 'none'),
    ...Object.keys(whole).map((left) => module(`without ${left}`, others(left), 'one')),
  ];
}

const specModules = (kinds: readonly Kind[], imported: Imported, tag = 'kind'): readonly Module[] =>
  kinds.flatMap((kind) => objectModules(imported, specOf(kind, tag)));

/** A record with an entry for each of a list, as any module may have one; `type` is that of its keys. */
const recordModules = (names: readonly string[], { type, ...imported }: Required<Imported>): readonly Module[] =>
  objectModules(
    { ...imported, type: `Readonly<Record<${type}, true>>` },
    Object.fromEntries(names.map((name) => [name, true])),
  );

const kindNames = (kinds: readonly Kind[]): readonly string[] => kinds.map(({ kind }) => kind);

const layer = { name: 'LayerSpec', from: 'engine/layers' };
const activation = { name: 'ActivationName', from: 'engine/layers', type: 'ActivationName' };
const loss = { name: 'LossName', from: 'engine/losses', type: 'LossName' };
const optimizer = { name: 'OptimizerSpec', from: 'engine/optimizers' };
const data = { name: 'DataSpec', from: 'data/sources' };
const measure = { name: 'MeasureSpec', from: 'measurements' };
const observed = { name: 'ObserveSpec', from: 'engine/training/observations', type: 'keyof ObserveSpec' };

const modules: readonly Module[] = [
  ...sources.flatMap(copiesOf),
  ...specModules(layers, layer),
  ...specModules(optimizers, optimizer),
  ...specModules(dataSources, data),
  ...specModules(measurements, measure, 'name'),
  ...recordModules(kindNames(layers), { ...layer, type: "LayerSpec['kind']" }),
  ...recordModules(kindNames(activations), activation),
  ...recordModules(kindNames(losses), loss),
  ...recordModules(kindNames(optimizers), { ...optimizer, type: "OptimizerSpec['kind']" }),
  ...recordModules(kindNames(dataSources), { ...data, type: "DataSpec['kind']" }),
  ...recordModules(kindNames(measurements), { ...measure, type: "MeasureSpec['name']" }),
  ...recordModules(
    observations.map(({ name }) => name),
    observed,
  ),
];

/** Runs the project's compiler on some modules; the number of errors of each, and lines about other files. */
async function compile(texts: readonly string[]): Promise<{ counts: readonly number[]; elsewhere: readonly string[] }> {
  rmSync(join(root, folder), { recursive: true, force: true });
  mkdirSync(join(root, folder), { recursive: true });
  texts.forEach((text, i) => {
    writeFileSync(join(root, folder, `${i}.ts`), text);
  });
  // What is left out may have been the only use of something.
  const compilerOptions = { noUnusedLocals: false, noUnusedParameters: false, rootDir: '../..' };
  const config = { extends: '../../tsconfig.json', compilerOptions, include: ['*.ts'], exclude: [] };
  writeFileSync(join(root, folder, 'tsconfig.json'), JSON.stringify(config));
  const compiler = join(root, 'node_modules', '.bin', 'tsc');
  const stdout = await new Promise<string>((done) => {
    const options = { cwd: root, maxBuffer: 2 ** 26 };
    execFile(compiler, ['-p', folder, '--pretty', 'false'], options, (_, printed) => done(printed));
  });
  const counts = texts.map(() => 0);
  const elsewhere: string[] = [];
  for (const line of stdout.split('\n').filter((text) => /^\S/.test(text))) {
    const [, index] = line.match(/^build\/kinds\/(\d+)\.ts\(\d+,\d+\): error /) ?? [];
    if (index === undefined) elsewhere.push(line);
    else counts[Number(index)]!++;
  }
  return { counts, elsewhere };
}

const isAsExpected = (errors: Module['errors'], count: number): boolean =>
  errors === 'some' ? count > 0 : count === (errors === 'one' ? 1 : 0);

test('whatever is left out of a definition, a spec, a record over kinds or a switch is a type error', async () => {
  const { counts, elsewhere } = await compile(modules.map(({ text }) => text));
  expect(elsewhere).toEqual([]);
  expect(
    modules.flatMap(({ what, errors }, i) =>
      isAsExpected(errors, counts[i]!) ? [] : [`${what}: expected ${errors}, got ${counts[i]}`],
    ),
  ).toEqual([]);
});

test('what is left out is that of every kind', () => {
  const found = sources.flatMap((source) => definitionsIn(source, Object.keys(optionalOf)));
  const definedBy = (maker: string, property: string) =>
    found.filter(({ what, name }) => what === maker && name === property).length;
  const generic = 1; // Activations are layers whose parts are defined once for all of them.
  expect(definedBy('layerKind', 'words')).toBe(layers.length - activations.length + generic);
  expect(definedBy('defineLayer', 'plan')).toBe(layers.length - activations.length + generic);
  expect(definedBy('defineActivation', 'kernels')).toBe(activations.length);
  expect(definedBy('defineLoss', 'plan')).toBe(losses.length);
  expect(definedBy('defineOptimizer', 'plan')).toBe(optimizers.length);
  expect(definedBy('defineSource', 'load')).toBe(dataSources.length);
  expect(definedBy('defineMeasurement', 'run')).toBe(measurements.length);
  expect(definedBy('defineObservation', 'observe')).toBe(observations.length);
});

test('a switch has a case for each of its kinds, but for those that mean only some', () => {
  const open = sources.filter((source) => switchesIn(source).some(({ isOpen }) => isOpen)).map(({ file }) => file);
  expect(open).toEqual(Object.keys(openSwitches));
});

test('a kind is told apart by its word in these files alone, but for its own', () => {
  const words = [layers, losses, optimizers, dataSources].flatMap(kindNames);
  const told = new RegExp(`(?:\\.kind|\\bkind|\\bloss)\\)? [!=]== '(?:${words.join('|')})'`);
  const files = sources.filter(({ file, text }) => !file.startsWith('src/experiments/') && told.test(text));
  expect(files.map(({ file }) => file)).toEqual(Object.keys(namedIn));
});
