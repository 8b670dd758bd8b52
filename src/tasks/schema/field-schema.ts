import * as z from 'zod/mini';
import type { Field, Fields, Kind, Rule } from '../../base/fields.js';
import { fields, kinds, listOf, oneOf } from './spec-fields.js';

/** The check of an object with some fields, and no others. */
export function fieldsSchema(all: Fields): z.ZodMiniType {
  return fields(shapeOf(all));
}

/** The check of one field, its absence included. */
function fieldSchema({ rule, presence }: Field): z.ZodMiniType {
  const schema = ruleSchema(rule);
  return presence === 'needed' ? schema : z.optional(schema);
}

const shapeOf = (all: Fields): z.core.$ZodShape =>
  Object.fromEntries(Object.entries(all).map(([name, field]) => [name, fieldSchema(field)]));

function ruleSchema(rule: Rule): z.ZodMiniType {
  switch (rule.rule) {
    case 'number':
      return numberSchema(rule);
    case 'flag':
      return z.boolean({ error: 'expected true or false' });
    case 'text':
      return textSchema(rule);
    case 'word':
      return oneOf(rule.words);
    case 'list':
      return listOf(ruleSchema(rule.item.rule), rule.what, rule);
    case 'tuple':
      return z.tuple(rule.items.map(({ rule: item }) => ruleSchema(item)) as [z.ZodMiniType], expected(rule));
    case 'either':
      return z.union(
        rule.options.map(({ rule: option }) => ruleSchema(option)),
        expected(rule),
      );
    case 'fields':
      return fieldsSchema(rule.fields);
    case 'kind':
      return kindSchema(rule.kinds(), rule.tag);
  }
}

const expected = (rule: { readonly expected: string }) => ({ error: `expected ${rule.expected}` });

type RuleOf<R extends Rule['rule']> = Extract<Rule, { readonly rule: R }>;

function numberSchema(rule: RuleOf<'number'>): z.ZodMiniType {
  const { error } = expected(rule);
  const { least, above, most, below } = rule;
  const schema = rule.whole ? z.int({ error }) : z.number({ error });
  return schema.check(
    ...(least === undefined ? [] : [z.gte(least, { error })]),
    ...(above === undefined ? [] : [z.gt(above, { error })]),
    ...(most === undefined ? [] : [z.lte(most, { error })]),
    ...(below === undefined ? [] : [z.lt(below, { error })]),
  );
}

function textSchema(rule: RuleOf<'text'>): z.ZodMiniType {
  const { error } = expected(rule);
  return rule.pattern ? z.string({ error }).check(z.regex(rule.pattern, { error })) : z.string({ error });
}

/** The check of an object that is one of some kinds, told apart by the field `tag`. */
function kindSchema(options: readonly Kind[], tag: string): z.ZodMiniType {
  const schemas = options.map(({ kind, fields: own }) => fields({ [tag]: z.literal(kind), ...shapeOf(own) }));
  const names = options.map(({ kind }) => `"${kind}"`);
  return kinds(`${names.slice(0, -1).join(', ')} or ${names.at(-1)}`, schemas as never, tag);
}
