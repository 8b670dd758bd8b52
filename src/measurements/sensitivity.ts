import { type InputSensitivity, inputSensitivity } from '../measures/sensitivity/sensitivity.js';
import { atMost, type MeasureContext, networkSpecOf, type RawResult, samplesOf } from './context.js';
import { finiteParameters } from './objective.js';

/** How much a trained network's outputs answer to its inputs, on images that it was trained on and on others. */
export async function measureSensitivity(context: MeasureContext<'sensitivity'>): Promise<RawResult> {
  const { measure, trials, loadMnist, onProgress } = context;
  const { id, spec, parameters } = trials[0]!;
  const { train, test } = await samplesOf(spec, loadMnist);
  const params = finiteParameters(id, parameters);
  const sets = [train, ...(test ? [test] : [])].map((set) => atMost(set, measure.samples));
  const [onTrain, onTest] = sets.map((set, i) =>
    inputSensitivity(networkSpecOf(spec), params, set, (share) => onProgress((i + share) / sets.length)),
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
