import { type Command, Option } from 'commander';
import { parseCount, parsePercent } from '../arguments.js';
import { argument, data, json, results, setExit, store, workers } from './options.js';

/** Adds `descent verify`. */
export function addVerify(program: Command): void {
  program
    .command('verify')
    .description('the verdict on every claim, from the ledger; with --check a share of it is computed again')
    .argument('[id...]', 'experiments, files with one of your own, or all (default: all)')
    .addOption(
      new Option('--check <share>', 'compute this share of the ledger again, and compare to the bit').argParser(
        argument(parsePercent),
      ),
    )
    .addOption(
      new Option('--seed <n>', 'chooses that share (default: another each time)').argParser(argument(parseCount)),
    )
    .addOption(workers())
    .addOption(data())
    .addOption(results())
    .addOption(store())
    .addOption(json('one JSON object for each verdict'))
    .action(async (ids, options) =>
      setExit(await (await import('../run/verify-command.js')).verifyCommand(ids, options)),
    );
}
