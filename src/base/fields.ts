/**
 * Fields of a spec as data: what a value may be, what its absence stands for, what it is for.
 * The definition of a kind (a layer, an optimizer, a data source, a measurement) lists its fields in these terms once;
 * its type, schema, defaults, canonical form, command-line options and words for people are derived from the list.
 */

/** What a value may be. `expected` completes the sentence "expected ..., got ...". */
export type Rule =
  | {
      readonly rule: 'number';
      readonly expected: string;
      readonly whole: boolean;
      readonly least?: number;
      readonly above?: number;
      readonly most?: number;
      readonly below?: number;
    }
  | { readonly rule: 'flag' }
  | { readonly rule: 'text'; readonly expected: string; readonly pattern?: RegExp }
  | { readonly rule: 'word'; readonly words: readonly string[] }
  | {
      readonly rule: 'list';
      readonly item: Field;
      readonly what: string;
      readonly least: number;
      readonly most: number;
    }
  | { readonly rule: 'tuple'; readonly items: readonly Field[]; readonly expected: string }
  | { readonly rule: 'either'; readonly options: readonly Field[]; readonly expected: string }
  | { readonly rule: 'fields'; readonly fields: Fields }
  /** One of several objects that differ in their field `tag`. A function, as kinds may nest. */
  | { readonly rule: 'kind'; readonly tag: string; readonly kinds: () => readonly Kind[] };

/**
 * `needed`: must be there. `optional`: may be absent, which is a value of its own. `default`: absence stands for the
 * default.
 */
export type Presence = 'needed' | 'optional' | 'default';

/** Whether a number is one that a rule for numbers allows. */
export const allows = (
  { whole, least, above, most, below }: Extract<Rule, { readonly rule: 'number' }>,
  value: number,
): boolean =>
  (whole ? Number.isSafeInteger(value) : Number.isFinite(value)) &&
  !(least !== undefined && value < least) &&
  !(above !== undefined && value <= above) &&
  !(most !== undefined && value > most) &&
  !(below !== undefined && value >= below);

/** One field. `T` is the type of its value, phantom but for the default. */
export interface Field<T = unknown, P extends Presence = Presence> {
  readonly rule: Rule;
  readonly presence: P;
  /** What absence stands for, where presence is `default`. */
  readonly default?: T;
  /** What the field is, in a few words with its unit: for options, forms and tables. */
  readonly about: string;
}

/** The fields of an object, by name. */
export type Fields = Readonly<Record<string, Field>>;

/** A kind of thing that specs name: its word, and its fields besides that word. */
export interface Kind<Name extends string = string, F extends Fields = Fields> {
  readonly kind: Name;
  readonly fields: F;
  /** Names of fields that cannot matter beside the others of a complete spec: they are not in its canonical form. */
  readonly withoutEffect?: (spec: never) => readonly string[];
}

type ValueOf<F> = F extends Field<infer T, Presence> ? T : never;
type NamesWith<F extends Fields, P extends Presence> = {
  [N in keyof F]: F[N] extends Field<unknown, infer Q> ? (Q extends P ? N : never) : never;
}[keyof F];
type Flat<T> = { [N in keyof T]: T[N] };

/** The object that some fields describe, as people write it. */
export type SpecOf<F extends Fields> = Flat<
  { readonly [N in NamesWith<F, 'needed'>]: ValueOf<F[N]> } & {
    readonly [N in NamesWith<F, 'optional' | 'default'>]?: ValueOf<F[N]>;
  }
>;
/** The same with every default written out. */
export type CompleteOf<F extends Fields> = Flat<
  { readonly [N in NamesWith<F, 'needed' | 'default'>]: ValueOf<F[N]> } & {
    readonly [N in NamesWith<F, 'optional'>]?: ValueOf<F[N]>;
  }
>;
/** The spec of a kind: its word in the field `Tag`, and its fields. Distributes over a union of kinds. */
export type KindSpec<K extends Kind, Tag extends string = 'kind'> =
  K extends Kind<infer Name, infer F> ? Flat<{ readonly [T in Tag]: Name } & SpecOf<F>> : never;
/** The same with every default written out. */
export type CompleteKindSpec<K extends Kind, Tag extends string = 'kind'> =
  K extends Kind<infer Name, infer F> ? Flat<{ readonly [T in Tag]: Name } & CompleteOf<F>> : never;

const needed = <T>(rule: Rule, about: string): Field<T, 'needed'> => ({ rule, presence: 'needed', about });

/** The field may be absent, and that is a value of its own. */
export const optional = <T>(field: Field<T>): Field<T, 'optional'> => ({
  rule: field.rule,
  presence: 'optional',
  about: field.about,
});

/** The field's absence stands for a value. */
export const byDefault = <T>(field: Field<T>, value: NoInfer<T>): Field<T, 'default'> => ({
  rule: field.rule,
  presence: 'default',
  default: value,
  about: field.about,
});

/** A number with a bound; `expected` names it. */
const bounded = (
  about: string,
  expected: string,
  bounds: { readonly least?: number; readonly above?: number; readonly most?: number; readonly below?: number },
): Field<number, 'needed'> => needed({ rule: 'number', whole: false, expected, ...bounds }, about);

/** Any finite number. */
export const real = (about: string): Field<number, 'needed'> => bounded(about, 'a number', {});
/** A number above 0. */
export const positive = (about: string): Field<number, 'needed'> => bounded(about, 'a number above 0', { above: 0 });
/** A number of at least 0. */
export const notNegative = (about: string): Field<number, 'needed'> =>
  bounded(about, 'a number of at least 0', { least: 0 });
/** A number of [0, 1). */
export const share = (about: string): Field<number, 'needed'> =>
  bounded(about, 'a number from 0 up to, but not including, 1', { least: 0, below: 1 });
/** A number of [0, 1]. */
export const fraction = (about: string): Field<number, 'needed'> =>
  bounded(about, 'a number from 0 to 1', { least: 0, most: 1 });

/** A number of [least, most]. */
export const range = (about: string, least: number, most: number): Field<number, 'needed'> =>
  bounded(about, `a number from ${least} to ${most}`, { least, most });

const largestFloat32 = 3.4028234663852886e38;
/** A number that float32 can hold. */
export const float32 = (about: string): Field<number, 'needed'> =>
  bounded(about, 'a number that float32 can hold', { least: -largestFloat32, most: largestFloat32 });

/** A whole number of [least, most]. */
export function whole(about: string, least: number, most = Number.MAX_SAFE_INTEGER): Field<number, 'needed'> {
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  return needed({ rule: 'number', whole: true, expected: `a whole number ${range}`, least, most }, about);
}
/** A whole number of at least 1. */
export const count = (about: string): Field<number, 'needed'> => whole(about, 1);
/** A seed of 32 bits. */
export const seed = (about: string): Field<number, 'needed'> => whole(about, 0, 2 ** 32 - 1);

/** True or false. */
export const flag = (about: string): Field<boolean, 'needed'> => needed({ rule: 'flag' }, about);
/** Text; `pattern` bounds it. */
export const text = (about: string, expected: string, pattern?: RegExp): Field<string, 'needed'> =>
  needed({ rule: 'text', expected, ...(pattern && { pattern }) }, about);
/** The id of a task: a SHA-256 in hex. */
export const taskId = (about: string): Field<string, 'needed'> =>
  text(about, 'an id of 64 hex digits', /^[0-9a-f]{64}$/);
/** One of some words. */
export const word = <const W extends readonly string[]>(about: string, words: W): Field<W[number], 'needed'> =>
  needed({ rule: 'word', words }, about);

/** A list of items; `what` names several of them. Not empty, unless `least` is 0. */
export const list = <T>(
  about: string,
  item: Field<T>,
  what: string,
  { least = 1, most = Number.MAX_SAFE_INTEGER }: { readonly least?: number; readonly most?: number } = {},
): Field<readonly T[], 'needed'> => needed({ rule: 'list', item, what, least, most }, about);

/** A list of fixed length, each place with a field of its own. */
export const tuple = <const I extends readonly Field[]>(
  about: string,
  items: I,
  expected: string,
): Field<{ readonly [N in keyof I]: ValueOf<I[N]> }, 'needed'> => needed({ rule: 'tuple', items, expected }, about);

/** One of several forms. */
export const either = <const O extends readonly Field[]>(
  about: string,
  options: O,
  expected: string,
): Field<ValueOf<O[number]>, 'needed'> => needed({ rule: 'either', options, expected }, about);

/** An object with fields of its own. */
export const nested = <F extends Fields>(about: string, fields: F): Field<SpecOf<F>, 'needed'> =>
  needed({ rule: 'fields', fields }, about);

/** The spec of one of some kinds, distinguished by the field `tag`. */
export const kindOf = <K extends Kind, const Tag extends string = 'kind'>(
  about: string,
  kinds: () => readonly K[],
  tag: Tag = 'kind' as Tag,
): Field<KindSpec<K, Tag>, 'needed'> => needed({ rule: 'kind', tag, kinds }, about);

/** Some kinds by their words: a record with an entry for each. */
export const byKind = <const K extends Kind>(
  kinds: readonly K[],
): { readonly [Name in K['kind']]: Extract<K, { readonly kind: Name }> } =>
  Object.fromEntries(kinds.map((kind) => [kind.kind, kind])) as {
    readonly [Name in K['kind']]: Extract<K, { readonly kind: Name }>;
  };

/** The words of some kinds, in their order. */
export const words = <const K extends readonly Kind[]>(
  kinds: K,
): { readonly [N in keyof K]: K[N] extends Kind<infer Name> ? Name : never } =>
  kinds.map(({ kind }) => kind) as { readonly [N in keyof K]: K[N] extends Kind<infer Name> ? Name : never };
