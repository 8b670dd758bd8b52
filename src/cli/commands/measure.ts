import { type Command, Option } from 'commander';
import { data, json, number, setExit, store } from './options.js';

/**
 * Adds `descent measure`. What it takes are the options of all measurements, which need the engine: they are loaded
 * only if the command is named among the arguments.
 */
export async function addMeasure(program: Command, args: readonly string[]): Promise<void> {
  const { figureWords, measureWords, shownOptions } = args.includes('measure')
    ? await import('../measure/measure-options.js')
    : { figureWords: [], measureWords: [], shownOptions: () => [] };
  const command = program
    .command('measure')
    .description('measure trained networks: curvature, landscape, sensitivity')
    .argument(
      '<what...>',
      'trials (ids in the store, or their beginnings) or files with weights (.safetensors), and one of ' +
        measureWords.join(', '),
    );
  for (const { flag, value, about, isCount } of shownOptions()) {
    const flags = `--${flag} <${value}>`;
    command.addOption(isCount ? number(flags, about) : new Option(flags, about));
  }
  command
    .option('--model <spec>', 'of files with weights: the JSON of a trial with their model, data and loss')
    .addOption(number('--seed <n>', 'of random vectors (default: 1)'))
    .option('--figure <file>', `${figureWords.join(', ')}: draw it, as .svg, .png or .json (Vega-Lite)`)
    .addOption(store())
    .addOption(data())
    .addOption(json('one JSON object with all values and columns'))
    .action(async (what, options) =>
      setExit(await (await import('../measure/measure-command.js')).measureCommand(what, options)),
    );
}
