import { Command, Option } from 'commander';
import { packageVersion } from '../platform/node/package-version.js';
import { addCommands } from './commands/index.js';

/** All commands, their options, and nothing of what they do. `args`: what the program is called with. */
export async function buildProgram(args: readonly string[]): Promise<Command> {
  const program = new Command('descent')
    .description('A laboratory for how neural networks learn: classic experiments re-run to the bit.')
    .version(packageVersion())
    .option('--debug', 'show stack traces of errors')
    .addOption(kernels())
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(`descent: ${oneLine(text)}\n`) });
  for (const add of addCommands) await add(program, args);
  program.hook('preAction', chooseKernels);
  return program;
}

const kernels = (): Option =>
  new Option('--kernels <tier>', 'what computes (default: native kernels where npm run turbo has built them)')
    .choices(['wasm', 'native'])
    .env('DESCENT_KERNELS');

/** Commands that step networks. */
const stepping = new Set(['run', 'train', 'measure', 'reproduce', 'doctor', 'study', 'verify', 'work']);

/** Whether a call steps networks; `verify` only where it computes again. */
const steps = (command: Command): boolean =>
  stepping.has(command.name()) && (command.name() !== 'verify' || command.opts()['check'] !== undefined);

async function chooseKernels(program: Command, command: Command): Promise<void> {
  if (!steps(command)) return;
  const choose = await import('../platform/node/native/choose-kernels.js');
  const leftAside = choose.chooseKernels(program.opts()['kernels']);
  if (leftAside !== undefined) console.error(`descent: ${leftAside}`);
}

function oneLine(text: string): string {
  return text
    .replace(/^error: /, '')
    .trim()
    .replaceAll(/\s*\n\s*/g, ' ');
}
