import type { NetworkOptions } from '../../engine/network/network.js';
import { networkBytes } from '../../engine/network/network.js';
import type { NetworkSpec } from '../../engine/network-spec.js';
import type { TaskSpec } from '../task.js';
import { costOf, measurementNumbers, type SpecOf } from './cost.js';

const float64Bytes = 8;

/** Finds the bytes that tasks take at once: what networks and matrices are planned to take, without any of it. */
export function memoryPlanner(specOf: SpecOf): (task: { readonly spec: TaskSpec }) => Promise<number> {
  const planned = new Map<string, Promise<number>>();
  const networkOnce = (network: NetworkSpec, options: NetworkOptions): Promise<number> => {
    const key = JSON.stringify([network, options]);
    const known = planned.get(key) ?? networkBytes(network, options);
    planned.set(key, known);
    return known;
  };
  return async (task) => {
    const { spec } = task;
    const of = costOf(task, specOf)?.of;
    const isTrial = spec.kind !== 'measurement';
    const options = isTrial ? { optimizer: spec.optimizer } : { curvature: true };
    const network = of ? await networkOnce(of.network, { loss: of.loss, inputs: of.inputs, ...options }) : 0;
    return network + (isTrial ? 0 : float64Bytes * measurementNumbers(spec, specOf));
  };
}
