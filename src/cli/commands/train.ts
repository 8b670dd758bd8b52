import { type Command, Option } from 'commander';
import { checkpointEvery, data, json, setExit, store } from './options.js';

/** Adds `descent train`. */
export function addTrain(program: Command): void {
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
      setExit(await (await import('../run/train-command.js')).trainCommand(spec, options)),
    );
}
