import { CommanderError } from 'commander';
import { UserError } from '../base/errors.js';

/**
 * Exit codes: 2 for what the user can mend in the call or in the files it names, 1 for a failure of the work itself.
 */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  return error instanceof UserError || pathProblem(error) !== undefined ? 2 : 1;
}

/**
 * What the system says of a path that is not what it should be: a file in a folder's place, no permission, a disk that
 * can only be read.
 */
const pathCodes = ['EACCES', 'EEXIST', 'EISDIR', 'ELOOP', 'ENAMETOOLONG', 'ENOENT', 'ENOTDIR', 'EPERM', 'EROFS'];

function pathProblem(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, syscall, path }: NodeJS.ErrnoException = error;
  if (path === undefined || !pathCodes.includes(code ?? '')) return undefined;
  return `${path}: expected a path that ${syscall} can work on, got ${code}`;
}

/** One clear line for each problem on stderr; the stack only on demand. */
export function printError(error: unknown, debug: boolean): void {
  // Commander has printed its own errors already.
  if (error instanceof CommanderError && !debug) return;
  process.stderr.write(`${errorText(error, debug)}\n`);
}

function errorText(error: unknown, debug: boolean): string {
  if (!(error instanceof Error)) return `descent: ${String(error)}`;
  if (debug) return error.stack ?? error.message;
  const problem = pathProblem(error);
  if (problem !== undefined) return `descent: ${problem}`;
  if (error instanceof UserError) return error.message.replaceAll(/^/gm, 'descent: ');
  return `descent: unexpected error: ${error.message.split('\n')[0]} (--debug shows where)`;
}
