import * as z from 'zod';
import { SpecError } from '../base/errors.js';
import type { Experiment } from '../experiments/experiment.js';
import { presetNames, protocolIds } from '../experiments/names.js';
import { count, fields, listOf, oneOf, parseWith, real, seed, whole } from '../trials/spec-fields.js';

const text = z.string({ error: 'expected a text' }).min(1, 'expected a text that is not empty');
const name = z
  .string({ error: 'expected a name' })
  .regex(/^[a-z0-9][\w.-]*$/i, 'expected a name of letters, digits, dots and hyphens');
const flag = z.boolean({ error: 'expected true or false' });
/** An object whose other parts are checked where they are used. */
const part = <T extends z.ZodRawShape>(shape: T) => z.looseObject(shape, { error: 'expected an object' });
const list = <T extends z.ZodType>(item: T, what: string) => z.array(item, { error: `expected a list of ${what}` });
const numbers = z.record(z.string(), real('expected a number'), { error: 'expected an object with numbers' });

/** What it computes is checked when it is planned: by then ids stand for the arms. */
const arm = fields({
  id: name,
  label: text,
  numbers: numbers.optional(),
  group: text.optional(),
  spec: part({}),
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
  note: z.string({ error: 'expected a text' }).default(''),
  miniature: flag.default(false),
  estimatedSeconds: real('expected a number of seconds').default(0),
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
  measure: part({ kind: name }),
  decimals: whole(0, 20).default(4),
  reported: z.record(z.string(), part({ value: real('expected a number') })).default({}),
  source: z.string().default(''),
});
const test = part({
  kind: oneOf(['value', 'ratio', 'difference', 'similar', 'rate', 'rateDifference', 'correlation', 'chance']),
  label: text,
});
const claim = part({
  id: name,
  statement: text,
  metric: text,
  margin: text,
  least: fields({ count, unit: oneOf(['seeds', 'points', 'pairs of runs']) }),
  tests: z.partialRecord(z.enum(protocolIds), listOf(test, 'tests')),
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
 * Checks an experiment that somebody wrote, field by field; lists that are left out are empty. Its trials and measurements are checked when they are planned.
 * @throws SpecError with a line for each problem: the field's path, what is allowed and what came.
 */
export function parseExperiment(value: unknown): Experiment {
  return parseWith(experiment as unknown as z.ZodType<Experiment>, checkIds, value);
}

/** Ids must tell one thing from another. */
function checkIds({ protocols }: Experiment): readonly SpecError[] {
  const lists = protocols.flatMap((each, i) => [
    { path: `protocols[${i}].figures`, items: each.figures },
    ...Object.entries(each.presets).map(([presetName, { arms, measurements }]) => ({
      path: `protocols[${i}].presets.${presetName}`,
      items: [...arms, ...measurements],
    })),
  ]);
  return [{ path: 'protocols', items: protocols }, ...lists].flatMap(({ path, items }) => {
    const ids = items.map(({ id }) => id);
    const twice = ids.find((id, i) => ids.indexOf(id) !== i);
    return twice === undefined ? [] : [new SpecError(path, `expected ids that differ, got "${twice}" twice`)];
  });
}
