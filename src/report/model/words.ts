import { type ProtocolId, protocolIds } from '../../study/names.js';
import { outcomeMeanings, outcomeWords } from '../../verdicts/index.js';
import { protocolName } from '../tables/tables.js';
import type { CellOutcome, Meaning } from './page-model.js';

/** What is re-run and judged here, for somebody who has never seen it. */
export const original =
  'The original is a course report: the first homework of the deep-learning course CPSC 8430, Deep vs Shallow, ' +
  'Optimization, Generalization, with its author’s public notebooks, which made its numbers. It makes its claims ' +
  'from one seed each, and its text and its code do not always say the same. It was written as an exercise and not ' +
  'to be tested like this: a verdict is about a statement, and none is about its author.';

const protocolMeanings: Readonly<Record<ProtocolId, string>> = {
  'as-written': 'what the original’s text says.',
  'as-coded': 'what its notebooks did, bug for bug: its numbers come from here.',
  'as-intended': 'what the assignment and the papers behind it mean: the science comes from here.',
};

/** The protocols, in the order in which they are shown. */
export const protocolWords: readonly Meaning<ProtocolId>[] = protocolIds.map((id) => ({
  id,
  word: protocolName(id),
  meaning: protocolMeanings[id],
}));

const outcomeOrder: readonly Exclude<CellOutcome, 'notClaimed'>[] = [
  'stands',
  'fallsShort',
  'falls',
  'open',
  'noTest',
  'notRun',
  'withdrawn',
];

/** What a cell may say, the most telling first. */
export const outcomeList: readonly Meaning<CellOutcome>[] = [
  ...outcomeOrder.map((id) => ({ id, word: outcomeWords[id], meaning: outcomeMeanings[id] })),
  { id: 'notClaimed', word: 'not claimed under this protocol', meaning: 'there is nothing to judge' },
];

/** How sure a verdict is. */
export const certainty =
  'A verdict is about the median of all seeds, or a share of them. It is read off an interval that no look at the ' +
  'data can spoil: all intervals of this page hold at once and at any time with 95 % probability. Tests and margins ' +
  '(what counts in practice: ours, not the original’s) are registered before the first seed that counts is run.';
