import type { Dataset } from '../../../base/dataset.js';
import { Mt19937 } from '../../../base/mt19937.js';
import { createNetwork, inferShapes, type NetworkSpec } from '../../../engine/index.js';
import { lossesByKind } from '../../../engine/losses/index.js';
import { product } from '../../../engine/shapes.js';
import type { TimedNetwork } from '../../../tasks/cost/cost.js';

/** Milliseconds of one optimizer step, and of one sample on its way forward. */
export interface NetworkSpeed {
  readonly stepMs: number;
  readonly evaluatedMs: number;
}

/** Long enough for the clock, and for a processor to settle. */
const leastMs = 30;
/** Larger batches take their time in proportion. */
const largestBatch = 1000;
/** Of an image's pixels so many are not blank, as in MNIST. */
const inkShare = 0.19;

/** Steps and evaluates a network on made-up samples for some 0.1 s. */
export async function measureNetworkSpeed({
  network: spec,
  loss,
  inputs,
  optimizer,
  batchSize,
}: TimedNetwork): Promise<NetworkSpeed> {
  const count = Math.min(batchSize, largestBatch);
  const data = madeUpSamples(spec, count, lossesByKind[loss].targets === 'labels', inputs === 'bytes');
  const network = await createNetwork(spec, { loss, inputs, optimizer: { kind: optimizer, learningRate: 1e-6 } });
  const rng = new Mt19937(1);
  network.setParameters(Float32Array.from({ length: network.parameterCount }, () => rng.next() / 2 ** 34 - 0.125));
  // Batches in an order of their own, so that their samples are read again each time, as in training.
  const order = batchSize === data.size ? null : Int32Array.from({ length: count }, (_, i) => count - 1 - i);
  const stepMs = timed(() => network.step({ data, order, start: 0, count }, false));
  const evaluatedMs = timed(() => network.evaluate(data)) / count;
  return { stepMs: (stepMs * batchSize) / count, evaluatedMs };
}

/** Multiplications and additions of plain float64 code, a millisecond. */
export function measureProductsPerMs(): number {
  const values = Float64Array.from({ length: 4096 }, (_, i) => 1 / (i + 1));
  let sum = 0;
  const ms = timed(() => {
    for (let i = 0; i < values.length; i++) sum += values[i]! * values[values.length - 1 - i]!;
  });
  return sum > 0 ? values.length / ms : Number.POSITIVE_INFINITY;
}

/** Mean time of a call, the first one left out. */
function timed(work: () => void): number {
  work();
  const start = performance.now();
  let calls = 0;
  while (performance.now() - start < leastMs) {
    work();
    calls++;
  }
  return (performance.now() - start) / calls;
}

function madeUpSamples(spec: NetworkSpec, size: number, hasLabels: boolean, isBytes: boolean): Dataset {
  const rng = new Mt19937(2);
  const width = product(spec.input);
  const outputs = product(inferShapes(spec).at(-1)!.output);
  const uniform = (): number => rng.next() / 2 ** 32;
  const length = size * width;
  return {
    name: 'made-up samples',
    size,
    inputShape: spec.input,
    inputs: isBytes
      ? Uint8Array.from({ length }, () => (uniform() < inkShare ? 255 * uniform() : 0))
      : Float32Array.from({ length }, () => 2 * uniform() - 1),
    targets: hasLabels
      ? Uint8Array.from({ length: size }, () => outputs * uniform())
      : Float32Array.from({ length: size * outputs }, uniform),
  };
}
