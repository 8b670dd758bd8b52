import type { Command } from 'commander';
import { data, json, number, setExit, store } from './options.js';

/** Adds `descent measure`. */
export function addMeasure(program: Command): void {
  program
    .command('measure')
    .description('measure trained networks: curvature, landscape, sensitivity')
    .argument(
      '<what...>',
      'trials (ids in the store, or their beginnings) or files with weights (.safetensors), and one of hessian, spectrum, curvature, surface, interpolate, sensitivity, sharpness, trajectory, predictions, gridError',
    )
    .option('--model <spec>', 'of files with weights: the JSON of a trial with their model, data and loss')
    .addOption(number('--samples <n>', 'how many samples to measure on (default: 1000)'))
    .option('--alphas <list>', 'interpolate: where to look (default: 31 points from -1 to 2)')
    .addOption(number('--points <n>', 'surface, gridError: points a side (default: 21, 10000)'))
    .option('--plane <name>', 'surface: random, or trajectory, in which the snapshots vary most (default: random)')
    .option('--span <x>', "surface: how far to go, in the weights' own size, or in the path's (default: 1)")
    .option('--epsilon <x>', 'sharpness: size of the box (default: 0.001)')
    .option('--tolerance <x>', 'hessian: share of the largest eigenvalue below which one counts as zero')
    .addOption(number('--products <n>', 'curvature, spectrum: products with the Hessian, at most (default: 100, 80)'))
    .addOption(number('--probes <n>', 'spectrum: random vectors (default: 10)'))
    .addOption(number('--components <n>', 'trajectory: how many (default: 2)'))
    .addOption(number('--seed <n>', 'of random vectors (default: 1)'))
    .option(
      '--figure <file>',
      'hessian, spectrum, surface, interpolate, trajectory: draw it, as .svg, .png or .json (Vega-Lite)',
    )
    .addOption(store())
    .addOption(data())
    .addOption(json('one JSON object with all values and columns'))
    .action(async (what, options) =>
      setExit(await (await import('../measure/measure-command.js')).measureCommand(what, options)),
    );
}
