import type { Command } from 'commander';
import { json, store } from './options.js';

/** Adds `descent merge`. */
export function addMerge(program: Command): void {
  program
    .command('merge')
    .description('take the results of other stores into one; every byte of them is checked first')
    .argument('<dir...>', 'folders of results, as run --shard on other machines has filled them')
    .addOption(store())
    .addOption(json('one JSON object'))
    .action(async (dirs, options) => (await import('../merge/merge-command.js')).mergeCommand(dirs, options));
}
