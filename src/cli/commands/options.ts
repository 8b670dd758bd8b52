import { InvalidArgumentError, Option } from 'commander';
import { presetNames } from '../../study/names.js';
import { parseAddress, parseBytes, parseCount, parseDuration, parsePositive, parseShare } from '../arguments.js';
import { parsePreset } from '../run/presets.js';

// Options that several commands have, each said once.

/** `--store`: where results lie. */
export const store = () => new Option('--store <dir>', 'folder of the results').default('.descent');

/** `--results`: where the register and the ledgers lie. */
export const results = () =>
  new Option('--results <dir>', "folder of register and ledgers (default: the package's, or beside your own file)");

/** `--data`: where MNIST lies. */
export const data = () => new Option('--data <dir>', "folder with MNIST's four IDX files (plain or .gz)");

/** `--json`, whose output is each command's own. */
export const json = (what: string) => new Option('--json', what);

/** `--workers`. */
export const workers = () =>
  new Option('--workers <n>', 'tasks side by side (default: one for each core)').argParser(argument(parseCount));

/** `--set` of the commands that read changed runs. */
export const changed = () =>
  new Option('--set <path=value>', 'show runs that were changed so in place of those as planned (repeatable)')
    .argParser(collect)
    .default([]);

/** An option that takes a whole number of at least 1. */
export const number = (flags: string, what: string) => new Option(flags, what).argParser(argument(parseCount));

/** Options of the commands whose tasks a fleet can run. */
export const fleet = (): readonly Option[] => [
  new Option('--fleet <url>', 'let the agents of a fleet run them: redis://host:6379 (docs/fleet.md)'),
  new Option('--blobs <place>', 'where a fleet puts results: a folder or a URL (default: blobs in the store)'),
  new Option('--audit <share>', "share of a fleet's results that are run again elsewhere (default: 0.02)").argParser(
    argument(parseShare),
  ),
  new Option(
    '--metrics <[host:]port>',
    'serve what goes on in a fleet as Prometheus reads it (default host: 127.0.0.1)',
  ).argParser(argument(parseAddress)),
];

/** An option that takes an amount of memory, in bytes. */
export const bytes = (flags: string, what: string) => new Option(flags, what).argParser(argument(parseBytes));

/** An option that takes a time, in milliseconds. */
export const time = (flags: string, what: string) => new Option(flags, what).argParser(argument(parseDuration));

/** `--checkpoint-every`. */
export const checkpointEvery = () =>
  new Option('--checkpoint-every <s>', 'seconds after which a trial keeps where it stands (default: 30)').argParser(
    argument(parsePositive),
  );

/** `--preset`, with what it chooses. */
export const preset = (what: string) =>
  new Option('--preset <name>', `${what}: ${presetNames.join(', ')}`).argParser(argument(parsePreset));

/** Sets the exit code of the process, which ends by itself. */
export function setExit(code: number): void {
  process.exitCode = code;
}

/** Collects the values of an option that may be repeated. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** A parser of ours as Commander wants it, which names the option in front of the message. */
export function argument<T>(parse: (text: string) => T): (text: string) => T {
  return (text) => {
    try {
      return parse(text);
    } catch (error) {
      throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
    }
  };
}
