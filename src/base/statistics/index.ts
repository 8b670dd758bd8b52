export { type Alternative, binomialProbabilities, binomialTails, binomialTest } from './binomial.js';
export {
  type Bootstrap,
  type BootstrapOptions,
  bootstrap,
  bootstrapMedian,
  bootstrapPValue,
  percentileInterval,
} from './bootstrap.js';
export { clopperPearsonInterval } from './clopper-pearson.js';
export { type Equivalence, type EquivalenceBound, equivalenceTest } from './equivalence.js';
export { holm } from './holm.js';
export { interquartileMean } from './interquartile-mean.js';
export { mcnemarTest } from './mcnemar.js';
export { newcombeInterval } from './newcombe.js';
export { normalQuantile, normalUpperTail } from './normal.js';
export { pairedDifferences, pairedRatios } from './paired.js';
export { median, quantile } from './quantile.js';
export type { Interval } from './sample.js';
export { unitsToCome, type Way } from './sequential/decision-forecast.js';
export { disjointPairs, type PairCount } from './sequential/disjoint-pairs.js';
export { medianSequence, type Range } from './sequential/median-sequence.js';
export { rateEvidence, rateSequence } from './sequential/rate-sequence.js';
export { rateThreshold } from './sequential/rate-threshold.js';
export { signThreshold } from './sequential/sign-threshold.js';
export { type SignTest, signTest } from './sign-test.js';
export { bootstrapSpearman, ranks, spearman } from './spearman.js';
export { studentQuantile, studentUpperTail } from './student-t.js';
export { probabilityOfSuperiority } from './superiority.js';
export { twoProportionTest } from './two-proportion.js';
export { wilsonInterval } from './wilson.js';
