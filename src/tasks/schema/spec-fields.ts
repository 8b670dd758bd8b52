/* The parts that schemas of specs are made of; their messages say what is expected, spec-problems.ts says what came. */
import * as z from 'zod/mini';
import { SpecError } from '../../base/errors.js';
import { problemsOf } from './spec-problems.js';

/** A number; `expected` is said for anything else. */
export const real = (expected: string) => z.number({ error: expected });

/** A whole number of [low, high]. */
export function whole(low: number, high = Number.MAX_SAFE_INTEGER) {
  const upTo = high === Number.MAX_SAFE_INTEGER ? `of at least ${low}` : `from ${low} to ${high}`;
  const text = `expected a whole number ${upTo}`;
  return z.int({ error: text }).check(z.gte(low, { error: text }), z.lte(high, { error: text }));
}

/** One of some words. */
export function oneOf<const T extends readonly string[]>(names: T) {
  return z.enum(names, { error: `expected ${names.map((name) => `"${name}"`).join(' or ')}` });
}

/** A list that is not empty, unless `least` is 0. */
export function listOf<T extends z.ZodMiniType>(
  item: T,
  what: string,
  { least = 1, most = Number.MAX_SAFE_INTEGER }: { readonly least?: number; readonly most?: number } = {},
) {
  // Zod's own bounds compare the length of whatever has one, which need be no number.
  const bound = (error: string, holds: (length: number) => boolean) =>
    [
      (items: readonly unknown[]) => holds(items.length),
      { error, when: ({ value }: { readonly value: unknown }) => Array.isArray(value) },
    ] as const;
  return z
    .array(item, { error: `expected a list of ${what}` })
    .check(
      z.refine(...bound(`expected a list of ${what} that is not empty`, (length) => length >= least)),
      z.refine(...bound(`expected a list of at most ${most} ${what}`, (length) => length <= most)),
    );
}

/**
 * An object without unknown fields. For those the message is the list of the known ones, from which spec-problems.ts
 * makes its line.
 */
export function fields<T extends z.core.$ZodShape>(shape: T) {
  const names = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? names : `expected an object with ${names}`),
  });
}

/** One of several objects that are told apart by a field, `kind` as a rule. */
export function kinds<const T extends readonly [z.core.$ZodTypeDiscriminable, ...z.core.$ZodTypeDiscriminable[]]>(
  names: string,
  options: T,
  field = 'kind',
) {
  return z.discriminatedUnion(field, options, {
    error: (issue) =>
      issue.code === 'invalid_union' ? `expected ${names}` : `expected an object with ${field} ${names}`,
  });
}

/** A seed of 32 bits. */
export const seed = whole(0, 2 ** 32 - 1);
/** A whole number of at least 1. */
export const count = whole(1);

/**
 * Checks a spec's JSON whole: each field by the schema, then what fits together.
 * @throws SpecError with a line for each problem: the field's path, what is allowed and what came.
 */
export function parseWith<T>(schema: z.core.$ZodType<T>, check: (spec: T) => readonly SpecError[], json: unknown): T {
  const parsed = z.safeParse(schema, json);
  if (!parsed.success) throw specError(problemsOf(parsed.error.issues, json));
  const problems = check(parsed.data);
  if (problems.length > 0) throw specError(problems);
  return parsed.data;
}

/** Most problems that one error lists. */
const mostLines = 20;

/** Several problems as one error, at the place of the first of them. */
function specError(problems: readonly SpecError[]): SpecError {
  const [first, ...others] = problems as readonly [SpecError, ...SpecError[]];
  const lines = [first.problem, ...others.slice(0, mostLines - 1).map(({ message }) => message)];
  if (problems.length > mostLines) lines.push(`... and ${problems.length - mostLines} more`);
  return new SpecError(first.path, lines.join('\n'));
}
