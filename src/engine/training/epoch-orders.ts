import { Mt19937, type Mt19937State } from '../../base/mt19937.js';
import { loaderOrder } from '../../base/torch-random.js';

/** Orders of the samples, epoch by epoch. */
export interface EpochOrders {
  /**
   * Draws the next epoch's: sample indices, or null for the data's own order. It is valid until the next draw.
   * Shapes: [size]
   */
  next(): Int32Array | null;
  /** Where the generator stands, and where it stood before the last draw. */
  state(): Mt19937State;
  origin(): Mt19937State;
  /** Resumes where one of these was taken. */
  restore(state: Mt19937State): void;
}

/** Every epoch in the data's own order, which takes nothing from the generator. */
export function ownOrders(rng: Mt19937): EpochOrders {
  const state = () => rng.state();
  return { next: () => null, state, origin: state, restore: (from) => rng.restore(from) };
}

/** The orders of `DataLoader(shuffle=True)`. */
export function shuffledOrders(rng: Mt19937, size: number): EpochOrders {
  const before = new Mt19937(0);
  const order = new Int32Array(size);
  return {
    next() {
      before.copy(rng);
      return loaderOrder(rng, size, order);
    },
    state: () => rng.state(),
    origin: () => before.state(),
    restore: (from) => rng.restore(from),
  };
}
