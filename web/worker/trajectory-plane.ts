import { snapshotsInMemory, trajectoryPca } from '../../src/measures/index.js';
import type { LiveRun } from './live-run.js';
import type { PanelData, PlanePath } from './protocol.js';

/** Multiplications that one look may take. */
const mostWork = 3e8;
const mostPoints = 160;

interface Moment {
  readonly step: number;
  readonly parameters: Float32Array;
}

/**
 * The keyframes so far in the plane where they vary most, fewer of them where a network is large; those of a second run
 * of the same network in the same plane.
 */
export function planeOf(run: LiveRun, beside?: LiveRun): NonNullable<PanelData['trajectory']> {
  const own = finiteMoments(run);
  const others = beside && isSameNetwork(run, beside) ? finiteMoments(beside) : [];
  const most = Math.floor(Math.sqrt((2 * mostWork) / (own[0]?.parameters.length ?? 1)));
  const stride = Math.ceil((own.length + others.length) / Math.max(3, Math.min(mostPoints, most)));
  const some = (moments: readonly Moment[]): readonly Moment[] => moments.filter((_, i) => i % stride === 0);
  const chosen = some(own);
  if (chosen.length < 3) return { none: 'The path needs three keyframes at least: train further.' };
  try {
    return inPlane(run, chosen, some(others));
  } catch (error) {
    return { none: error instanceof Error ? error.message : String(error) };
  }
}

const finiteMoments = ({ machine }: LiveRun): readonly Moment[] =>
  machine.states().filter(({ parameters }) => parameters.every(Number.isFinite));

const isSameNetwork = (a: LiveRun, b: LiveRun): boolean =>
  JSON.stringify(a.facts.tensors) === JSON.stringify(b.facts.tensors);

function inPlane({ machine }: LiveRun, chosen: readonly Moment[], others: readonly Moment[]) {
  const all = [...chosen, ...others].map(({ parameters }) => parameters);
  const { pca } = trajectoryPca(snapshotsInMemory(all), machine.trial.parameterShapes);
  const path = (moments: readonly Moment[], from: number): PlanePath => ({
    steps: moments.map(({ step }) => step),
    x: moments.map((_, t) => pca.scores[2 * (from + t)]!),
    y: moments.map((_, t) => pca.scores[2 * (from + t) + 1]!),
  });
  const [first = 0, second = 0] = pca.explainedVarianceRatio;
  return {
    path: path(chosen, 0),
    ...(others.length > 0 && { beside: path(others, chosen.length) }),
    explained: [first, second] as const,
  };
}
