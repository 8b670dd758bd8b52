import { tensorsOf } from '../../src/lab/safetensors.js';
import type { OpenTrial } from '../../src/tasks/time-travel/open-trial.js';
import type { PanelData } from './protocol.js';

const bins = 41;

/** The weights of each layer, without biases, in even bins around 0. */
export function histograms({ state, parameterShapes }: OpenTrial): NonNullable<PanelData['histogram']> {
  return tensorsOf(state().parameters, parameterShapes)
    .filter(({ shape }) => shape.length > 1)
    .map(({ name, values }) => {
      const reach = values.reduce(
        (most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most),
        0,
      );
      const [low, high] = reach === 0 ? [-1, 1] : [-reach, reach];
      const counts = new Array<number>(bins).fill(0);
      for (const value of values) {
        if (Number.isFinite(value)) counts[Math.min(bins - 1, Math.floor(((value - low) / (high - low)) * bins))]!++;
      }
      return { name, low, high, counts };
    });
}
