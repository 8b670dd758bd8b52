import { UserError } from '../base/errors.js';
import { namedStream, uniformInt } from '../base/streams.js';
import type { TrainOptions } from '../engine/training/options.js';
import { combineInto } from '../measures/numerics/parameter-vectors.js';
import type { LoadTrial } from './finished-trial.js';
import type { InitSpec } from './trial-spec.js';

/** Where a trial's parameters start, in the engine's terms; `load` is asked only for trials that it starts from. */
export async function initialParameters(
  init: InitSpec,
  load: LoadTrial | undefined,
): Promise<Pick<TrainOptions, 'skip' | 'initial'>> {
  switch (init.kind) {
    case 'pytorch':
      return { skip: init.skip };
    case 'nudged':
      return { skip: init.skip, initial: (drawn) => nudged(drawn, init.twin) };
    case 'interpolated':
      return { initial: await interpolated(init, load) };
  }
}

/** Moves each value by -1, 0 or +1 unit in the last place, each equally likely; 0 stays 0. */
export function nudged(values: Float32Array<ArrayBuffer>, twin: number): Float32Array {
  const rng = namedStream('twin', twin);
  const bits = new Int32Array(values.buffer, values.byteOffset, values.length);
  for (let i = 0; i < bits.length; i++) {
    const move = uniformInt(rng, 3) - 1;
    // Magnitudes of floats are ordered as their bits are.
    if (values[i] !== 0) bits[i]! += values[i]! > 0 ? move : -move;
  }
  return values;
}

async function interpolated(
  { from, alpha }: Extract<InitSpec, { kind: 'interpolated' }>,
  load: LoadTrial | undefined,
): Promise<(drawn: Float32Array) => Float32Array> {
  if (load === undefined) throw new UserError('init.from: expected a store with these trials, got none');
  const ends = [await load(from[0]), await load(from[1])];
  return (drawn) => {
    const odd = ends.find(({ parameters }) => parameters.length !== drawn.length);
    if (odd) {
      throw new UserError(
        `init.from: expected trials of this network with ${drawn.length} parameters, ` +
          `got ${odd.parameters.length} in ${odd.id.slice(0, 12)}`,
      );
    }
    combineInto(
      drawn,
      [1 - alpha, alpha],
      ends.map(({ parameters }) => parameters),
    );
    return drawn;
  };
}
