// What the JavaScript peers read: the same samples, initial parameters and batches as Descent, as plain arrays.
import { readFileSync } from 'node:fs';

const bytesOf = (path) => new Uint8Array(readFileSync(path));

/**
 * Samples of a workload as float32 rows, prepared beforehand: nothing is converted in a step. `batch(size)` gives the
 * next batch of rows and labels.
 */
export function peerData(workload, files) {
  if (workload.data !== 'mnist') {
    const inputs = new Float32Array(bytesOf(files.inputs).buffer);
    const targets = new Float32Array(bytesOf(files.targets).buffer);
    return { inputs, targets, size: inputs.length, features: 1 };
  }
  const features = 784;
  const rows = (path) => Float32Array.from(bytesOf(path).subarray(16), (byte) => byte / 255);
  const labels = (path) => Int32Array.from(bytesOf(path).subarray(8));
  const order = new Int32Array(bytesOf(files.order).buffer);
  const inputs = workload.kind === 'steps' ? rows(files.trainImages) : undefined;
  const targets = workload.kind === 'steps' ? labels(files.trainLabels) : undefined;
  return {
    inputs,
    targets,
    features,
    test: { inputs: rows(files.testImages), targets: labels(files.testLabels), size: 10_000 },
    indices(at, count) {
      const span = Math.floor(order.length / count) * count;
      return order.subarray(at % span, (at % span) + count);
    },
    /** The batch that starts at position `at` of the order, gathered. */
    batch(at, count) {
      const chosen = this.indices(at, count);
      const x = new Float32Array(count * features);
      const y = new Int32Array(count);
      chosen.forEach((row, i) => {
        x.set(inputs.subarray(row * features, (row + 1) * features), i * features);
        y[i] = targets[row];
      });
      return { x, y };
    },
  };
}

/**
 * The initial parameters cut into tensors, in PyTorch's order: for each linear and convolutional layer its weights and
 * its biases.
 */
export function peerTensors(network, files) {
  const flat = new Float32Array(bytesOf(files.parameters).buffer);
  let shape = network.input;
  let at = 0;
  const take = (...dimensions) => {
    const size = dimensions.reduce((a, b) => a * b, 1);
    at += size;
    return { shape: dimensions, values: flat.slice(at - size, at) };
  };
  return network.layers.flatMap((layer) => {
    switch (layer.kind) {
      case 'linear': {
        const tensors = [take(layer.features, shape[0]), take(layer.features)];
        shape = [layer.features];
        return tensors;
      }
      case 'conv2d': {
        const { channels, kernel } = layer;
        const tensors = [take(channels, shape[0], kernel, kernel), take(channels)];
        shape = [channels, shape[1] - kernel + 1, shape[2] - kernel + 1];
        return tensors;
      }
      case 'maxPool2d':
        shape = [shape[0], Math.floor(shape[1] / layer.size), Math.floor(shape[2] / layer.size)];
        return [];
      case 'flatten':
        shape = [shape.reduce((a, b) => a * b, 1)];
        return [];
      default:
        return [];
    }
  });
}
