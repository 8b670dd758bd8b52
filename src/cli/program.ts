import { Command } from 'commander';
import { packageVersion } from '../platform/node/package-version.js';
import { addCommands } from './commands/index.js';

/** All commands, their options, and nothing of what they do. `args`: what the program is called with. */
export async function buildProgram(args: readonly string[]): Promise<Command> {
  const program = new Command('descent')
    .description('A laboratory for how neural networks learn: classic experiments re-run to the bit.')
    .version(packageVersion())
    .option('--debug', 'show stack traces of errors')
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(`descent: ${oneLine(text)}\n`) });
  for (const add of addCommands) await add(program, args);
  return program;
}

function oneLine(text: string): string {
  return text
    .replace(/^error: /, '')
    .trim()
    .replaceAll(/\s*\n\s*/g, ' ');
}
