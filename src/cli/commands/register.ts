import type { Command } from 'commander';
import { results, setExit, store } from './options.js';

/** Adds `descent register`. */
export function addRegister(program: Command): void {
  program
    .command('register')
    .description('register claims before their first confirmatory seed is run')
    .argument('[id...]', 'experiments, or files with one of your own (default: all)')
    .option('--check', 'only compare the register with the claims; exit code 1 if one was changed')
    .addOption(results())
    .addOption(store())
    .action(async (ids, options) =>
      setExit(await (await import('../study/register-command.js')).registerCommand(ids, options)),
    );
}
