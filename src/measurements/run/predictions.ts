import { UserError } from '../../base/errors.js';
import type { MeasureContext, RawResult } from '../measurement.js';
import { rightOnes } from './right-ones.js';

/** On how many test images two classifiers are both right, either alone, or neither: what McNemar's test compares. */
export async function measurePredictions({ networks, loadMnist }: MeasureContext<object>): Promise<RawResult> {
  const [first, second] = [
    await rightOnes('predictions', networks[0]!, loadMnist),
    await rightOnes('predictions', networks[1]!, loadMnist),
  ];
  if (first.length !== second.length) {
    throw new UserError(
      `predictions: expected trials with one test set, got ${first.length} and ${second.length} images`,
    );
  }
  const count = (a: number, b: number): number =>
    first.reduce((sum, right, i) => (right === a && second[i] === b ? sum + 1 : sum), 0);
  return {
    values: {
      bothRight: count(1, 1),
      onlyFirstRight: count(1, 0),
      onlySecondRight: count(0, 1),
      bothWrong: count(0, 0),
    },
  };
}
