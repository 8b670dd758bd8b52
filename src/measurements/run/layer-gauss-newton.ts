/**
 * Gauss-Newton matrices of the two weight matrices of 1-h-1, each by itself, biases left out, in float32 as the
 * notebook of section 1.2.3 adds them up. Shapes: [h][h] each
 */
export interface LayerMatrices {
  readonly first: Float32Array;
  readonly second: Float32Array;
}

/** Both matrices before the first sample. */
export function layerMatrices(hidden: number): LayerMatrices {
  return { first: new Float32Array(hidden * hidden), second: new Float32Array(hidden * hidden) };
}

/**
 * Adds every sample's part: sums, not means.
 *
 *     first  += (x u)(x u)',  u = w2 * [z > 0]     d f / d w1
 *     second += a a',         a = max(z, 0)        d f / d w2
 *
 * Shapes: params [3h + 1] as weight, bias, weight, bias; inputs [n].
 */
export function addLayerMatrices({ first, second }: LayerMatrices, params: Float64Array, inputs: Float64Array): void {
  const hidden = (params.length - 1) / 3;
  const slopes = new Float32Array(hidden);
  const activations = new Float32Array(hidden);
  for (const x of inputs) {
    for (let i = 0; i < hidden; i++) {
      const z = params[i]! * x + params[hidden + i]!;
      slopes[i] = z > 0 ? x * params[2 * hidden + i]! : 0;
      activations[i] = Math.max(z, 0);
    }
    addOuterProduct(first, slopes);
    addOuterProduct(second, activations);
  }
}

function addOuterProduct(matrix: Float32Array, v: Float32Array): void {
  const n = v.length;
  for (let i = 0; i < n; i++) {
    const value = v[i]!;
    if (value === 0) continue;
    for (let j = 0; j < n; j++) matrix[i * n + j]! += Math.fround(value * v[j]!);
  }
}
