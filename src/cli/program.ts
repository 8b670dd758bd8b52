import { Command, InvalidArgumentError, Option } from 'commander';
import { packageVersion } from '../platform/node/package-version.js';
import { presetNames } from '../study/names.js';
import { parseCount, parsePositive, parseSeeds } from './arguments.js';
import { measureWords, shownOptions } from './measure/measure-options.js';
import { parsePreset, parseProtocol, protocolChoices } from './run/presets.js';

// Commands are loaded when they are called: help and list must answer at once.

const defaultStore = '.descent';

/** All commands, their options, and nothing of what they do. */
export function buildProgram(): Command {
  const program = new Command('descent')
    .description('A laboratory for how neural networks learn: classic experiments re-run to the bit.')
    .version(packageVersion())
    .option('--debug', 'show stack traces of errors')
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(`descent: ${oneLine(text)}\n`) });
  for (const add of [addList, addRun, addTrain, addMeasure, addReport, addVerify, addQuery, addDoctor, addReproduce])
    add(program);
  return program;
}

function oneLine(text: string): string {
  return text
    .replace(/^error: /, '')
    .trim()
    .replaceAll(/\s*\n\s*/g, ' ');
}

const store = () => new Option('--store <dir>', 'folder of the results').default(defaultStore);
const data = () => new Option('--data <dir>', "folder with MNIST's four IDX files (plain or .gz)");
const json = (what: string) => new Option('--json', what);
const workers = () =>
  new Option('--workers <n>', 'tasks side by side (default: one for each core)').argParser(argument(parseCount));
const changed = () =>
  new Option('--set <path=value>', 'show runs that were changed so in place of those as planned (repeatable)')
    .argParser(collect)
    .default([]);
const number = (flags: string, what: string) => new Option(flags, what).argParser(argument(parseCount));
const checkpointEvery = () =>
  new Option('--checkpoint-every <s>', 'seconds after which a trial keeps where it stands (default: 30)').argParser(
    argument(parsePositive),
  );
const preset = (what: string) =>
  new Option('--preset <name>', `${what}: ${presetNames.join(', ')}`).argParser(argument(parsePreset));

function addList(program: Command): void {
  program
    .command('list')
    .description('the experiments, what each asks, and how long it takes')
    .action(async () => (await import('./run/list-command.js')).listCommand());
}

function addRun(program: Command): void {
  program
    .command('run')
    .description('run experiments; finished tasks are not run again')
    .argument('[id...]', 'experiments, or files with one of your own (.ts, .js, .json) (default: all)')
    .addOption(
      new Option('--protocol <name>', `whose word to follow: ${protocolChoices.join(', ')}`)
        .argParser(argument(parseProtocol))
        .default('all'),
    )
    .addOption(preset('size of the experiments').default('quick'))
    .addOption(
      new Option('--seeds <list>', 'seeds, as 1..5 or 1,2,3 (default: those of the preset)').argParser(
        argument(parseSeeds),
      ),
    )
    .addOption(
      new Option('--twins <k>', 'rounding twins of each trial, started one unit in the last place away').argParser(
        argument(parseCount),
      ),
    )
    .addOption(workers())
    .addOption(store())
    .addOption(data())
    .option(
      '--set <path=value>',
      'change every trial, e.g. optimizer.learningRate=0.002, or switch a bug, e.g. bugs.NAME=false (repeatable)',
      collect,
      [],
    )
    .addOption(checkpointEvery())
    .option('--dry-run', 'print the tasks and the time that they take here, and stop')
    .addOption(json('one JSON object a line'))
    .action(async (ids, options) => setExit(await (await import('./run/run-command.js')).runCommand(ids, options)));
}

function addTrain(program: Command): void {
  program
    .command('train')
    .description('run one trial from a file, or from standard input')
    .argument('<spec>', 'a JSON file, or - for standard input')
    .addOption(new Option('--out <dir>', 'new folder for the result'))
    .addOption(checkpointEvery())
    .addOption(store())
    .addOption(data())
    .addOption(json('one JSON object for each observation, the last one with the hash'))
    .action(async (spec, options) =>
      setExit(await (await import('./run/train-command.js')).trainCommand(spec, options)),
    );
}

function addMeasure(program: Command): void {
  const command = program
    .command('measure')
    .description('measure trained networks: curvature, landscape, sensitivity')
    .argument(
      '<what...>',
      `trials (ids in the store, or their beginnings) or files with weights (.safetensors), and one of ${measureWords.join(', ')}`,
    );
  for (const { flag, value, about, isCount } of shownOptions()) {
    const option = new Option(`--${flag} <${value}>`, about);
    command.addOption(isCount ? option.argParser(argument(parseCount)) : option);
  }
  command
    .option('--model <spec>', 'of files with weights: the JSON of a trial with their model, data and loss')
    .addOption(number('--seed <n>', 'of random vectors (default: 1)'))
    .option(
      '--figure <file>',
      'hessian, spectrum, surface, interpolate, trajectory: draw it, as .svg, .png or .json (Vega-Lite)',
    )
    .addOption(store())
    .addOption(data())
    .addOption(json('one JSON object with all values and columns'))
    .action(async (what, options) =>
      setExit(await (await import('./measure/measure-command.js')).measureCommand(what, options)),
    );
}

function addReport(program: Command): void {
  program
    .command('report')
    .description('write the page with all figures and tables')
    .addOption(new Option('--out <dir>', 'folder of the page').default('report'))
    .addOption(store())
    .addOption(preset('size to show (default: the report and study sizes, else the largest that was run)'))
    .addOption(changed())
    .action(async (options) => setExit(await (await import('./report/report-command.js')).reportCommand(options)));
}

function addVerify(program: Command): void {
  program
    .command('verify')
    .description('the verdict on every claim, from what was run; exit code 0 if all could be given')
    .argument('[id...]', 'experiments, or all (default: those that were run)')
    .addOption(preset('runs to judge by (default: the report and study sizes, else the largest that was run)'))
    .addOption(changed())
    .addOption(store())
    .addOption(json('one JSON object for each verdict'))
    .action(async (ids, options) =>
      setExit(await (await import('./run/verify-command.js')).verifyCommand(ids, options)),
    );
}

function addQuery(program: Command): void {
  program
    .command('query')
    .description('SQL over all results: the views are trials, metrics, measurements and runs')
    .argument('<sql>', `e.g. "SELECT arm, min(loss) FROM metrics JOIN runs USING (id) GROUP BY arm"`)
    .addOption(store())
    .addOption(json('one JSON object for each row'))
    .action(async (sql, options) => (await import('./report/query-command.js')).queryCommand(sql, options));
}

function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('check this machine, the kernels, the data and every byte of the store')
    .option('--repair', 'put aside what is damaged in the store, and run again what is lost by it')
    .addOption(workers())
    .addOption(store())
    .addOption(data())
    .addOption(json('one JSON object for each finding'))
    .action(async (options) => setExit(await (await import('./doctor/doctor-command.js')).doctorCommand(options)));
}

function addReproduce(program: Command): void {
  program
    .command('reproduce')
    .description('run the quick preset of everything and write the page')
    .addOption(workers())
    .addOption(store())
    .addOption(data())
    .addOption(new Option('--out <dir>', 'folder of the page').default('report'))
    .action(async (options) => setExit(await (await import('./run/reproduce-command.js')).reproduceCommand(options)));
}

function setExit(code: number): void {
  process.exitCode = code;
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** Commander names the option in front of the message. */
function argument<T>(parse: (text: string) => T): (text: string) => T {
  return (text) => {
    try {
      return parse(text);
    } catch (error) {
      throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
    }
  };
}
