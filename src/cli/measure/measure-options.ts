import { UserError } from '../../base/errors.js';
import type { Rule } from '../../base/fields.js';
import { didYouMean } from '../../base/nearest.js';
import { type MeasureName, type MeasureSpec, measurements } from '../../measurements/index.js';
import type { Measurement, MeasureOption } from '../../measurements/measurement.js';
import { isFigured } from '../../report/drawing/figured-readings.js';

/** Values of the options of measurements by their flags: whole numbers are read, all else is as it was written. */
export type MeasureOptions = Readonly<Record<string, unknown>>;

/** A field of a measurement as an option. */
interface FieldOption extends MeasureOption {
  readonly field: string;
  readonly flag: string;
  readonly rule: Rule;
  readonly about: string;
  /** What its absence stands for in a spec. */
  readonly standard: unknown;
}

/** A measurement as the command line calls it. */
interface Command {
  readonly word: string;
  readonly name: MeasureName;
  readonly options: readonly FieldOption[];
}

const commands: readonly Command[] = (measurements as readonly Measurement[]).flatMap(({ kind, fields, command }) =>
  command === undefined
    ? []
    : [
        {
          word: command.word,
          name: kind as MeasureName,
          options: Object.entries(command.options).map(([field, option]) => {
            const { rule, about, default: standard } = fields[field]!;
            return { flag: field, ...option, field, rule, about, standard };
          }),
        },
      ],
);

/** What the command line calls the measurements. */
export const measureWords: readonly string[] = commands.map(({ word }) => word);

/** Those of measurements that can be drawn. */
export const figureWords: readonly string[] = commands.filter(({ name }) => isFigured(name)).map(({ word }) => word);

/** An option of `descent measure`, as its help shows it. */
export interface ShownOption {
  readonly flag: string;
  /** What stands for its value. */
  readonly value: string;
  readonly about: string;
  /** Whether its value is a whole number. */
  readonly isCount: boolean;
}

/** Every option of measurements once, with those that have it. */
export function shownOptions(): readonly ShownOption[] {
  const all = commands.flatMap(({ word, options }) => options.map((option) => ({ word, ...option })));
  return [...new Set(all.map(({ flag }) => flag))].map((flag) => {
    const same = all.filter((option) => option.flag === flag);
    const { rule, about } = same[0]!;
    const words = same.map(({ word }) => word).join(', ');
    const unset = [...new Set(same.map(unsetText).filter((text) => text !== undefined))].join(', ');
    return {
      flag,
      value: valueWord(rule),
      about: `${words}: ${about}${unset === '' ? '' : ` (default: ${unset})`}`,
      isCount: rule.rule === 'number' && rule.whole,
    };
  });
}

function unsetText({ standard, unset = standard, unsetText: text }: FieldOption): string | undefined {
  return text ?? (unset === undefined ? undefined : String(unset));
}

function valueWord(rule: Rule): string {
  if (rule.rule === 'number') return rule.whole ? 'n' : 'x';
  return rule.rule === 'list' ? 'list' : 'name';
}

/**
 * The one word among the arguments that names a measurement.
 * @throws UserError if there is none, or more than one
 */
export function measureWord(args: readonly string[]): string {
  const found = measureWords.filter((word) => args.includes(word));
  if (found.length === 1) return found[0]!;
  const hint = found.length === 0 ? didYouMean(args.at(-1) ?? '', measureWords) : '';
  const got = found.length === 0 ? 'none' : found.join(' and ');
  throw new UserError(`measure: expected one of ${measureWords.join(', ')}, got ${got}${hint}`);
}

/**
 * The measurement that a word and the options stand for; whether its values are right is the schema's to say.
 * @throws UserError if an option is another measurement's, which would have no effect, or cannot be read
 */
export function measureOf(word: string, given: MeasureOptions): MeasureSpec {
  const { name, options } = commands.find((command) => command.word === word)!;
  const foreign = shownOptions().find(
    ({ flag }) => given[flag] !== undefined && !options.some((option) => option.flag === flag),
  );
  if (foreign !== undefined) {
    const known = options.length === 0 ? 'no option of its own' : options.map(({ flag }) => `--${flag}`).join(', ');
    throw new UserError(`--${foreign.flag}: expected an option of ${word} (${known}), got one of other measures`);
  }
  const fields = options.flatMap(({ field, flag, rule, unset }) => {
    const value = given[flag] === undefined ? unset : readValue(flag, given[flag], rule);
    return value === undefined ? [] : [[field, value] as const];
  });
  return { name, ...Object.fromEntries(fields) } as unknown as MeasureSpec;
}

function readValue(flag: string, given: unknown, rule: Rule): unknown {
  if (typeof given !== 'string') return given;
  switch (rule.rule) {
    case 'number':
      return readNumber(flag, given);
    case 'list':
      return given.split(',').map((text) => readNumber(flag, text));
    case 'word':
      return readWord(flag, given, rule.words);
    case 'flag':
    case 'text':
    case 'tuple':
    case 'either':
    case 'fields':
    case 'kind':
      return given;
    default:
      return rule satisfies never;
  }
}

function readNumber(flag: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) {
    throw new UserError(`--${flag}: expected a number, got ${JSON.stringify(text)}`);
  }
  return value;
}

function readWord(flag: string, text: string, words: readonly string[]): string {
  if (words.includes(text)) return text;
  const hint = didYouMean(text, words);
  throw new UserError(`--${flag}: expected ${words.join(' or ')}, got ${JSON.stringify(text)}${hint}`);
}
