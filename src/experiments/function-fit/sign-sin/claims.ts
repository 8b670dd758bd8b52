import type { Claim, ClaimTest, Term } from '../../../study/claim.js';
import type { Reading } from '../../../study/reading.js';
import { claim, count, fitted, rateDifference, seeds, term } from '../../../study/vocabulary/index.js';
import { gridPoints, lastEpoch } from '../arms.js';
import { alike, names, similarErrors } from '../claims.js';
import { aroundJumps, rates } from './arms.js';

/** Epochs at the end over which a loss is averaged, so that touching the threshold once is not enough. */
export const settling = 100;

/** Mean loss of these epochs. */
export const settledLoss: Reading = { kind: 'mean', metric: 'loss', from: lastEpoch - settling + 1 };

const byRule = (arm: string): Term => term(arm, { kind: 'converged' });
const bySettledLoss = (arm: string): Term => ({
  difference: [{ number: fitted.below }, term(arm, settledLoss)],
});

/** M1 converges more often than each other network. */
const oftener = (converged: (arm: string) => Term, suffix = '', where = ''): readonly ClaimTest[] =>
  (['m2', 'm3'] as const).map((other) =>
    rateDifference(
      converged(`m1${suffix}`),
      converged(`${other}${suffix}`),
      `share of seeds that converge${where}, ${names('m1', other, '-')}`,
    ).above(0.5),
  );

/** What is claimed of depth and the function that jumps. */
export const claims: readonly Claim[] = [
  claim({
    id: 'only-deepest-converges',
    statement: `Only M1, the deepest, converges within ${count(lastEpoch)} epochs.`,
    metric: 'share of seeds that converge, M1 less M2 and M1 less M3',
    margin: (bound) => `both ${bound} (Newcombe's interval)`,
    least: seeds(20),
    tests: {
      'as-coded': oftener(byRule),
      'as-intended': rates.flatMap(({ id, rate }) => oftener(bySettledLoss, id, ` at rate ${rate}`)),
    },
  }),
  claim({
    id: 'fits-are-similar-f2',
    statement: 'Their predictions are similar even so.',
    metric: `mean squared error on ${count(gridPoints)} points without ${aroundJumps} around the jumps, each pair`,
    margin: alike,
    least: seeds(20),
    tests: {
      'as-coded': similarErrors('error'),
      'as-intended': rates.flatMap(({ id, rate }) => similarErrors(`error at rate ${rate}`, id)),
    },
  }),
];
