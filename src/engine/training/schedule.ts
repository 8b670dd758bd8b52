/** Samples of a step. `full`: all of them, in their own order. */
export type BatchSize = number | 'full';

/** The size of batches from a step on; steps count from 1. */
export interface SizeChange {
  readonly atStep: number;
  readonly value: BatchSize;
}

/** How a run of so many epochs over so many samples is cut into batches. */
export interface Cutting {
  readonly samples: number;
  readonly epochs: number;
  readonly batchSize: BatchSize;
  /** In the order of their steps. */
  readonly changes: readonly SizeChange[];
}

/** A place between two steps: epochs that are complete, and what was taken of the next one. */
export interface Place {
  readonly epochs: number;
  readonly batches: number;
  readonly samples: number;
}

const start: Place = { epochs: 0, batches: 0, samples: 0 };

/** Samples of a step, at most. */
const sizeOf = (size: BatchSize, samples: number): number => (size === 'full' ? samples : Math.min(size, samples));

/** The size of the batches of a step. */
export const sizeAt = ({ batchSize, changes }: Cutting, step: number): BatchSize =>
  changes.findLast(({ atStep }) => atStep <= step)?.value ?? batchSize;

/** Where so many steps lead from a place, all of one size. */
function advance(place: Place, steps: number, size: number, samples: number): Place {
  const left = Math.ceil((samples - place.samples) / size);
  if (steps < left) {
    return { epochs: place.epochs, batches: place.batches + steps, samples: place.samples + steps * size };
  }
  const perEpoch = Math.ceil(samples / size);
  const batches = (steps - left) % perEpoch;
  return { epochs: place.epochs + 1 + Math.floor((steps - left) / perEpoch), batches, samples: batches * size };
}

/**
 * Where a run is after so many steps, were it not to end. A change amid an epoch cuts the samples that remain of it:
 * the epoch keeps the order that it has.
 */
export function placeAfter({ samples, batchSize, changes }: Cutting, steps: number): Place {
  let place = start;
  let [taken, size] = [0, batchSize];
  for (const { atStep, value } of changes) {
    if (atStep > steps) break;
    place = advance(place, atStep - 1 - taken, sizeOf(size, samples), samples);
    [taken, size] = [atStep - 1, value];
  }
  return advance(place, steps - taken, sizeOf(size, samples), samples);
}

/** Steps of a run that goes through all of its epochs. */
export function stepsOf(cutting: Cutting): number {
  const { samples, epochs, batchSize, changes } = cutting;
  const isBefore = ({ atStep }: SizeChange): boolean => placeAfter(cutting, atStep - 1).epochs < epochs;
  const last = changes.findLast(isBefore) ?? { atStep: 1, value: batchSize };
  const place = placeAfter(cutting, last.atStep - 1);
  const size = sizeOf(last.value, samples);
  const left = Math.ceil((samples - place.samples) / size) + (epochs - place.epochs - 1) * Math.ceil(samples / size);
  return epochs === 0 ? 0 : last.atStep - 1 + left;
}
