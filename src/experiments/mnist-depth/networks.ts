import type { LayerSpec } from '../../engine/network-spec.js';
import { parametersOf } from '../../study/vocabulary/index.js';
import type { ModelSpec } from '../../tasks/trial-spec.js';

/** Section 1.1.2: convolutional networks of about 25,600 parameters, with 1, 2 or 4 hidden dense layers. */

const relu: LayerSpec = { kind: 'relu' };
const dropout: LayerSpec = { kind: 'dropout', rate: 0.25 };
const classes: LayerSpec = { kind: 'linear', features: 10 };

const hidden = (...widths: readonly number[]): readonly LayerSpec[] =>
  widths.flatMap((features): LayerSpec[] => [{ kind: 'linear', features }, relu]);

const convolution = (channels: number, kernel: number): readonly LayerSpec[] => [
  { kind: 'conv2d', channels, kernel },
  relu,
  { kind: 'maxPool2d', size: 2 },
];

const wideStack: readonly LayerSpec[] = [...convolution(10, 4), ...convolution(20, 4), { kind: 'flatten' }];
const largeKernelStack: readonly LayerSpec[] = [...convolution(10, 5), ...convolution(15, 5), { kind: 'flatten' }];

/** A network of the section, by its dense layers. */
export interface Cnn {
  readonly id: string;
  readonly label: string;
  readonly depth: number;
  readonly model: ModelSpec;
}

const cnn = (id: string, label: string, depth: number, ...layers: readonly LayerSpec[]): Cnn => ({
  id,
  label,
  depth,
  model: { kind: 'layers', input: [1, 28, 28], layers },
});

const cnn1 = cnn('cnn1', 'CNN-1, 2 dense layers', 2, ...wideStack, ...hidden(50), dropout, ...hidden(100), classes);
const cnn2 = (...dense: readonly LayerSpec[]): Cnn => cnn('cnn2', 'CNN-2, 4 dense layers', 4, ...wideStack, ...dense);
const cnn3 = (...layers: readonly LayerSpec[]): Cnn => cnn('cnn3', 'CNN-3, 1 dense layer', 1, ...layers);

/** The networks of the code: CNN-3 has a stack of its own, CNN-1 alone dropout. */
export const codedNetworks: readonly Cnn[] = [
  cnn1,
  cnn2(...hidden(50, 50, 40, 30), classes),
  cnn3(...largeKernelStack, ...hidden(86), classes),
];

/** Hidden units with which one dense layer comes nearest to the 25,550 parameters of two. */
export const nearestUnits = 67;

/** Dropout in all three, and CNN-3 on the stack of the others. */
export const writtenNetworks: readonly Cnn[] = [
  cnn1,
  cnn2(...hidden(50), dropout, ...hidden(50, 40, 30), classes),
  cnn3(...wideStack, ...hidden(nearestUnits), dropout, classes),
];

/**
 * One stack, no dropout, parameters within 0.02 % of each other, and the layers of a network as wide as each other: depth
 * alone differs, and no layer of it is a bottleneck.
 */
export const intendedNetworks: readonly Cnn[] = [
  cnn('depth1', '1 dense layer', 1, ...wideStack, ...hidden(nearestUnits), classes),
  cnn('depth2', '2 dense layers', 2, ...wideStack, ...hidden(57, 57), classes),
  cnn('depth4', '4 dense layers', 4, ...wideStack, ...hidden(47, 47, 46, 46), classes),
];

/** How many parameters each of some networks has. */
export const parametersOfAll = (networks: readonly Cnn[]): readonly number[] =>
  networks.map(({ model }) => parametersOf(model));
