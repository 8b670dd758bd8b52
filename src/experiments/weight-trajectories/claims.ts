import type { Claim, ClaimTest, Term } from '../../study/claim.js';
import { claim, factor, logRatio, median, sum, term, value } from '../../study/vocabulary/index.js';
import { movement, ownPlane } from './planes.js';

const share = (name: string) => term(movement.id, value(name));

const beyondWalks: readonly ClaimTest[] = [
  median(
    logRatio(share('withinShare'), share('randomWalkWithinShare')),
    'movement within runs that the plane keeps, runs / random walks',
    'factor',
  ).above(factor(1.1), 0),
];

const leftOut = (name: string): Term => ({
  difference: [{ number: 1 }, sum(term(ownPlane.id, value(`${name}1`)), term(ownPlane.id, value(`${name}2`)))],
});

const itsAim =
  'The original does not say this in so many words: it is what its section sets out to do, "visualize the ' +
  'optimization process"; of its figures it says how they were made.';

const shows = 'two-components-show-training';

/** What is claimed of the picture in two components; a unit is a set of eight runs. */
export const claims: readonly Claim[] = [
  claim({
    id: shows,
    statement: 'Two principal components of eight runs show the process of learning.',
    metric:
      'share of the movement within runs (snapshots less the mean of their run) that the plane keeps / the same for ' +
      'random walks with the same starts and step lengths',
    judged: {
      'as-written': { tests: beyondWalks, note: itsAim },
      'as-coded': { tests: beyondWalks, note: itsAim },
    },
  }),
  claim({
    id: 'plane-separates-runs',
    companionOf: shows,
    statement: 'Or does the plane show how runs differ, and not how one learns?',
    metric: "share of the plane's variance that lies between the means of the runs",
    judged: {
      'as-intended': {
        tests: [median(share('betweenShare'), "share of the plane's variance between runs", 'points').above(0.5)],
      },
    },
  }),
  claim({
    id: 'one-run-in-its-own-plane',
    companionOf: shows,
    statement: 'Do two components of its own hold more of one run than of a random walk (Li et al. 2018)?',
    metric:
      'share of the squared distances from the end of training, theta_t - theta_n over the epochs of ' +
      'one run, that two ' +
      'components leave out: of a random walk with the same step lengths / of the run',
    judged: {
      'as-intended': {
        tests: [
          median(
            logRatio(leftOut('randomWalkExplained'), leftOut('explained')),
            'share that two components leave out, random walk / run',
            'factor',
          ).above(factor(1.1), 0),
        ],
        chosen:
          'What is left out, as of a walk about its end two components hold 90 %: what they hold of ' +
          'a run could hardly be ' +
          '1.1 times as much (seed 1: 92.2 against 89.7 %)',
      },
    },
  }),
];
