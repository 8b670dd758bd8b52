import { createNetwork, inputKind } from '../../engine/index.js';
import { planeSlice } from '../../measures/landscape/surface.js';
import { networkEvaluator } from '../../measures/objective/evaluator.js';
import type { MeasureContext, RawResult } from '../measurement.js';
import { atMost, samplesOf } from './samples.js';
import { randomPlane, type SurfaceOptions, trajectoryPlane } from './surface-plane.js';

/**
 * The loss over a plane: through a trial's end along random directions, or the one in which its snapshots vary most.
 */
export async function measureSurface(context: MeasureContext<SurfaceOptions>): Promise<RawResult> {
  const { measure, networks, loadMnist, onProgress } = context;
  const trained = networks[0]!;
  const { train, test } = await samplesOf(trained, loadMnist);
  const sets = { train: atMost(train, measure.samples), ...(test && { test: atMost(test, measure.samples) }) };
  const network = await createNetwork(trained.network, { loss: trained.loss, inputs: inputKind(train) });
  const evaluate = networkEvaluator(network, sets);
  const planeOf = measure.plane === 'trajectory' ? trajectoryPlane : randomPlane;
  const total = measure.points ** 2;
  // Finding the plane counts as a part of the first point.
  const { center, axes, values, columns } = planeOf(
    { ...context, onProgress: (share) => onProgress(share / total) },
    network.parameterShapes,
  );
  let done = 0;
  const points = planeSlice(center, axes, (params) => {
    onProgress(++done / total);
    return evaluate(params);
  }).flat();
  const [a, b] = axes.map(({ grid }) => grid) as [readonly number[], readonly number[]];
  return {
    values,
    columns: ofOneLength({
      a: a.flatMap((step) => b.map(() => step)),
      b: a.flatMap(() => b),
      trainLoss: points.map(({ train }) => train!.loss),
      ...(test && { testLoss: points.map(({ test }) => test!.loss) }),
      ...columns,
    }),
  };
}

/** Shorter columns go on as NaN, which a result tells as null. */
function ofOneLength(columns: Readonly<Record<string, ArrayLike<number>>>): Record<string, readonly number[]> {
  const length = Object.values(columns).reduce((most, column) => Math.max(most, column.length), 0);
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, Array.from({ length }, (_, i) => column[i] ?? Number.NaN)]),
  );
}
