const maxSweeps = 60;

/**
 * Eigenvalues of a symmetric tridiagonal matrix T, ascending, with the rows of Y' basis where a basis was given (Y:
 * eigenvectors of T as columns).
 */
export interface TridiagonalEigen {
  readonly values: Float64Array;
  readonly vectors?: Float64Array;
}

/**
 * Eigenvalues of a symmetric tridiagonal matrix by the implicit QL algorithm with Wilkinson's shift.
 * Each rotation is applied to the rows of `basis` as well, so that its row i becomes sum_j Y[j][i] basis[j]:
 * eigenvectors for the identity, Ritz vectors for a Krylov basis, and first components for the column (1, 0, ..., 0)'.
 *
 * Shapes: diagonal [n], offDiagonal [n - 1], basis [n][m]; values [n], vectors [n][m]. The arguments are left as they
 * are.
 * Cost: O(n^2), and some 10 n^2 m operations for a basis. Accuracy: a few units of roundoff of the largest
 * |eigenvalue|.
 * Reference: Bowdler, Martin, Reinsch & Wilkinson 1968, The QR and QL algorithms for symmetric matrices, Numer. Math.
 * 11:293.
 * @throws RangeError if lengths do not fit, a value is not finite, or an eigenvalue is not found in 60 sweeps (not
 * seen)
 */
export function tridiagonalEigen(
  diagonal: Float64Array,
  offDiagonal: Float64Array,
  basis?: Float64Array,
): TridiagonalEigen {
  const n = diagonal.length;
  requireTridiagonal(diagonal, offDiagonal, basis);
  const scale = powerOfTwoScale(diagonal, offDiagonal);
  const d = diagonal.map((value) => value * scale);
  const e = new Float64Array(n);
  offDiagonal.forEach((value, i) => {
    e[i] = value * scale;
  });
  const rows = basis?.slice();
  for (let l = 0; l < n; l++) deflate(d, e, l, rows);
  const order = Uint32Array.from({ length: n }, (_, i) => i).sort((i, j) => d[i]! - d[j]! || i - j);
  const values = Float64Array.from(order, (i) => d[i]! / scale);
  return rows ? { values, vectors: permuteRows(rows, order) } : { values };
}

/** Rotates until e[l] is negligible: d[l] is an eigenvalue then. */
function deflate(d: Float64Array, e: Float64Array, l: number, rows: Float64Array | undefined): void {
  for (let sweep = 0; ; sweep++) {
    const end = endOfBlock(d, e, l);
    if (end === l) return;
    if (sweep === maxSweeps) throw new RangeError(`tridiagonalEigen: eigenvalue ${l} not found in ${maxSweeps} sweeps`);
    sweepBlock(d, e, l, end, rows);
  }
}

/**
 * The first index from l on whose off-diagonal element is negligible beside its neighbours, or beside the whole matrix,
 * of size 1: the many zero eigenvalues of a Hessian are known to a unit of roundoff of the largest at best, and finer
 * splitting of them might never end.
 */
function endOfBlock(d: Float64Array, e: Float64Array, l: number): number {
  let m = l;
  while (m < d.length - 1) {
    if (Math.abs(e[m]!) <= 2 ** -53 * (Math.abs(d[m]!) + Math.abs(d[m + 1]!)) + 2 ** -60) break;
    m++;
  }
  return m;
}

/** One implicit QL sweep over the rows from `end` up to l. */
function sweepBlock(d: Float64Array, e: Float64Array, l: number, end: number, rows: Float64Array | undefined): void {
  const width = rows ? rows.length / d.length : 0;
  const halfGap = (d[l + 1]! - d[l]!) / (2 * e[l]!);
  const root = Math.sqrt(halfGap * halfGap + 1);
  let g = d[end]! - d[l]! + e[l]! / (halfGap + (halfGap < 0 ? -root : root));
  let [sine, cosine, shift] = [1, 1, 0];
  for (let i = end - 1; i >= l; i--) {
    const f = sine * e[i]!;
    const b = cosine * e[i]!;
    const r = Math.sqrt(f * f + g * g);
    e[i + 1] = r;
    if (r === 0) {
      // The block splits here by itself.
      d[i + 1]! -= shift;
      e[end] = 0;
      return;
    }
    sine = f / r;
    cosine = g / r;
    g = d[i + 1]! - shift;
    const next = (d[i]! - g) * sine + 2 * cosine * b;
    shift = sine * next;
    d[i + 1] = g + shift;
    g = cosine * next - b;
    if (rows) rotateRows(rows, width, i, sine, cosine);
  }
  d[l]! -= shift;
  e[l] = g;
  e[end] = 0;
}

/** Rows i and i + 1 by the rotation (cosine, -sine; sine, cosine). */
function rotateRows(rows: Float64Array, width: number, i: number, sine: number, cosine: number): void {
  const end = (i + 1) * width;
  for (let a = i * width, b = end; a < end; a++, b++) {
    const upper = rows[a]!;
    const lower = rows[b]!;
    rows[b] = sine * upper + cosine * lower;
    rows[a] = cosine * upper - sine * lower;
  }
}

function permuteRows(rows: Float64Array, order: Uint32Array): Float64Array {
  const width = rows.length / order.length;
  const result = new Float64Array(rows.length);
  order.forEach((from, to) => {
    result.set(rows.subarray(from * width, (from + 1) * width), to * width);
  });
  return result;
}

/**
 * A power of two that brings the largest magnitude near 1, so that squares neither overflow nor vanish; 1 if all are 0.
 * Shapes: arrays of any lengths.
 */
export function powerOfTwoScale(...arrays: readonly Float64Array[]): number {
  let largest = 0;
  for (const array of arrays) for (const value of array) if (Math.abs(value) > largest) largest = Math.abs(value);
  let scale = 1;
  while (largest * scale > 1) scale /= 2;
  while (largest > 0 && largest * scale <= 0.5 && scale < 2 ** 1023) scale *= 2;
  return scale;
}

function requireTridiagonal(diagonal: Float64Array, offDiagonal: Float64Array, basis?: Float64Array): void {
  const n = diagonal.length;
  if (n === 0 || offDiagonal.length !== n - 1) {
    throw new RangeError(
      `tridiagonalEigen: expected n >= 1 diagonal and n - 1 off-diagonal numbers, got ${n} and ${offDiagonal.length}`,
    );
  }
  if (basis && basis.length % n !== 0) {
    throw new RangeError(`tridiagonalEigen: expected a basis of ${n} rows, got ${basis.length} numbers`);
  }
  const bad = [...diagonal, ...offDiagonal].find((value) => !Number.isFinite(value));
  if (bad !== undefined) throw new RangeError(`tridiagonalEigen: expected finite numbers, got ${bad}`);
}
