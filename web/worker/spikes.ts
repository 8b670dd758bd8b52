import { lowerBound } from '../../src/base/lower-bound.js';

/** Rows around a value, and how far it must stand above their median: what section 1.2.2 counts as a spike. */
const window = 101;
const above = 3;
const half = (window - 1) / 2;

/** Looks for spikes in values as they come. */
export interface SpikeWatch {
  /** Returns the step of a spike that began half a window ago, once that many values follow it. */
  add(step: number, value: number): number | undefined;
}

/** A watch that has seen nothing yet. */
export function watchSpikes(): SpikeWatch {
  const steps: number[] = [];
  const values: number[] = [];
  const sorted: number[] = [];
  let inSpike = true;
  return {
    add(step, value) {
      const finite = Number.isFinite(value) ? value : Number.MAX_VALUE;
      steps.push(step);
      values.push(finite);
      sorted.splice(lowerBound(sorted, finite), 0, finite);
      if (values.length < window) return undefined;
      const isSpike = values[half]! > above * sorted[half]!;
      const begins = isSpike && !inSpike;
      inSpike = isSpike;
      const at = steps[half]!;
      steps.shift();
      sorted.splice(lowerBound(sorted, values.shift()!), 1);
      return begins ? at : undefined;
    },
  };
}
