import { type Command, Option } from 'commander';
import { changed, preset, results, setExit, store } from './options.js';

/** Adds `descent report`. */
export function addReport(program: Command): void {
  program
    .command('report')
    .description('write the page with all figures and tables')
    .addOption(new Option('--out <dir>', 'folder of the page').default('report'))
    .addOption(store())
    .addOption(results())
    .addOption(preset('size to show (default: the report and study sizes, else the largest that was run)'))
    .addOption(changed())
    .action(async (options) => setExit(await (await import('../report/report-command.js')).reportCommand(options)));
}
