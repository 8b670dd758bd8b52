/** Verdicts on claims, from results and statistics. They never run anything. */
export { adjustForStudy, type JudgedRun, judgeRun } from './judge.js';
export { type JudgeOptions, judgeClaim } from './judge-claim.js';
export { type SeedResults, termValue } from './term-value.js';
export { testText } from './text.js';
export type * from './verdict.js';
