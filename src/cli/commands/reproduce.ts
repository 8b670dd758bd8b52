import { type Command, Option } from 'commander';
import { data, setExit, store, workers } from './options.js';

/** Adds `descent reproduce`. */
export function addReproduce(program: Command): void {
  program
    .command('reproduce')
    .description('run the quick preset of everything and write the page')
    .addOption(workers())
    .addOption(store())
    .addOption(data())
    .addOption(new Option('--out <dir>', 'folder of the page').default('report'))
    .action(async (options) => setExit(await (await import('../run/reproduce-command.js')).reproduceCommand(options)));
}
