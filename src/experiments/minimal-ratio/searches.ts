import type { MeasurementArm, Protocol } from '../../study/experiment.js';
import type { PresetName } from '../../study/names.js';
import { fullSize, miniature, type PresetWords, presets } from '../../study/vocabulary/index.js';

/** Searches for points of zero gradient, as intended. */

interface Search {
  readonly id: string;
  readonly label: string;
  readonly widths: readonly number[];
  readonly method: 'saddleFreeNewton' | 'dampedNewton';
}

const minima = (id: string, widths: readonly number[]): Search => ({
  id,
  label: `${widths.join('-')}, minima`,
  widths,
  method: 'saddleFreeNewton',
});

const anyZero = (id: string, widths: readonly number[]): Search => ({
  id,
  label: `${widths.join('-')}, any zero`,
  widths,
  method: 'dampedNewton',
});

/** Saddle-free Newton steps end at minima; damped Newton steps at whatever is near, saddles most of all. */
export const searches: readonly Search[] = [
  minima('minimum-h5', [1, 5, 1]),
  anyZero('saddle-h5', [1, 5, 1]),
  minima('minimum-h10', [1, 10, 1]),
  anyZero('saddle-h10', [1, 10, 1]),
  minima('minimum-h20', [1, 20, 1]),
  minima('minimum-deep', [1, 5, 10, 5, 1]),
];

/** How a point is searched for. */
export const search = { points: 100, warmUpEpochs: 300, gradNorm: 1e-8 } as const;

const measurementOf = ({ id, label, widths, method }: Search): MeasurementArm => ({
  id,
  label,
  measure: {
    name: 'criticalPoint',
    model: { kind: 'mlp', widths, activation: 'relu' },
    data: { kind: 'function', name: 'sinc', points: search.points },
    warmUpEpochs: search.warmUpEpochs,
    gradNorm: search.gradNorm,
    maxSteps: method === 'dampedNewton' ? 100 : 300,
    method,
    attempts: 4,
  },
  of: [],
});

const seeds = { smoke: 2, quick: 10, study: 170 } as const;
const run = { smoke: searches.slice(0, 2), quick: searches.slice(0, 3), study: searches } as const;
const words: Readonly<Record<keyof typeof seeds, PresetWords>> = {
  smoke: miniature(`${seeds.smoke * run.smoke.length} points of the smallest network.`),
  quick: miniature(`${seeds.quick} points for each of the smaller networks.`),
  study: fullSize(`${seeds.study} starts for each network and each kind of search: up to a third of them end nowhere.`),
};
const sizeOf = (name: PresetName): keyof typeof seeds => (name === 'report' ? 'study' : name);

/** A search from every seed for every network. */
export const intendedPresets: Protocol['presets'] = presets(seeds, (name) => ({
  arms: [],
  measurements: run[sizeOf(name)].map(measurementOf),
  ...words[sizeOf(name)],
}));
