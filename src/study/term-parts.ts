import type { ClaimTest, Term } from './claim.js';

/** The terms that a term is directly made from. */
function partsOf(term: Term): readonly Term[] {
  if ('arm' in term || 'number' in term) return [];
  if ('greatest' in term) return term.greatest;
  if ('least' in term) return term.least;
  if ('mean' in term) return term.mean;
  if ('difference' in term) return term.difference;
  if ('ratio' in term) return term.ratio;
  if ('log' in term) return [term.log];
  if ('images' in term) return [term.images];
  if ('kendall' in term) return term.kendall.flat();
  if ('argmax' in term) return term.argmax;
  return 'holds' in term ? [term.holds] : term.all;
}

/** A reading of an arm, as it stands in terms. */
export type ArmTerm = Extract<Term, { arm: string }>;

/** All readings of arms that a term is made from, in their order. */
export const armTermsOf = (term: Term): readonly ArmTerm[] =>
  'arm' in term ? [term] : partsOf(term).flatMap(armTermsOf);

/** The terms of a test. */
export const termsOf = (test: ClaimTest): readonly Term[] =>
  test.kind === 'gamma' ? [test.x, test.y, ...(test.only ? [test.only] : [])] : [test.x];

/** Ids of the arms that a test takes readings of, each once. */
export const armsOf = (test: ClaimTest): readonly string[] => [
  ...new Set(termsOf(test).flatMap((term) => armTermsOf(term).map(({ arm }) => arm))),
];
