import { UserError } from '../../base/errors.js';
import type { Range, Snapshots } from './snapshots.js';

/**
 * Columns that are worked on at once; 360 rows of them fit a core's cache. Sums depend on it in their last bits: it is
 * a constant.
 */
const blockColumns = 512;
/** Rows of the Gram matrix's tiles: 9 sums and 6 values at a time are what a processor has registers for. */
const tile = 3;

/** What rows are seen relative to: their mean (PCA), or the last of them (Li et al. 2018). */
export type SnapshotCenter = 'mean' | 'last';

/**
 * A block of centred columns.
 * Shapes: rows [paddedRows][width], rows beyond the snapshots are 0; center [width]; start is its first parameter.
 */
export interface ColumnBlock {
  readonly start: number;
  readonly width: number;
  readonly rows: Float64Array;
  readonly center: Float64Array;
}

/**
 * Visits the chosen columns in blocks of a bounded size, centred in float64. The block is used again for the next one.
 *
 * @throws UserError if the ranges are not inside the parameters, or a snapshot holds a number that is not finite
 */
export function forEachBlock(
  snapshots: Snapshots,
  ranges: readonly Range[],
  centering: SnapshotCenter,
  visit: (block: ColumnBlock) => void,
): void {
  const paddedRows = Math.ceil(snapshots.count / tile) * tile;
  const rows = new Float64Array(paddedRows * blockColumns);
  const center = new Float64Array(blockColumns);
  for (const { start, end } of ranges) {
    if (!(Number.isSafeInteger(start) && start >= 0 && start < end && end <= snapshots.parameterCount)) {
      throw new UserError(
        `trajectory: expected a range of the ${snapshots.parameterCount} parameters, got ${start} to ${end}`,
      );
    }
    for (let first = start; first < end; first += blockColumns) {
      const width = Math.min(blockColumns, end - first);
      const block = {
        start: first,
        width,
        rows: rows.subarray(0, paddedRows * width),
        center: center.subarray(0, width),
      };
      block.rows.fill(0, snapshots.count * width);
      loadCentered(snapshots, centering, block);
      visit(block);
    }
  }
}

function loadCentered(
  snapshots: Snapshots,
  centering: SnapshotCenter,
  { start, width, rows, center }: ColumnBlock,
): void {
  const values = new Float32Array(width);
  const { count } = snapshots;
  center.fill(0);
  for (let t = 0; t < count; t++) {
    snapshots.read(t, start, values);
    for (let k = 0; k < width; k++) {
      const value = values[k]!;
      if (value - value !== 0) throw notFinite(value, t, start + k);
      rows[t * width + k] = value;
      center[k]! += value;
    }
  }
  for (let k = 0; k < width; k++) center[k] = centering === 'mean' ? center[k]! / count : values[k]!;
  for (let t = 0; t < count; t++) {
    for (let k = 0; k < width; k++) rows[t * width + k]! -= center[k]!;
  }
}

function notFinite(value: number, snapshot: number, parameter: number): UserError {
  return new UserError(
    `trajectory: expected finite numbers, got ${value} in snapshot ${snapshot} at ${parameter}; ` +
      'leave a diverged run out',
  );
}

/**
 * Adds the products of all pairs of rows of a block to the lower triangle of a matrix, in tiles of 3 x 3 pairs.
 *
 *     sums[i][j] += sum_k rows[i][k] rows[j][k],   j <= i (and up to two more above the diagonal)
 *
 * Shapes: sums [paddedRows][paddedRows]. Cost: paddedRows^2 * width / 2 multiplications.
 */
export function addRowProducts({ rows, width }: ColumnBlock, sums: Float64Array): void {
  const paddedRows = rows.length / width;
  for (let i = 0; i < paddedRows; i += tile) {
    const a0 = i * width;
    const a1 = a0 + width;
    const a2 = a1 + width;
    for (let j = 0; j <= i; j += tile) {
      const b0 = j * width;
      const b1 = b0 + width;
      const b2 = b1 + width;
      let [s00, s01, s02, s10, s11, s12, s20, s21, s22] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
      for (let k = 0; k < width; k++) {
        const p = rows[b0 + k]!;
        const q = rows[b1 + k]!;
        const r = rows[b2 + k]!;
        const x = rows[a0 + k]!;
        const y = rows[a1 + k]!;
        const z = rows[a2 + k]!;
        s00 += x * p;
        s01 += x * q;
        s02 += x * r;
        s10 += y * p;
        s11 += y * q;
        s12 += y * r;
        s20 += z * p;
        s21 += z * q;
        s22 += z * r;
      }
      addTile(sums, i * paddedRows + j, paddedRows, [s00, s01, s02, s10, s11, s12, s20, s21, s22]);
    }
  }
}

function addTile(sums: Float64Array, at: number, stride: number, values: readonly number[]): void {
  values.forEach((value, i) => {
    sums[at + Math.floor(i / tile) * stride + (i % tile)]! += value;
  });
}
