import type { Dataset } from '../../base/dataset.js';
import { UserError } from '../../base/errors.js';
import type { Network } from '../../engine/network/network.js';

/** Loss over a whole set, and accuracy where there are labels. */
export interface SetEvaluation {
  readonly loss: number;
  readonly accuracy?: number;
}

/** What a landscape shows at one point. */
export interface LandscapeValue {
  readonly train?: SetEvaluation;
  readonly test?: SetEvaluation;
}

/**
 * Anything that is a function of the parameters. The array is used again for the next point: keep a copy, not the
 * array.
 */
export type Evaluator<T> = (params: Float32Array) => T;

/**
 * The loss and accuracy of a network over whole sets, dropout off, at any parameters. The network is left with the last
 * ones that were asked for.
 *
 * Cost: one evaluation of each set a point.
 * @throws UserError if there is no set
 */
export function networkEvaluator(
  network: Network,
  { train, test }: { readonly train?: Dataset; readonly test?: Dataset },
): Evaluator<LandscapeValue> {
  if (!train && !test) throw new UserError('landscape: expected a training or a test set, got neither');
  const evaluate = (data: Dataset): SetEvaluation => {
    const { loss, accuracy } = network.evaluate(data);
    return accuracy === undefined ? { loss } : { loss, accuracy };
  };
  return (params) => {
    network.setParameters(params);
    return { ...(train && { train: evaluate(train) }), ...(test && { test: evaluate(test) }) };
  };
}
