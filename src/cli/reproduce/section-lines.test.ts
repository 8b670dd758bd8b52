import { expect, test } from 'vitest';
import { resultsOf, tinyExperiment, tinyRecord, tinyRun } from '../../../test/support/tiny-experiment.js';
import { draftSection, type SectionDraft } from '../../report/model/section-draft.js';
import { joinRun } from '../../report/tables/run.js';
import type { Experiment } from '../../study/experiment.js';
import { testsOf } from '../../verdicts/index.js';
import { outcomeLines, summaryLines } from './section-lines.js';

/** The section of a run in which A takes twice as many epochs as B. */
function draftOf(experiment: Experiment): SectionDraft {
  const results = resultsOf(tinyRecord('a1', [1, 0.5]), tinyRecord('b1', [1]));
  return draftSection(experiment, [joinRun(tinyRun(), [experiment], results)]);
}

test('a section that ended: each claim, what the miniature shows of it, and a number', () => {
  expect(outcomeLines(draftOf(tinyExperiment))).toEqual([
    '0.0    Tiny',
    '       The original: A is slower than B.',
    '       -> Here too. Epochs, A / B: 2, expected above 1.1.',
  ]);
});

test('in the end: its first claim, and how many others went the same way', () => {
  const [claim] = tinyExperiment.claims;
  const other = (id: string, margin: number) => ({
    ...claim!,
    id,
    judged: { 'as-coded': { tests: testsOf(claim!, 'as-coded').map((one) => ({ ...one, margin })) } },
  });
  const claims = [claim!, other('far', 3), other('near', 1.5), other('nearer', 1.2)];
  expect(summaryLines(draftOf(tinyExperiment))).toEqual(['0.0    A is slower than B. -> Here too.']);
  expect(summaryLines(draftOf({ ...tinyExperiment, claims })).join('\n')).toBe(
    '0.0    A is slower than B. -> Here too. 3 more claims: 1 not clear here, 2 here\n       too.',
  );
  expect(summaryLines(draftOf({ ...tinyExperiment, claims: [] }))).toEqual(['0.0    Tiny: nothing is claimed.']);
});
