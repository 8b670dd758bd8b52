import { type Command, Option } from 'commander';
import { parseProtocol, protocolChoices } from '../run/presets.js';
import { argument, collect, data, fleet, json, number, results, setExit, store, time, workers } from './options.js';

/** Adds `descent study`. */
export function addStudy(program: Command): void {
  const command = program
    .command('study')
    .description('add seeds to registered claims until they are decided; may be stopped and resumed at any time')
    .argument('[id...]', 'experiments, or files with one of your own (default: all)')
    .option('--until-decided', 'run; without it, only say what each claim would take')
    .addOption(time('--budget <time>', 'time that may be used, as 2h, 30m or 90s'))
    .addOption(number('--max-seeds <n>', 'seeds of a claim, at most (default: 4000)'))
    .addOption(number('--rounds <n>', 'rounds of seeds, at most'))
    .addOption(
      new Option('--protocol <name>', `claims under: ${protocolChoices.join(', ')}`)
        .argParser(argument(parseProtocol))
        .default('all'),
    )
    .option('--claim <id>', 'this claim alone (repeatable)', collect, [])
    .addOption(workers())
    .addOption(store())
    .addOption(data())
    .addOption(results())
    .addOption(json('one JSON object a line'))
    .action(async (ids, options) =>
      setExit(await (await import('../study/study-command.js')).studyCommand(ids, options)),
    );
  for (const option of fleet()) command.addOption(option);
}
