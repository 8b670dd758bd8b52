import type { Command } from 'commander';
import { json, store } from './options.js';

/** Adds `descent query`. */
export function addQuery(program: Command): void {
  program
    .command('query')
    .description('SQL over all results: the views are trials, metrics, measurements and runs')
    .argument('<sql>', `e.g. "SELECT arm, min(loss) FROM metrics JOIN runs USING (id) GROUP BY arm"`)
    .addOption(store())
    .addOption(json('one JSON object for each row'))
    .action(async (sql, options) => (await import('../report/query-command.js')).queryCommand(sql, options));
}
