#!/usr/bin/env node
import { exitCodeOf, printError } from './errors.js';
import { buildProgram } from './program.js';

/** As a shell reports a program that was ended by SIGPIPE. */
const brokenPipe = 141;

// Whoever read our output may leave early (`descent ... | head`): that ends us, without a word.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(brokenPipe);
  throw error;
});

const debug = process.argv.includes('--debug');
try {
  const program = await buildProgram(process.argv);
  await program.parseAsync();
} catch (error) {
  printError(error, debug);
  process.exitCode = exitCodeOf(error);
}
