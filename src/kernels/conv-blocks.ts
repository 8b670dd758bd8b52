// What the gradient of a convolution's weights comes down to: a block of rows of floats (the weights of one output
// channel) gains the sum of other such blocks (patches of the input), each times a gradient. Lists are long, so sums
// stay in registers while the list of blocks is walked.

import { mulAdd } from './simd';

/** Bytes of a list entry: the block's address (u32), then its factor (f32). */
export const ENTRY: usize = 8;

/**
 * target[r][i] += sum over the entries (block, g) of [list, end), in order and from 0, of g * block[r][i]
 *
 * Shapes: r < rows, i < 4 * vectors; rows of a block are `sourceRow` bytes apart, those of the target `targetRow`.
 * `end` > `list`.
 */
export function addBlocks(
  list: usize,
  end: usize,
  target: usize,
  rows: i32,
  vectors: i32,
  sourceRow: usize,
  targetRow: usize,
): void {
  // Here and below not else-if: the compiler would merge arms that differ in literals only, and nothing would be
  // specialised.
  if (vectors > 2) addWideRows(list, end, target, rows, vectors, sourceRow, targetRow);
  if (vectors === 2) addNarrowRows(2, 3, list, end, target, rows, sourceRow, targetRow);
  if (vectors === 1) addNarrowRows(1, 4, list, end, target, rows, sourceRow, targetRow);
}

/** Row by row, in tiles of 3 to 5 vectors. */
// @inline
function addWideRows(
  list: usize,
  end: usize,
  target: usize,
  rows: i32,
  vectors: i32,
  sourceRow: usize,
  targetRow: usize,
): void {
  for (let r = 0, row: usize = 0; r < rows; r++, row += sourceRow, target += targetRow) {
    let source = row,
      to = target;
    for (let left = vectors; left > 0; ) {
      const width = left <= 5 ? left : left <= 8 ? (left + 1) >> 1 : 5;
      if (width === 5) addTile(1, 5, list, end, source, to, sourceRow, targetRow);
      if (width === 4) addTile(1, 4, list, end, source, to, sourceRow, targetRow);
      if (width === 3) addTile(1, 3, list, end, source, to, sourceRow, targetRow);
      left -= width;
      source += (<usize>width) << 4;
      to += (<usize>width) << 4;
    }
  }
}

/** Rows of 1 or 2 vectors, up to `height` (3 or 4) rows in a tile. */
// @inline
function addNarrowRows(
  vectors: i32,
  height: i32,
  list: usize,
  end: usize,
  target: usize,
  rows: i32,
  sourceRow: usize,
  targetRow: usize,
): void {
  let source: usize = 0;
  for (let left = rows; left > 0; ) {
    const tall = min(left, height);
    if (height === 4 && tall === 4) addTile(4, vectors, list, end, source, target, sourceRow, targetRow);
    if (tall === 3) addTile(3, vectors, list, end, source, target, sourceRow, targetRow);
    if (tall === 2) addTile(2, vectors, list, end, source, target, sourceRow, targetRow);
    if (tall === 1) addTile(1, vectors, list, end, source, target, sourceRow, targetRow);
    left -= tall;
    source += <usize>tall * sourceRow;
    target += <usize>tall * targetRow;
  }
}

/**
 * A tile of `rows` x `width` vectors; both are literals, so each use compiles to a tile of its own. c<r><v> is the sum
 * of row r, vector v.
 *
 * At most 6 sums: V8 loads all of a loop body's vectors before it computes, so sums, loads and the
 * factor have to fit into 15 registers together.
 */
// @inline
function addTile(
  rows: i32,
  width: i32,
  list: usize,
  end: usize,
  offset: usize,
  target: usize,
  sourceRow: usize,
  targetRow: usize,
): void {
  const R = rows,
    V = width;
  const zero = f32x4.splat(0);
  let c00 = zero,
    c01 = zero,
    c02 = zero,
    c03 = zero,
    c04 = zero,
    c10 = zero,
    c11 = zero;
  let c20 = zero,
    c21 = zero,
    c30 = zero;
  for (let entry = list; entry < end; entry += ENTRY) {
    const s0 = <usize>load<u32>(entry) + offset;
    const g = v128.load_splat<f32>(entry, 4);
    const s1 = s0 + sourceRow,
      s2 = s1 + sourceRow,
      s3 = s2 + sourceRow;
    c00 = mulAdd(c00, g, v128.load(s0));
    if (V > 1) c01 = mulAdd(c01, g, v128.load(s0, 16));
    if (V > 2) c02 = mulAdd(c02, g, v128.load(s0, 32));
    if (V > 3) c03 = mulAdd(c03, g, v128.load(s0, 48));
    if (V > 4) c04 = mulAdd(c04, g, v128.load(s0, 64));
    if (R > 1) c10 = mulAdd(c10, g, v128.load(s1));
    if (R > 1 && V > 1) c11 = mulAdd(c11, g, v128.load(s1, 16));
    if (R > 2) c20 = mulAdd(c20, g, v128.load(s2));
    if (R > 2 && V > 1) c21 = mulAdd(c21, g, v128.load(s2, 16));
    if (R > 3) c30 = mulAdd(c30, g, v128.load(s3));
  }
  const t1 = target + targetRow,
    t2 = t1 + targetRow,
    t3 = t2 + targetRow;
  addTo(target, c00);
  if (V > 1) addTo(target + 16, c01);
  if (V > 2) addTo(target + 32, c02);
  if (V > 3) addTo(target + 48, c03);
  if (V > 4) addTo(target + 64, c04);
  if (R > 1) addTo(t1, c10);
  if (R > 1 && V > 1) addTo(t1 + 16, c11);
  if (R > 2) addTo(t2, c20);
  if (R > 2 && V > 1) addTo(t2 + 16, c21);
  if (R > 3) addTo(t3, c30);
}

// @inline
function addTo(target: usize, sum: v128): void {
  v128.store(target, f32x4.add(v128.load(target), sum));
}
