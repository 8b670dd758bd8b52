import type { MetricRow } from '../engine/training/spec.js';

type Name = Exclude<keyof MetricRow, 'epoch' | 'step'>;

/** Every metric that a trial can observe, in the order of its columns. The type sees to it that none is missing. */
export const metricNames: readonly Name[] = Object.keys({
  loss: true,
  lastBatchLoss: true,
  gradNorm: true,
  accuracy: true,
  trainLoss: true,
  trainAccuracy: true,
  testLoss: true,
  testAccuracy: true,
  tensorGradNorm: true,
  lambdaMax: true,
  preconditionedLambdaMax: true,
} satisfies Record<Name, true>) as readonly Name[];
