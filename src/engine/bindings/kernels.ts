import { kernelsBase64, kernelsBinaryDigest } from './kernels-binary.generated.js';

export { kernelsBinaryDigest };

/**
 * Names the bits that the kernels compute: the SHA-256 of the first binary that computed them. It is part of every trial's id, so a binary that computes
 * the same bits faster keeps all trials of a store. `kernel-bits.test.ts` holds the binary to it.
 */
export const kernelsDigest = '0bcefc4856715b711e674649423b1f3f6708a767d476578f109c509220a1a96d';

/**
 * The functions that src/kernels exports. All pointers are byte addresses in `memory`, all counts are in elements.
 * What each does, with shapes and the order of its sums, stands at its definition in src/kernels.
 */
export interface Kernels {
  readonly memory: WebAssembly.Memory;
  heapBase(): number;

  linearMultiply(
    a: number,
    aRow: number,
    aColumn: number,
    bias: number,
    b: number,
    out: number,
    mask: number,
    rows: number,
    depth: number,
    samples: number,
    stride: number,
    accumulate: boolean,
    epilogue: number,
    slope: number,
  ): void;
  linearGradients(
    dz: number,
    x: number,
    dw: number,
    db: number,
    outputs: number,
    inputs: number,
    samples: number,
    stride: number,
    accumulate: boolean,
  ): void;

  rowSums(x: number, sums: number, rows: number, samples: number, stride: number, accumulate: boolean): void;

  sparsePanelWidth(): number;
  sparseLists(
    images: number,
    imageStride: number,
    pixels: number,
    samples: number,
    paddedSamples: number,
    scale: number,
    rowStarts: number,
    rows: number,
    columnEnds: number,
    columns: number,
    bucketBytes: number,
  ): void;
  sparseForward(
    weights: number,
    bias: number,
    rowStarts: number,
    out: number,
    block: number,
    samples: number,
    stride: number,
    activate: boolean,
    slope: number,
  ): void;
  sparseGatherDelta(delta: number, block: number, samples: number, stride: number): void;
  sparseGradient(
    columns: number,
    bucketBytes: number,
    columnEnds: number,
    pixels: number,
    block: number,
    dw: number,
    accumulate: boolean,
  ): void;

  crossEntropy(
    z: number,
    labels: number,
    dz: number,
    predictions: number,
    classes: number,
    count: number,
    samples: number,
    stride: number,
    scale: number,
  ): number;
  crossEntropyTangent(
    z: number,
    tangent: number,
    out: number,
    classes: number,
    count: number,
    samples: number,
    stride: number,
    scale: number,
  ): void;
  squaredErrorTangent(
    tangent: number,
    out: number,
    outputs: number,
    count: number,
    samples: number,
    stride: number,
    scale: number,
  ): void;
  squaredError(
    z: number,
    targets: number,
    dz: number,
    outputs: number,
    count: number,
    samples: number,
    stride: number,
    scale: number,
  ): number;

  adamUpdate(
    p: number,
    grad: number,
    m: number,
    v: number,
    count: number,
    rate: number,
    beta1: number,
    beta2: number,
    floor: number,
    decay: number,
    shrink: number,
  ): void;
  sgdUpdate(
    p: number,
    grad: number,
    buffer: number,
    count: number,
    learningRate: number,
    momentum: number,
    decay: number,
  ): void;

  leakyForward(x: number, y: number, count: number, slope: number): void;
  leakyBackward(dy: number, y: number, dx: number, count: number, slope: number): void;
  tanhForward(x: number, y: number, count: number): void;
  tanhBackward(dy: number, y: number, dx: number, count: number): void;
  tanhCurvature(dy: number, y: number, tangent: number, out: number, count: number): void;
  multiply(a: number, b: number, out: number, count: number): void;
  copyFloats(from: number, to: number, count: number): void;
  sumOfSquares(x: number, count: number): number;

  dropoutMask(
    mask: number,
    features: number,
    samples: number,
    featureStride: number,
    sampleStride: number,
    first: number,
    step: number,
    layer: number,
    key0: number,
    key1: number,
    threshold: number,
    keep: number,
  ): void;

  convPackForward(weights: number, bias: number, packed: number, cin: number, cout: number, kernel: number): void;
  convForward(
    input: number,
    masks: number,
    packed: number,
    output: number,
    samples: number,
    height: number,
    width: number,
    cin: number,
    cout: number,
    kernel: number,
    outHeight: number,
    outWidth: number,
    accumulate: boolean,
  ): void;
  convPackGradInput(weights: number, packed: number, cin: number, cout: number, kernel: number): void;
  convGradInputScratch(cout: number, size: number): number;
  convGradInput(
    grad: number,
    argmax: number,
    packed: number,
    inputGrad: number,
    scratch: number,
    samples: number,
    height: number,
    width: number,
    cin: number,
    cout: number,
    kernel: number,
    gradHeight: number,
    gradWidth: number,
    size: number,
    accumulate: boolean,
  ): void;
  convGradWeightsScratch(
    height: number,
    width: number,
    cin: number,
    cout: number,
    gradHeight: number,
    gradWidth: number,
    size: number,
  ): number;
  convGradWeights(
    input: number,
    masks: number,
    grad: number,
    argmax: number,
    sums: number,
    scratch: number,
    samples: number,
    height: number,
    width: number,
    cin: number,
    cout: number,
    kernel: number,
    gradHeight: number,
    gradWidth: number,
    size: number,
    accumulate: boolean,
  ): void;
  convUnpackGradients(
    sums: number,
    gradWeights: number,
    gradBias: number,
    cin: number,
    cout: number,
    kernel: number,
    accumulate: boolean,
  ): void;

  maxPoolForward(
    input: number,
    output: number,
    argmax: number,
    samples: number,
    height: number,
    width: number,
    channels: number,
    size: number,
  ): void;
  maxPoolTangent(
    input: number,
    argmax: number,
    output: number,
    samples: number,
    height: number,
    width: number,
    channels: number,
    size: number,
  ): void;
  maxPoolBackward(
    grad: number,
    argmax: number,
    inputGrad: number,
    samples: number,
    height: number,
    width: number,
    channels: number,
    size: number,
  ): void;

  imagesToFloats(images: number, stride: number, output: number, samples: number, pixels: number): void;
  imageRowMasks(images: number, stride: number, masks: number, samples: number, height: number, width: number): void;
  flattenForward(
    input: number,
    output: number,
    samples: number,
    area: number,
    channels: number,
    padded: number,
    stride: number,
  ): void;
  flattenBackward(
    grad: number,
    inputGrad: number,
    samples: number,
    area: number,
    channels: number,
    stride: number,
  ): void;
}

let compiled: Promise<WebAssembly.Module> | undefined;

/** A fresh instance of the kernels with a memory of its own; the module is compiled once in a process. */
export async function instantiateKernels(): Promise<Kernels> {
  compiled ??= WebAssembly.compile(decodeBase64(kernelsBase64));
  const instance = await WebAssembly.instantiate(await compiled, {});
  return instance.exports as unknown as Kernels;
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
