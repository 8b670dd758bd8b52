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

/** A search whose ends claims compare over seeds, by its network. */
const judgedSearch = (id: string, widths: readonly number[], parts: Partial<Search>): Search => ({
  ...anyZero(id, widths),
  label: `${widths.join('-')}, ${parts.activation ?? 'relu'}`,
  ...parts,
});

/** Smooth networks, which have zeros of the gradient wherever the loss is level. */
export const smoothSearches: readonly Search[] = [
  judgedSearch('smooth-h5', [1, 5, 1], { activation: 'tanh' }),
  judgedSearch('smooth-h10', [1, 10, 1], { activation: 'tanh' }),
  judgedSearch('smooth-h20', [1, 20, 1], { activation: 'tanh' }),
  judgedSearch('smooth-deep', [1, 5, 10, 5, 1], { activation: 'tanh' }),
];

/** Networks of relu whose active units are counted. */
export const countedSearches: readonly Search[] = [
  judgedSearch('units-h10', [1, 10, 1], { method: 'saddleFreeNewton', countUnits: true }),
  judgedSearch('units-h20', [1, 20, 1], { method: 'saddleFreeNewton', countUnits: true }),
];

/** The loss of a network whose output is the same everywhere, and the bound above which a loss counts as that. */
export const constantLoss = { value: 0.0864, bound: 0.0863 } as const;

const usualSteps = { dampedNewton: 100, saddleFreeNewton: 300 } as const;

const measurementOf = ({
  id,
  label,
  widths,
  method,
  activation = 'relu',
  maxSteps = usualSteps[method],
  countUnits,
}: Search): MeasurementArm => ({
  id,
  label,
  measure: {
    name: 'criticalPoint',
    model: { kind: 'mlp', widths, activation },
    data: { kind: 'function', name: 'sinc', points: search.points },
    warmUpEpochs: search.warmUpEpochs,
    gradNorm: search.gradNorm,
    maxSteps,
    method,
    attempts: 4,
    ...(countUnits && { countUnits }),
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
