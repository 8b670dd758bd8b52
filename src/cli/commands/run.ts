import { type Command, Option } from 'commander';
import { parseShard } from '../../lab/shard.js';
import { parseCount, parseSeeds } from '../arguments.js';
import { parseProtocol, protocolChoices } from '../run/presets.js';
import { argument, checkpointEvery, collect, data, fleet, json, preset, setExit, store, workers } from './options.js';

/** Adds `descent run`. */
export function addRun(program: Command): void {
  const command = program
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
      new Option(
        '--twins <k>',
        'rounding twins of each trial, one unit in the last place away (default: those of the preset)',
      ).argParser(argument((text: string) => (text === '0' ? 0 : parseCount(text)))),
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
    .addOption(
      new Option(
        '--shard <i/n>',
        'one of n parts of the tasks, for a machine of its own (descent merge joins the stores)',
      ).argParser(argument(parseShard)),
    )
    .addOption(checkpointEvery())
    .option('--dry-run', 'print the tasks and the time that they take here, and stop')
    .addOption(json('one JSON object a line'))
    .action(async (ids, options) => setExit(await (await import('../run/run-command.js')).runCommand(ids, options)));
  for (const option of fleet()) command.addOption(option);
}
