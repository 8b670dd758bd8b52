import type { Quantity } from '../experiment.js';
import { last } from './readings.js';

/** Values as they were reported, and where they stand. */
export type Reported = Pick<Quantity, 'reported' | 'source'>;

/** Where the original has its numbers. */
export const sources = {
  text: "the original's text",
  table: "the original's table",
  notebook: "the original's notebook",
  log: "the log of the original's notebook",
  figure: "read off the original's figure",
  older: "an older version of the original's notebook, which drew its figure",
} as const;

/** Values of arms, in their order, and where they stand. */
export const reportedBy = (arms: readonly string[], values: readonly number[], source: string): Reported => ({
  reported: Object.fromEntries(arms.map((id, i) => [id, { value: values[i]! }])),
  source,
});

/** Nothing was reported. */
export const unreported: Reported = { reported: {}, source: 'none' };

type QuantityParts = Pick<Quantity, 'id' | 'label' | 'reading' | 'decimals'> & Partial<Quantity>;

/** A quantity; unless it says so, nothing was reported. */
export const quantity = (parts: QuantityParts): Quantity => ({ ...unreported, ...parts });

/** A quantity that is a share, shown as percent: its label ends so. */
export const share = ({ label, ...parts }: QuantityParts): Quantity =>
  quantity({ ...parts, label: `${label}, %`, percent: true });

/** Test accuracy after the last epoch: the number on which most sections turn. */
export const testAccuracy = (parts: Partial<Quantity> = {}): Quantity =>
  share({
    id: 'test-accuracy',
    label: 'Test accuracy',
    reading: last('testAccuracy'),
    decimals: 2,
    headline: true,
    ...parts,
  });

/** Test loss after the last epoch. */
export const testLoss = (parts: Partial<Quantity> = {}): Quantity =>
  quantity({ id: 'test-loss', label: 'Test loss', reading: last('testLoss'), decimals: 4, ...parts });
