/**
 * An error that the user can mend: bad input, a missing file, a spec that makes no sense.
 * Its message is complete by itself (`where: expected, got`), so that it is printed without a stack trace.
 */
export class UserError extends Error {
  override readonly name: string = 'UserError';
}

/**
 * A spec (of a network, trial, experiment) that is not valid; `path` names the field, e.g. `model.layers[2].kernel`.
 */
export class SpecError extends UserError {
  override readonly name = 'SpecError';
  readonly path: string;
  /** The message without the path. */
  readonly problem: string;

  constructor(path: string, problem: string) {
    super(path === '' ? problem : `${path}: ${problem}`);
    this.path = path;
    this.problem = problem;
  }
}
