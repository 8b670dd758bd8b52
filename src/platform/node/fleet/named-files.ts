import { readFileSync } from 'node:fs';
import { UserError } from '../../../base/errors.js';

/**
 * The text of the file that a variable of the environment names; undefined where it names none. Passwords, tokens and
 * certificates come in this way alone.
 * @throws UserError if the file cannot be read
 */
export function fileNamedBy(variable: string): string | undefined {
  const path = process.env[variable];
  if (path === undefined || path === '') return undefined;
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new UserError(`${path}: expected a file that can be read, as ${variable} names it, got none`);
  }
}
