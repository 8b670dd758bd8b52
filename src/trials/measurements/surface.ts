import { createNetwork, inputKind } from '../../engine/index.js';
import { networkEvaluator } from '../../measures/evaluator.js';
import { randomDirections } from '../../measures/filter-normalization.js';
import { evenGrid } from '../../measures/grid.js';
import { planeSlice } from '../../measures/surface.js';
import { atMost, type MeasureContext, networkSpecOf, type RawResult, samplesOf } from './context.js';

/** The loss over a plane through a trial's end, along two random directions with filters of the network's own size. */
export async function measureSurface(context: MeasureContext<'surface'>): Promise<RawResult> {
  const { measure, trials, seed, loadMnist, onProgress } = context;
  const { spec, parameters } = trials[0]!;
  const { train, test } = await samplesOf(spec, loadMnist);
  const sets = { train: atMost(train, measure.samples), ...(test && { test: atMost(test, measure.samples) }) };
  const network = await createNetwork(networkSpecOf(spec), { loss: spec.loss, inputs: inputKind(train) });
  const evaluate = networkEvaluator(network, sets);
  const grid = evenGrid(-measure.span, measure.span, measure.points);
  const [first, second] = randomDirections(parameters, network.parameterShapes, { seed });
  let done = 0;
  const rows = planeSlice(
    parameters,
    [
      { direction: first!, grid },
      { direction: second!, grid },
    ],
    (params) => {
      onProgress(++done / grid.length ** 2);
      return evaluate(params);
    },
  );
  const points = rows.flat();
  return {
    columns: {
      a: grid.flatMap((a) => grid.map(() => a)),
      b: grid.flatMap(() => grid),
      trainLoss: points.map(({ train }) => train!.loss),
      ...(test && { testLoss: points.map(({ test }) => test!.loss) }),
    },
  };
}
