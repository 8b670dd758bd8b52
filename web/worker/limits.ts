import { UserError } from '../../src/base/errors.js';
import { dataSizes } from '../../src/data/sources/index.js';
import { networkOf } from '../../src/engine/model-spec.js';
import { parameterCount } from '../../src/engine/shapes.js';
import type { TrialSpec } from '../../src/tasks/trial-spec.js';

/** What a page trains, at most: no link and no pasted text may hang it, or take all memory. */
const most = { parameters: 3_000_000, samples: 20_000, steps: 2_000_000, stepWork: 2e9 } as const;

/** @throws UserError if a valid spec is too large for a page */
export function requireModest(spec: TrialSpec): void {
  const parameters = parameterCount(networkOf(spec.model));
  const { train, test } = dataSizes(spec.data);
  const batch = spec.batchSize === 'full' ? train : Math.min(spec.batchSize, train);
  const checks: readonly (readonly [string, number, number])[] = [
    ['model: parameters', parameters, most.parameters],
    ['data: samples', train + test, most.samples],
    ['stop.epochs: steps in all', spec.stop.epochs * Math.ceil(train / batch), most.steps],
    ['batchSize: parameters times samples of a step', parameters * batch, most.stepWork],
  ];
  for (const [what, got, limit] of checks) {
    if (got > limit) {
      throw new UserError(
        `${what}: expected at most ${limit} in a page, got ${got}; the command \`descent train\` takes more`,
      );
    }
  }
  if (spec.observe?.snapshots) {
    throw new UserError('observe.snapshots: expected none in a page, which keeps its own keyframes');
  }
}
