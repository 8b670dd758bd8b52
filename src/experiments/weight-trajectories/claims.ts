import type { Claim, ClaimTest } from '../../study/claim.js';
import { claim, factor, logRatio, median, term, value } from '../../study/vocabulary/index.js';
import { movement } from './planes.js';

const share = (name: string) => term(movement.id, value(name));

const beyondWalks: readonly ClaimTest[] = [
  median(
    logRatio(share('withinShare'), share('randomWalkWithinShare')),
    'movement within runs that the plane keeps, runs / random walks',
    'factor',
  ).above(factor(1.1), 0),
];

const shows = 'two-components-show-training';

/** What is claimed of the picture in two components; a unit is a set of eight runs. */
export const claims: readonly Claim[] = [
  claim({
    id: shows,
    statement: 'Two principal components of eight runs show the process of learning.',
    metric:
      'share of the movement within runs (snapshots less the mean of their run) that the plane keeps / the same for ' +
      'random walks with the same starts and step lengths',
    judged: { 'as-written': { tests: beyondWalks }, 'as-coded': { tests: beyondWalks } },
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
];
