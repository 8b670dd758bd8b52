import { UserError } from '../../../base/errors.js';
import type { MeasureContext, RawResult } from '../../measurement.js';
import { joinSnapshots } from './joined-snapshots.js';

interface WeightPathOptions {
  readonly tensor: string;
  readonly place: number;
}

/** One weight of a run, snapshot by snapshot. */
export async function measureWeightPath({
  measure: { tensor, place },
  networks,
}: MeasureContext<WeightPathOptions>): Promise<RawResult> {
  const { snapshots, columns, rows } = joinSnapshots(networks, { tensors: [tensor] });
  const { start, end } = columns[0]!;
  if (place >= end - start) {
    throw new UserError(`weightPath: expected a place below ${end - start} in ${tensor}, got ${place}`);
  }
  const cell = new Float32Array(1);
  return {
    columns: {
      epoch: rows.map(({ epoch }) => epoch),
      weight: rows.map((_, row) => {
        snapshots.read(row, start + place, cell);
        return cell[0]!;
      }),
    },
  };
}
