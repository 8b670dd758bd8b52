import { type Command, Option } from 'commander';
import { data, preset, setExit, store, workers } from './options.js';

/** Adds `descent reproduce`. */
export function addReproduce(program: Command): void {
  program
    .command('reproduce')
    .description('run experiments in miniature, say what came of each, and write the page')
    .argument('[id...]', 'experiments (default: all)')
    .addOption(preset('size of the experiments').default('quick'))
    .addOption(workers())
    .addOption(store())
    .addOption(data())
    .addOption(new Option('--out <dir>', 'folder of the page').default('report'))
    .action(async (ids, options) =>
      setExit(await (await import('../reproduce/reproduce-command.js')).reproduceCommand(ids, options)),
    );
}
