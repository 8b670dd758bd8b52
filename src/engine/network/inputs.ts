import type { Dataset } from '../../base/dataset.js';
import type { Kernels } from '../bindings/kernels.js';
import type { ByteImages } from '../bindings/sparse.js';
import { product } from '../layers/shape.js';

/**
 * Samples to train on or evaluate: [start, start + count) of `order` (sample indices), or of the data set itself where
 * order is null.
 */
export interface Batch {
  readonly data: Dataset;
  readonly order: Int32Array | null;
  readonly start: number;
  readonly count: number;
}

/** Copies byte rows of a batch into the kernels' memory. Shapes: images [capacity][stride]. */
export function loadByteRows({ data, order, start, count }: Batch, images: ByteImages, kernels: Kernels): void {
  const source = data.inputs as Uint8Array;
  const pixels = product(data.inputShape);
  const target = new Uint8Array(kernels.memory.buffer, images.pointer, count * images.stride);
  // Rows that lie in a row go in one copy.
  const rows = order === null && images.stride === pixels ? count : 1;
  for (let s = 0; s < count; s += rows) {
    const from = (order ? order[start + s]! : start + s) * pixels;
    target.set(source.subarray(from, from + rows * pixels), s * images.stride);
  }
}

/**
 * Copies rows of values into the feature-major layout.
 * Shapes: values [size, features], target [features][stride]; bytes become byte / 255.
 */
export function loadFeatureRows(
  batch: Batch,
  values: Uint8Array | Float32Array,
  features: number,
  pointer: number,
  stride: number,
  kernels: Kernels,
): void {
  const { order, start, count } = batch;
  const target = new Float32Array(kernels.memory.buffer, pointer, features * stride);
  const scale = values instanceof Uint8Array ? 255 : 1;
  for (let s = 0; s < count; s++) {
    const row = (order ? order[start + s]! : start + s) * features;
    for (let f = 0; f < features; f++) target[f * stride + s] = values[row + f]! / scale;
  }
}

/**
 * Copies images into the sample-major layout, channels last.
 * Shapes: inputs [size, channels, height, width], target [sample][height][width][channel]; bytes become byte / 255.
 */
export function loadImages({ data, order, start, count }: Batch, pointer: number, kernels: Kernels): void {
  const [channels = 1, height = 1, width = 1] = data.inputShape;
  const area = height * width;
  const features = channels * area;
  const target = new Float32Array(kernels.memory.buffer, pointer, count * features);
  const scale = data.inputs instanceof Uint8Array ? 255 : 1;
  for (let s = 0; s < count; s++) {
    const row = (order ? order[start + s]! : start + s) * features;
    for (let c = 0; c < channels; c++) {
      for (let i = 0; i < area; i++) target[s * features + i * channels + c] = data.inputs[row + c * area + i]! / scale;
    }
  }
}

/** Copies the labels of a batch. Shapes: pointer [capacity] bytes. */
export function loadLabels({ data, order, start, count }: Batch, pointer: number, kernels: Kernels): void {
  const labels = data.targets;
  const target = new Uint8Array(kernels.memory.buffer, pointer, count);
  for (let s = 0; s < count; s++) target[s] = labels[order ? order[start + s]! : start + s]!;
}
