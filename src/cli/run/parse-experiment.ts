import * as z from 'zod';
import { SpecError } from '../../base/errors.js';
import type { Claim } from '../../study/claim.js';
import type { Experiment, Preset } from '../../study/experiment.js';
import { presetNames, protocolIds } from '../../study/names.js';
import { parseMeasurementSpec } from '../../tasks/schema/measurement-schema.js';
import { fields, kinds, listOf, oneOf, parseWith, real, seed, whole } from '../../tasks/schema/spec-fields.js';
import { pathBelow } from '../../tasks/schema/spec-problems.js';
import { parseTrialSpec } from '../../tasks/schema/trial-schema.js';
import { checkReadings, renamed } from './check-readings.js';

const text = z.string({ error: 'expected a text' }).regex(/[\s\S]/, 'expected a text that is not empty');
const name = z
  .string({ error: 'expected a name' })
  .regex(/^[a-z0-9][\w.-]*$/i, 'expected a name of letters, digits, dots and hyphens');
const flag = z.boolean({ error: 'expected true or false' });
/** An object whose other parts are checked where they are used. */
const part = <T extends z.ZodRawShape>(shape: T) => z.looseObject(shape, { error: 'expected an object' });
const list = <T extends z.core.SomeType>(item: T, what: string) =>
  z.array(item, { error: `expected a list of ${what}` });
const numbers = z.record(z.string(), real('expected a number'), { error: 'expected an object with numbers' });

const arm = fields({
  id: name,
  label: text,
  numbers: numbers.optional(),
  group: text.optional(),
  follows: list(text, 'paths of fields').optional(),
  spec: part({ seed: z.undefined({ error: 'expected none, as the preset has the seeds' }).optional() }),
});
const measurement = fields({
  id: name,
  label: text,
  numbers: numbers.optional(),
  group: text.optional(),
  measure: part({ name }),
  of: list(name, 'ids of arms'),
  acrossSeeds: flag.optional(),
});
const preset = fields({
  seeds: listOf(seed, 'seeds'),
  arms: list(arm, 'arms').default([]),
  measurements: list(measurement, 'measurements').default([]),
  twins: z.optional(whole(0, 1000)),
  note: z.string({ error: 'expected a text' }).default(''),
  miniature: flag.default(false),
});

const axis = part({ label: text });
const figure = part({
  kind: oneOf(['metric', 'truth', 'predictions', 'by-arm', 'columns', 'scatter']),
  id: name,
  title: text,
  caption: text,
  x: axis,
  y: axis,
});
const quantity = part({
  id: name,
  label: text,
  measure: z.undefined({ error: renamed }).optional(),
  reading: part({}),
  decimals: z._default(whole(0, 20), 4),
  reported: z.record(z.string(), part({ value: real('expected a number') })).default({}),
  source: z.string().default(''),
});
const number = real('expected a number');
const scale = z.optional(oneOf(['factor', 'points', 'images', 'number']));
const bound = { direction: oneOf(['above', 'below']), margin: number, noEffect: number };
const test = kinds('median, rate, gamma or band', [
  fields({ kind: z.literal('median'), label: text, x: part({}), scale, ...bound }),
  fields({ kind: z.literal('rate'), label: text, x: part({}), ...bound }),
  fields({ kind: z.literal('gamma'), label: text, x: part({}), y: part({}), only: part({}).optional(), ...bound }),
  fields({ kind: z.literal('band'), label: text, x: part({}), scale, low: number, high: number }),
]);
const judged = fields({
  tests: z.optional(listOf(test, 'tests')),
  noTest: text.optional(),
  version: z.optional(whole(1, 1000)),
  chosen: text.optional(),
  note: text.optional(),
});
const claim = part({
  id: name,
  statement: text,
  metric: text,
  companionOf: name.optional(),
  given: text.optional(),
  judged: z.partialRecord(z.enum(protocolIds), judged),
});
const protocol = part({
  id: oneOf(protocolIds),
  note: text,
  presets: z.partialRecord(z.enum(presetNames), preset, { error: `expected presets: ${presetNames.join(', ')}` }),
  figures: list(figure, 'figures').default([]),
  quantities: list(quantity, 'quantities').default([]),
});
const experiment = fields({
  id: name,
  section: z.string({ error: 'expected a text' }).default('own'),
  title: text,
  question: text,
  protocols: listOf(protocol, 'protocols'),
  claims: list(claim, 'claims').default([]),
  disagreements: list(part({ id: name, about: text, written: text, coded: text }), 'disagreements').default([]),
});

/**
 * Checks an experiment that somebody wrote, field by field, its trials and measurements included; lists that are left
 * out are empty. Whether the arms that others name are there is seen when it is planned.
 * @throws SpecError with a line for each problem: the field's path, what is allowed and what came.
 */
export function parseExperiment(value: unknown): Experiment {
  return parseWith(experiment as unknown as z.core.$ZodType<Experiment>, checkExperiment, value);
}

function checkExperiment({ protocols, claims }: Experiment): readonly SpecError[] {
  const checked = protocols.flatMap(({ figures, quantities, presets }, i) => [
    ...checkIds(figures, `protocols[${i}].figures`),
    ...checkReadings(figures, `protocols[${i}].figures`),
    ...checkReadings(quantities, `protocols[${i}].quantities`),
    ...Object.entries(presets).flatMap(([name, each]) => checkPreset(each, `protocols[${i}].presets.${name}`)),
  ]);
  return [
    ...checkIds(protocols, 'protocols'),
    ...checked,
    ...checkIds(claims, 'claims'),
    ...claims.flatMap((claim, i) => checkJudged(claim, `claims[${i}].judged`)),
    ...checkReadings(claims, 'claims'),
  ];
}

/** A protocol has tests, or a reason why there are none. */
const checkJudged = ({ judged }: Claim, path: string): readonly SpecError[] =>
  Object.entries(judged)
    .filter(([, found]) => 'tests' in found === 'noTest' in found)
    .map(
      ([protocol]) => new SpecError(`${path}.${protocol}`, 'expected tests, or noTest with the reason, and not both'),
    );

/** Ids must tell one thing from another. */
function checkIds(items: readonly { readonly id: string }[], path: string): readonly SpecError[] {
  const ids = items.map(({ id }) => id);
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  return twice === undefined ? [] : [new SpecError(path, `expected ids that differ, got "${twice}" twice`)];
}

function checkPreset({ arms, measurements, seeds }: Preset, path: string): readonly SpecError[] {
  return [
    ...checkIds([...arms, ...measurements], path),
    ...arms.flatMap(({ spec }, i) =>
      problemsAt(`${path}.arms[${i}].spec`, () => parseTrialSpec({ ...withIds(spec), seed: 0 })),
    ),
    ...measurements.flatMap(({ measure, of, acrossSeeds }, i) => {
      const ids = Array(of.length * (acrossSeeds ? seeds.length : 1)).fill(anId);
      return problemsAt(`${path}.measurements[${i}]`, () =>
        parseMeasurementSpec({ kind: 'measurement', measure, of: ids, seed: 0 }),
      );
    }),
  ];
}

/** Stands for the id of a trial that has none yet. */
const anId = '0'.repeat(64);

/** A trial starts from others, which an arm names, by their ids; nothing of this has been checked yet. */
function withIds(spec: Readonly<Record<string, unknown>>): object {
  const { init } = spec;
  if (typeof init !== 'object' || init === null || !('from' in init) || !Array.isArray(init.from)) return spec;
  return { ...spec, init: { ...init, from: init.from.map((from) => (typeof from === 'string' ? anId : from)) } };
}

/** What is wrong with a part of an experiment that is read by itself. */
function problemsAt(path: string, read: () => void): readonly SpecError[] {
  try {
    read();
    return [];
  } catch (error) {
    if (!(error instanceof SpecError)) throw error;
    // Each line but the one that counts the rest begins with a path of its own.
    const [first = '', ...others] = error.problem.split('\n');
    const lines = others.map((line) => (line.startsWith('... ') ? line : pathBelow(path, line)));
    return [new SpecError(pathBelow(path, error.path), [first, ...lines].join('\n'))];
  }
}
