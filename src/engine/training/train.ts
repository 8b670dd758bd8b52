import type { Dataset } from '../../base/dataset.js';
import { createNetwork, type Evaluation, inputKind } from '../network/network.js';
import type { LossName, NetworkSpec } from '../network-spec.js';
import type { TrainOptions } from './options.js';
import { pausing } from './pausing.js';
import type { TrainResult } from './run.js';
import { createTrainer } from './trainer.js';

/**
 * Trains a network to its end: `createTrainer`, run without a pause.
 * @throws SpecError if the options do not fit together
 */
export async function train(options: TrainOptions): Promise<TrainResult> {
  const trainer = await createTrainer(options);
  trainer.run(pausing(options, trainer.state));
  return trainer.finish();
}

/**
 * Outputs of a network with the given parameters for every sample (logits for crossEntropy).
 * Shapes: parameters in PyTorch's order, result [size, outputs].
 */
export async function predict(
  network: NetworkSpec,
  parameters: Float32Array,
  data: Dataset,
): Promise<Float32Array<ArrayBuffer>> {
  const made = await createNetwork(network, { loss: 'mse', inputs: inputKind(data) });
  made.setParameters(parameters);
  return made.predict(data);
}

/** Loss and accuracies of a network with the given parameters, dropout off. Shapes: parameters in PyTorch's order. */
export async function evaluate(
  network: NetworkSpec,
  parameters: Float32Array,
  loss: LossName,
  data: Dataset,
): Promise<Evaluation> {
  const made = await createNetwork(network, { loss, inputs: inputKind(data) });
  made.setParameters(parameters);
  return made.evaluate(data);
}
