import type { Claim, ClaimTest, Term } from '../../../study/claim.js';
import type { Reading } from '../../../study/reading.js';
import { claim, count, fitted, holds, rate, term } from '../../../study/vocabulary/index.js';
import { gridPoints, lastEpoch } from '../arms.js';
import { similarErrors } from '../claims.js';
import { aroundJumps, rates } from './arms.js';

/** Epochs at the end over which a loss is averaged, so that touching the threshold once is not enough. */
export const settling = 100;

/** Mean loss of these epochs. */
export const settledLoss: Reading = { kind: 'mean', metric: 'loss', from: lastEpoch - settling + 1 };

const byRule = (arm: string): Term => term(arm, { kind: 'converged' });
const bySettledLoss = (arm: string): Term => holds(term(arm, settledLoss), { below: fitted.below });

/** M1 converges in most seeds, the other networks do not. */
const oftener = (converged: (arm: string) => Term, suffix = '', where = ''): readonly ClaimTest[] =>
  (['m1', 'm2', 'm3'] as const).map((id) => {
    const share = rate(converged(`${id}${suffix}`), `share of seeds that converge${where}, ${id.toUpperCase()}`);
    return id === 'm1' ? share.above(0.5) : share.below(0.5);
  });

/** What is claimed of depth and the function that jumps. */
export const claims: readonly Claim[] = [
  claim({
    id: 'only-deepest-converges',
    statement: `Only M1, the deepest, converges within ${count(lastEpoch)} epochs.`,
    metric: 'share of seeds that converge',
    judged: {
      'as-coded': { tests: oftener(byRule) },
      'as-intended': { tests: rates.flatMap(({ id, rate }) => oftener(bySettledLoss, id, ` at rate ${rate}`)) },
    },
  }),
  claim({
    id: 'fits-are-similar-f2',
    statement: 'Their predictions are similar even so.',
    metric: `mean squared error on ${count(gridPoints)} points without ${aroundJumps} around the jumps`,
    judged: {
      'as-coded': { tests: similarErrors('error') },
      'as-intended': { tests: rates.flatMap(({ id, rate }) => similarErrors(`error at rate ${rate}`, id)) },
    },
  }),
];
