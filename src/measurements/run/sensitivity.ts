import { type InputSensitivity, inputSensitivity } from '../../measures/sensitivity/sensitivity.js';
import type { MeasureContext, RawResult } from '../measurement.js';
import { finiteParameters } from './objective.js';
import { atMost, samplesOf } from './samples.js';

/** How much a trained network's outputs answer to its inputs, on images that it was trained on and on others. */
export async function measureSensitivity(context: MeasureContext<{ readonly samples: number }>): Promise<RawResult> {
  const { measure, networks, loadMnist, onProgress } = context;
  const trained = networks[0]!;
  const { train, test } = await samplesOf(trained, loadMnist);
  const params = finiteParameters(trained.id, trained.parameters);
  const sets = [train, ...(test ? [test] : [])].map((set) => atMost(set, measure.samples));
  const [onTrain, onTest] = sets.map((set, i) =>
    inputSensitivity(trained.network, params, set, (share) => onProgress((i + share) / sets.length)),
  ) as [InputSensitivity, InputSensitivity?];
  return {
    values: {
      logitsTrain: onTrain.logits.mean,
      logitsTrainError: onTrain.logits.standardError,
      probabilitiesTrain: onTrain.probabilities.mean,
      probabilitiesTrainError: onTrain.probabilities.standardError,
      ...(onTest && {
        logitsTest: onTest.logits.mean,
        logitsTestError: onTest.logits.standardError,
        probabilitiesTest: onTest.probabilities.mean,
        probabilitiesTestError: onTest.probabilities.standardError,
      }),
    },
  };
}
