import type { Claim, ClaimTest, Term } from '../../../study/claim.js';
import { claim, factor, last, logRatio, median, term, value } from '../../../study/vocabulary/index.js';
import { nearestAlpha } from '../arms.js';
import { suffixes } from '../flatness.js';
import { onLine } from '../quantities.js';
import { large, largeFitted, small, smallFitted } from './arms.js';

/** The shape that the original describes: from where to where test loss rises, falls, and rises again. */
const legs = [
  [0, 0.5, 'above'],
  [0.5, 1.5, 'below'],
  [1.5, 2, 'above'],
] as const;

const shape = (at: (alpha: number) => Term, line = ''): readonly ClaimTest[] =>
  legs.map(([from, to, direction]) =>
    median({ difference: [at(to), at(from)] }, `change of test loss from alpha ${from} to ${to}${line}`)[direction](0),
  );

const retrained = shape((alpha) => term(nearestAlpha(alpha), last('testLoss')));
const measured = (arm: string, line: string): readonly ClaimTest[] => shape((alpha) => term(arm, onLine(alpha)), line);

const sharpnesses = [
  ['sharpness', suffixes.sharpness, 'epsilon-sharpness'],
  ['lambdaMax', suffixes.curvature, 'lambdaMax'],
] as const;

const sharper = (a: string, b: string, when = ''): readonly ClaimTest[] =>
  sharpnesses.map(([name, suffix, label]) =>
    median(
      logRatio(term(`${b}${suffix}`, value(name)), term(`${a}${suffix}`, value(name))),
      `${label}, batch 1000 / batch 64${when}`,
      'factor',
    ).above(factor(1.2), 0),
  );

const ranges = legs.map(([from, to]) => `[${from}, ${to}]`);

/** What is claimed of batch size and of what lies between. */
export const claims: readonly Claim[] = [
  claim({
    id: 'interpolation-batch-shape',
    statement: 'Best near alpha 0, worse up to 0.5, better from 0.5 to 1.5, a steep decline after 1.5.',
    metric: `sign of the change of test loss over ${ranges.slice(0, -1).join(', ')} and ${ranges.at(-1)}`,
    judged: {
      'as-written': { tests: retrained },
      'as-coded': { tests: retrained },
      'as-intended': {
        tests: [...measured('line-shared', ', one start'), ...measured('line-own', ', a start for each')],
      },
    },
  }),
  claim({
    id: 'large-batch-sharper',
    statement: 'What the part is about (Keskar et al. 2017): large batches end in sharper minima.',
    metric: 'epsilon-sharpness and largest eigenvalue of the Hessian, batch 1000 / batch 64',
    judged: {
      'as-coded': { tests: sharper(small, large) },
      'as-intended': {
        tests: [
          ...sharper(small, large, ', equal epochs'),
          ...sharper(smallFitted, largeFitted, ', equal training loss'),
        ],
      },
    },
  }),
];
