import { Mt19937, type Mt19937State } from '../../base/mt19937.js';
import { loaderOrder } from '../../base/torch-random.js';

/** Orders of the samples, epoch by epoch. */
export interface EpochOrders {
  /**
   * Draws the next epoch's, as `DataLoader(shuffle=True)`: sample indices, valid until the next draw. Shapes: [size]
   */
  shuffled(): Int32Array;
  /** The next epoch's in the data's own order, which takes nothing from the generator. */
  own(): null;
  /** Where the generator stands, and where it stood before the last order. */
  state(): Mt19937State;
  origin(): Mt19937State;
  /** Resumes where one of these was taken. @throws UserError, and stays as it is, if it is no such state */
  restore(state: Mt19937State): void;
}

/** Orders of so many samples from a generator. */
export function epochOrders(rng: Mt19937, size: number): EpochOrders {
  const before = new Mt19937(0);
  let order: Int32Array | undefined;
  return {
    shuffled() {
      before.copy(rng);
      order ??= new Int32Array(size);
      return loaderOrder(rng, size, order);
    },
    own() {
      before.copy(rng);
      return null;
    },
    state: () => rng.state(),
    origin: () => before.state(),
    restore: (from) => rng.restore(from),
  };
}
