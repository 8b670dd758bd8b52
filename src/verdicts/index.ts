/** Verdicts on claims, from values and statistics. They never run anything. */
export { type ExploredRun, type Glimpse, type GlimpsePart, glimpseOf, glimpseRun } from './glimpse.js';
export { estimateOf, intervalOf } from './intervals.js';
export {
  decisionOf,
  evidenceOf,
  judgeValues,
  noTestVerdict,
  type PlaceOptions,
  testsOf,
  type VerdictOptions,
  verdictOf,
} from './judge.js';
export { fewestToCome, seedsAUnit, seedsToCome } from './needed.js';
export type { Decision, Outcome } from './outcome.js';
export { type SeedResults, termRange } from './term-range.js';
export { type SeedValue, seedValue, type Unit, unitsOf } from './units.js';
export type * from './verdict.js';
export * from './words.js';
