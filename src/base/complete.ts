import { canonicalJson } from './canonical-json.js';
import type { CompleteKindSpec, CompleteOf, Fields, Kind, KindSpec, Rule, SpecOf } from './fields.js';

type Spec = Readonly<Record<string, unknown>>;

/** A spec with every default written out, in all its parts. What a field's absence means is in its definition alone. */
export function completed<F extends Fields>(fields: F, spec: SpecOf<F>): CompleteOf<F> {
  return completedFields(fields, spec as Spec) as CompleteOf<F>;
}

/** The spec of one of some kinds with every default written out. */
export function completedKind<K extends Kind>(kinds: readonly K[], spec: NoInfer<KindSpec<K>>): CompleteKindSpec<K> {
  return completedValue(oneOf(kinds), spec) as CompleteKindSpec<K>;
}

/**
 * A spec without anything that equals its default or cannot matter: what its id is made of.
 * A field added later with a default that has no effect is thereby absent from the canonical form of every older spec,
 * whose id stays.
 */
export function canonical<F extends Fields>(fields: F, spec: SpecOf<F>): SpecOf<F> {
  return canonicalFields(fields, completedFields(fields, spec as Spec)) as SpecOf<F>;
}

/** The spec of one of some kinds without anything that equals its default or cannot matter. */
export function canonicalKind<K extends Kind>(kinds: readonly K[], spec: NoInfer<KindSpec<K>>): KindSpec<K> {
  return canonicalValue(oneOf(kinds), completedValue(oneOf(kinds), spec)) as KindSpec<K>;
}

const oneOf = (kinds: readonly Kind[]): Rule => ({ rule: 'kind', tag: 'kind', kinds: () => kinds });

/** The fields of a spec that hold something. */
const present = (spec: Spec): (readonly [string, unknown])[] =>
  Object.entries(spec).filter(([, value]) => value !== undefined);

function completedFields(fields: Fields, spec: Spec): Spec {
  const complete: [string, unknown][] = [];
  for (const [name, { presence, rule, default: value }] of Object.entries(fields)) {
    if (presence === 'default' && spec[name] === undefined) complete.push([name, completedValue(rule, value)]);
  }
  for (const [name, value] of present(spec)) {
    complete.push([name, fields[name] ? completedValue(fields[name].rule, value) : value]);
  }
  return Object.fromEntries(complete);
}

function completedValue(rule: Rule, value: unknown): unknown {
  return inParts(rule, value, completedFields);
}

function canonicalFields(fields: Fields, complete: Spec): Spec {
  const kept = present(complete).flatMap(([name, value]) => {
    const field = fields[name];
    if (field === undefined) return [[name, value]];
    const short = canonicalValue(field.rule, value);
    return field.presence === 'default' && isDefault(field.rule, short, field.default) ? [] : [[name, short]];
  });
  return Object.fromEntries(kept);
}

function isDefault(rule: Rule, short: unknown, value: unknown): boolean {
  return canonicalJson(short) === canonicalJson(canonicalValue(rule, completedValue(rule, value)));
}

function canonicalValue(rule: Rule, complete: unknown): unknown {
  return inParts(rule, complete, (fields, spec, { withoutEffect } = {}) => {
    const idle = withoutEffect?.(spec as never) ?? [];
    return canonicalFields(fields, Object.fromEntries(Object.entries(spec).filter(([name]) => !idle.includes(name))));
  });
}

/** A value in which each object that has fields is changed. */
function inParts(
  rule: Rule,
  value: unknown,
  change: (fields: Fields, spec: Spec, kind?: Pick<Kind, 'withoutEffect'>) => Spec,
): unknown {
  switch (rule.rule) {
    case 'fields':
      return change(rule.fields, value as Spec);
    case 'kind': {
      const spec = value as Spec;
      const kind = rule.kinds().find((each) => each.kind === spec[rule.tag]);
      return kind === undefined ? spec : change(kind.fields, spec, kind);
    }
    case 'list':
      return (value as readonly unknown[]).map((item) => inParts(rule.item.rule, item, change));
    case 'number':
    case 'flag':
    case 'text':
    case 'word':
    case 'tuple':
    case 'either':
      return value;
    default:
      return rule satisfies never;
  }
}
