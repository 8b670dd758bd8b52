import type { Claim, ClaimTest, Term } from '../../../study/claim.js';
import type { Reading } from '../../../study/reading.js';
import { claim, count, fitted, holds, rate, term } from '../../../study/vocabulary/index.js';
import { gridPoints, lastEpoch, type NetworkId, networkIds } from '../arms.js';
import { similarErrors } from '../claims.js';
import { aroundJumps, rates } from './arms.js';

/** Epochs at the end over which a loss is averaged, so that touching the threshold once is not enough. */
export const settling = 100;

/** Mean loss of these epochs. */
export const settledLoss: Reading = { kind: 'mean', metric: 'loss', from: lastEpoch - settling + 1 };

const byRule = (id: NetworkId): Term => term(id, { kind: 'converged' });
const bySettledLoss =
  (suffix: string) =>
  (id: NetworkId): Term =>
    holds(term(`${id}${suffix}`, settledLoss), { below: fitted.below });

/** More than half of all seeds converge with M1, fewer than half with each other network. */
const onlyDeepest = (converged: (id: NetworkId) => Term): readonly ClaimTest[] =>
  networkIds.map((id) => {
    const share = rate(converged(id), `share of seeds that converge, ${id.toUpperCase()}`);
    return id === 'm1' ? share.above(0.5) : share.below(0.5);
  });

const [reported, calmer] = rates;
const settled = `mean loss of the last ${settling} epochs below ${fitted.below}`;

/** What is claimed of depth and the function that jumps. */
export const claims: readonly Claim[] = [
  claim({
    id: 'only-deepest-converges',
    statement: `M1, the deepest, converges within ${count(lastEpoch)} epochs; M2 and M3 do not.`,
    metric: `share of seeds that converge; as intended: ${settled}`,
    judged: {
      'as-coded': { tests: onlyDeepest(byRule) },
      'as-intended': {
        tests: onlyDeepest(bySettledLoss(reported.id)),
        note: `At the original's learning rate, ${reported.rate}.`,
      },
    },
  }),
  claim({
    id: 'only-deepest-converges-calmer',
    companionOf: 'only-deepest-converges',
    statement: `Is it the same at learning rate ${calmer.rate}, where the loss is not so noisy?`,
    metric: `share of seeds that converge: ${settled}`,
    judged: { 'as-intended': { tests: onlyDeepest(bySettledLoss(calmer.id)) } },
  }),
  claim({
    id: 'fits-are-similar-f2',
    statement: 'Their predictions are similar even so.',
    metric:
      `largest / smallest mean squared error of the three on ${count(gridPoints)} points without ${aroundJumps} ` +
      'around the jumps',
    judged: {
      'as-coded': { tests: [similarErrors('error')] },
      'as-intended': { tests: rates.map(({ id, rate }) => similarErrors(`error at learning rate ${rate}`, id)) },
    },
  }),
];
