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
export { entryOf, type Family, judgePart, placeEvidence, secondsOf, valuesOf, verdictsOf } from './ledger/family.js';
export { claimDigits, type LedgerRow, ledgerText, parseLedger, rowText, withRows } from './ledger/ledger.js';
export { type LedgerWork, ledgerWork, type TaskSum, totalTasks, workText } from './ledger/ledger-work.js';
export { parseTaskTimes, type TaskTime, taskName, taskTimesText } from './ledger/task-times.js';
export { fewestToCome, seedsAUnit, seedsToCome } from './needed.js';
export { conjunction, type Decision, type Outcome } from './outcome.js';
export { compareRegister, type RegisterState } from './register/compare.js';
export { type Definition, type JudgedPart, judgedParts, partsUnder } from './register/definition.js';
export {
  chained,
  firstSeed,
  parseRegister,
  type RegisterEntry,
  registerPlaces,
  registerText,
  seedsOfVersion,
} from './register/register.js';
export { type SeedResults, termRange } from './term-range.js';
export { type SeedValue, seedValue, type Unit, unitsOf } from './units.js';
export type * from './verdict.js';
export * from './words.js';
