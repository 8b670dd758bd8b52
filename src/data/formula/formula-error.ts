import { UserError } from '../../base/errors.js';

/** What is wrong with a formula, and where: `at` counts characters from 0, the message from 1. */
export class FormulaError extends UserError {
  readonly at: number;

  constructor(at: number, expected: string, got: string) {
    super(`expected ${expected} at position ${at + 1}, got ${got}`);
    this.at = at;
  }
}
