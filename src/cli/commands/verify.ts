import type { Command } from 'commander';
import { changed, json, preset, setExit, store } from './options.js';

/** Adds `descent verify`. */
export function addVerify(program: Command): void {
  program
    .command('verify')
    .description('the verdict on every claim, from what was run; exit code 0 if all could be given')
    .argument('[id...]', 'experiments, or all (default: those that were run)')
    .addOption(preset('runs to judge by (default: the report and study sizes, else the largest that was run)'))
    .addOption(changed())
    .addOption(store())
    .addOption(json('one JSON object for each verdict'))
    .action(async (ids, options) =>
      setExit(await (await import('../run/verify-command.js')).verifyCommand(ids, options)),
    );
}
