import { tanh } from '../../base/math.js';
import { defaultLeakySlope, type LayerSpec, type NetworkSpec } from '../../engine/network-spec.js';
import { product } from '../../engine/shapes.js';

/**
 * Jacobians of some samples, as far as norms need them.
 * Shapes: logits [n, k]; grams [n, k, k], J J' of each sample.
 */
export interface JacobianGrams {
  readonly logits: Float64Array;
  readonly grams: Float64Array;
}

/** The weights of a network with one hidden layer. Shapes: w1 [h][d], b1 [h], w2 [k][h], b2 [k]. */
interface OneHidden {
  readonly d: number;
  readonly h: number;
  readonly k: number;
  readonly w1: Float64Array;
  readonly b1: Float64Array;
  readonly w2: Float64Array;
  readonly b2: Float64Array;
  /** The activation and its slope, in z. */
  readonly activate: (z: number) => number;
  readonly slope: (z: number) => number;
}

/**
 * Input Jacobians of networks with one hidden layer in closed form, as their Gram matrices; undefined for other
 * networks.
 *
 *     J = W2 diag(s) W1,   J J' = W2 diag(s) (W1 W1') diag(s) W2',   s_i = f'(z_i)
 *
 * W1 W1' is computed once, so a sample costs half of (units with a slope)^2 * k multiply-adds, whatever the number of
 * inputs.
 * Shapes: params [parameterCount]; the function takes inputs [n, d].
 */
export function oneHiddenJacobians(
  spec: NetworkSpec,
  params: Float64Array,
): ((inputs: Float64Array) => JacobianGrams) | undefined {
  const net = readOneHidden(spec, params);
  if (!net) return undefined;
  const { d, h, k } = net;
  const inner = gramOfRows(net.w1, h, d);
  const columns = transpose(net.w1, h, d);
  return (inputs) => {
    const n = inputs.length / d;
    const logits = new Float64Array(n * k);
    const grams = new Float64Array(n * k * k);
    for (let i = 0; i < n; i++) {
      const z = preActivations(net, columns, inputs.subarray(i * d, (i + 1) * d));
      logits.set(outputs(net, z), i * k);
      addGram(net, inner, z.map(net.slope), grams.subarray(i * k * k, (i + 1) * k * k));
    }
    return { logits, grams };
  };
}

function readOneHidden({ input, layers }: NetworkSpec, params: Float64Array): OneHidden | undefined {
  // Flattening moves nothing, and dropout is off.
  const [first, activation, last, ...more] = layers.filter(({ kind }) => kind !== 'flatten' && kind !== 'dropout');
  const functions = activation && activationOf(activation);
  if (first?.kind !== 'linear' || last?.kind !== 'linear' || !functions || more.length > 0) return undefined;
  if (first.bias === false || last.bias === false) return undefined;
  const [d, h, k] = [product(input), first.features, last.features];
  const [bias1, weight2, bias2] = [h * d, h * d + h, h * d + h + k * h];
  const [b1, w2, b2] = [params.subarray(bias1, weight2), params.subarray(weight2, bias2), params.subarray(bias2)];
  return { d, h, k, w1: params.subarray(0, bias1), b1, w2, b2, ...functions };
}

function activationOf(spec: LayerSpec): Pick<OneHidden, 'activate' | 'slope'> | undefined {
  if (spec.kind === 'tanh') {
    return {
      activate: tanh,
      slope: (z) => {
        const y = tanh(z);
        return 1 - y * y;
      },
    };
  }
  if (spec.kind !== 'relu' && spec.kind !== 'leakyRelu') return undefined;
  const below = spec.kind === 'relu' ? 0 : (spec.slope ?? defaultLeakySlope);
  return { activate: (z) => (z > 0 ? z : below * z), slope: (z) => (z > 0 ? 1 : below) };
}

/** Four inner products at a time: each is a chain of additions, of which a processor has several on the way. */
function gramOfRows(rows: Float64Array, h: number, d: number): Float64Array {
  const gram = new Float64Array(h * h);
  const padded = new Float64Array(4 * Math.ceil(h / 4) * d);
  padded.set(rows);
  const sums = new Float64Array(4 * Math.ceil(h / 4));
  for (let i = 0; i < h; i++) {
    const row = rows.subarray(i * d, (i + 1) * d);
    for (let j = 0; j <= i; j += 4) fourProducts(padded, j, d, row, d, sums);
    for (let j = 0; j <= i; j++) {
      gram[i * h + j] = sums[j]!;
      gram[j * h + i] = sums[j]!;
    }
  }
  return gram;
}

/** Shapes: columns [d][h], W1 transposed. Most pixels of an image are 0 and cost nothing. */
function preActivations({ d, h, b1 }: OneHidden, columns: Float64Array, x: Float64Array): Float64Array {
  const z = b1.slice();
  for (let c = 0; c < d; c++) {
    const value = x[c]!;
    if (value === 0) continue;
    for (let i = 0, at = c * h; i < h; i++, at++) z[i]! += columns[at]! * value;
  }
  return z;
}

function transpose(matrix: Float64Array, rows: number, columns: number): Float64Array {
  const transposed = new Float64Array(matrix.length);
  for (let i = 0; i < rows; i++) for (let c = 0; c < columns; c++) transposed[c * rows + i] = matrix[i * columns + c]!;
  return transposed;
}

function outputs({ h, w2, b2, activate }: OneHidden, z: Float64Array): Float64Array {
  const hidden = z.map(activate);
  return b2.map((bias, i) => {
    let sum = bias;
    for (let j = 0; j < h; j++) sum += w2[i * h + j]! * hidden[j]!;
    return sum;
  });
}

/**
 * Adds V K V' for V = W2 diag(s), over the units whose slope is not 0; each pair of units once, four outputs at a time.
 */
function addGram({ h, k, w2 }: OneHidden, inner: Float64Array, slopes: Float64Array, gram: Float64Array): void {
  const active = Uint32Array.from({ length: h }, (_, i) => i).filter((i) => slopes[i] !== 0);
  const n = active.length;
  const v = new Float64Array(4 * Math.ceil(k / 4) * n);
  for (let c = 0; c < k; c++) for (let a = 0; a < n; a++) v[c * n + a] = w2[c * h + active[a]!]! * slopes[active[a]!]!;
  const row = new Float64Array(n);
  const sums = new Float64Array(v.length / Math.max(1, n));
  for (let a = 0; a < n; a++) {
    for (let b = 0; b < a; b++) row[b] = inner[active[a]! * h + active[b]!]!;
    // Half of the diagonal, as the outer product below is added with its transpose.
    row[a] = 0.5 * inner[active[a]! * h + active[a]!]!;
    for (let c = 0; c < k; c += 4) fourProducts(v, c, n, row, a + 1, sums);
    for (let c = 0; c < k; c++) {
      for (let e = 0; e < k; e++) gram[c * k + e]! += v[c * n + a]! * sums[e]! + sums[c]! * v[e * n + a]!;
    }
  }
}

/** Inner products of rows c to c + 3 of v with the first `count` numbers of a row. */
function fourProducts(
  v: Float64Array,
  c: number,
  n: number,
  row: Float64Array,
  count: number,
  sums: Float64Array,
): void {
  const [v0, v1, v2, v3] = [c * n, (c + 1) * n, (c + 2) * n, (c + 3) * n];
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  for (let b = 0; b < count; b++) {
    const x = row[b]!;
    s0 += v[v0 + b]! * x;
    s1 += v[v1 + b]! * x;
    s2 += v[v2 + b]! * x;
    s3 += v[v3 + b]! * x;
  }
  sums[c] = s0;
  sums[c + 1] = s1;
  sums[c + 2] = s2;
  sums[c + 3] = s3;
}
