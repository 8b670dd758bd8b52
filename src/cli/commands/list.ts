import type { Command } from 'commander';

/** Adds `descent list`. */
export function addList(program: Command): void {
  program
    .command('list')
    .description('the experiments, what each asks, and how long it takes')
    .action(async () => (await import('../run/list-command.js')).listCommand());
}
