import type { ActivationName } from '../../engine/network-spec.js';
import type { MeasurementArm, Protocol } from '../../study/experiment.js';
import type { PresetName } from '../../study/names.js';
import { fullSize, miniature, type PresetWords, presets } from '../../study/vocabulary/index.js';

/** Searches for points of zero gradient, as intended. */

/** A network, and how a zero of its gradient is looked for. */
export interface Search {
  readonly id: string;
  readonly label: string;
  readonly widths: readonly number[];
  readonly method: 'saddleFreeNewton' | 'dampedNewton';
  /** Default relu. */
  readonly activation?: ActivationName;
  /** Of Adam, before the search. Default 300 epochs at 0.001. */
  readonly warmUpEpochs?: number;
  readonly learningRate?: number;
  /** What counts as zero. Default 1e-8. */
  readonly gradNorm?: number;
  /** Steps at most. Default 100 of dampedNewton, 300 of saddleFreeNewton. */
  readonly maxSteps?: number;
  /** Whether the units that are active are counted. Default false. */
  readonly countUnits?: boolean;
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

/**
 * How smooth networks are searched: zero is what the course's assignment calls it. From starts of little training, or
 * with the bound of the others, damped steps end at the constant network or crawl along flat valleys (seeds 501 to 505).
 */
export const smoothSearch = { warmUpEpochs: 200, learningRate: 0.03, gradNorm: 1e-3, maxSteps: 200 } as const;

const smooth = (id: string, widths: readonly number[]): Search => ({
  ...anyZero(id, widths),
  ...smoothSearch,
  label: `${widths.join('-')}, tanh`,
  activation: 'tanh',
});

/** Smooth networks, whose gradient is nearly zero wherever the loss is level; ends are compared over seeds. */
export const smoothSearches: readonly Search[] = [
  smooth('smooth-h5', [1, 5, 1]),
  smooth('smooth-h10', [1, 10, 1]),
  smooth('smooth-h20', [1, 20, 1]),
  smooth('smooth-deep', [1, 5, 10, 5, 1]),
];

const counted = (id: string, widths: readonly number[]): Search => ({
  ...minima(id, widths),
  label: `${widths.join('-')}, relu`,
  countUnits: true,
});

/** Networks of relu whose active units are counted. */
export const countedSearches: readonly Search[] = [counted('units-h10', [1, 10, 1]), counted('units-h20', [1, 20, 1])];

/** The loss of a network whose output is the same everywhere, and the bound above which a loss counts as that. */
export const constantLoss = { value: 0.0864, bound: 0.0863 } as const;

const usualSteps = { dampedNewton: 100, saddleFreeNewton: 300 } as const;

const measurementOf = (one: Search): MeasurementArm => ({
  id: one.id,
  label: one.label,
  measure: {
    name: 'criticalPoint',
    model: { kind: 'mlp', widths: one.widths, activation: one.activation ?? 'relu' },
    data: { kind: 'function', name: 'sinc', points: search.points },
    warmUpEpochs: one.warmUpEpochs ?? search.warmUpEpochs,
    gradNorm: one.gradNorm ?? search.gradNorm,
    ...(one.learningRate !== undefined && { learningRate: one.learningRate }),
    maxSteps: one.maxSteps ?? usualSteps[one.method],
    method: one.method,
    attempts: 4,
    ...(one.countUnits && { countUnits: true }),
  },
  of: [],
});

const seeds = { smoke: 2, quick: 10, study: 170 } as const;
const run = {
  smoke: searches.slice(0, 2),
  quick: searches.slice(0, 3),
  study: [...searches, ...smoothSearches, ...countedSearches],
} as const;
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
