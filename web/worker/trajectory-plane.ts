import { snapshotsInMemory, trajectoryPca } from '../../src/measures/index.js';
import type { LiveRun } from './live-run.js';
import type { PanelData } from './protocol.js';

/** Multiplications that one look may take. */
const mostWork = 3e8;

/** The keyframes so far in the plane where they vary most: fewer of them where a network is large. */
export function planeOf({ machine }: LiveRun): NonNullable<PanelData['trajectory']> {
  const states = machine.states();
  const finite = states.filter(({ parameters }) => parameters.every(Number.isFinite));
  const most = Math.floor(Math.sqrt((2 * mostWork) / (finite[0]?.parameters.length ?? 1)));
  const stride = Math.ceil(finite.length / Math.max(3, Math.min(160, most)));
  const chosen = finite.filter((_, i) => i % stride === 0);
  if (chosen.length < 3) return { none: 'needs three keyframes at least: train further' };
  try {
    const { pca } = trajectoryPca(
      snapshotsInMemory(chosen.map(({ parameters }) => parameters)),
      machine.trial.parameterShapes,
    );
    const [first = 0, second = 0] = pca.explainedVarianceRatio;
    return {
      steps: chosen.map(({ step }) => step),
      x: chosen.map((_, t) => pca.scores[2 * t]!),
      y: chosen.map((_, t) => pca.scores[2 * t + 1]!),
      explained: [first, second],
    };
  } catch (error) {
    return { none: error instanceof Error ? error.message : String(error) };
  }
}
