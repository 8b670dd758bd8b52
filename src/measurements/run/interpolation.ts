import { createNetwork, inputKind } from '../../engine/index.js';
import { interpolate, interpolationAlphas } from '../../measures/landscape/interpolation.js';
import { lossBarrier } from '../../measures/landscape/loss-barrier.js';
import { networkEvaluator } from '../../measures/objective/evaluator.js';
import type { MeasureContext, RawResult } from '../measurement.js';
import { requireSameNetwork } from './same-network.js';
import { samplesOf } from './samples.js';

/**
 * Loss and accuracy along the line through two trained networks, untouched, and the barriers between them. The data is
 * the first network's.
 */
export async function measureInterpolation(
  context: MeasureContext<{ readonly alphas: readonly number[] }>,
): Promise<RawResult> {
  const { measure, networks, loadMnist, onProgress } = context;
  const [from, to] = requireSameNetwork(networks);
  const sets = await samplesOf(from, loadMnist);
  const network = await createNetwork(from.network, { loss: from.loss, inputs: inputKind(sets.train) });
  const evaluate = networkEvaluator(network, sets);
  const count = interpolationAlphas(measure.alphas).length;
  let done = 0;
  const points = interpolate({ from: from.parameters, to: to.parameters, alphas: measure.alphas }, (params) => {
    const value = evaluate(params);
    onProgress(++done / count);
    return value;
  });
  const alpha = points.map((point) => point.alpha);
  const column = (set: 'train' | 'test', what: 'loss' | 'accuracy'): number[] | undefined => {
    const values = points.map(({ value }) => value[set]?.[what]);
    return values.every((value) => value !== undefined) ? (values as number[]) : undefined;
  };
  const [trainLoss, testLoss] = [column('train', 'loss')!, column('test', 'loss')];
  const [trainAccuracy, testAccuracy] = [column('train', 'accuracy'), column('test', 'accuracy')];
  return {
    values: {
      barrierTrain: lossBarrier(alpha, trainLoss).height,
      ...(testLoss && { barrierTest: lossBarrier(alpha, testLoss).height }),
    },
    columns: {
      alpha,
      trainLoss,
      ...(trainAccuracy && { trainAccuracy }),
      ...(testLoss && { testLoss }),
      ...(testAccuracy && { testAccuracy }),
    },
  };
}
