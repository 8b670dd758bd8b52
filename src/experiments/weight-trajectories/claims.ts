import type { Claim, ClaimTest } from '../../study/claim.js';
import { claim, median, term } from '../../study/vocabulary/index.js';
import { pairs } from './planes.js';
import { apartness } from './quantities.js';

const apart: readonly ClaimTest[] = [
  median(
    { least: pairs.map(({ id }) => term(id, apartness)) },
    'distance between ends / length, the least of pairs of runs that share none',
  ).above(0.5),
];

/** What is claimed of the picture in two components. */
export const claims: readonly Claim[] = [
  claim({
    id: 'runs-end-apart',
    statement: 'Eight runs, seen in two components, show the process of learning.',
    metric:
      'distance between the ends of two runs / length of a run, in the full space: if it is large, the plane shows ' +
      'how the runs differ',
    judged: { 'as-written': { tests: apart }, 'as-coded': { tests: apart }, 'as-intended': { tests: apart } },
  }),
];
