// TensorFlow.js's side of the bench. DESCENT_BENCH_BACKEND: wasm or cpu.
import { createRequire } from 'node:module';
import { peerData, peerTensors } from './peer-data.mjs';
import { serve } from './serve.mjs';

const require = createRequire(import.meta.url);
const tf = require('@tensorflow/tfjs');
const backend = process.env.DESCENT_BENCH_BACKEND;
if (backend === 'wasm') require('@tensorflow/tfjs-backend-wasm').setThreadsCount(1);

async function create(workload, files) {
  await tf.setBackend(backend);
  await tf.ready();
  if (tf.getBackend() !== backend) throw new Error(`back end ${backend} did not start`);
  const { network } = workload;
  const images = workload.data === 'mnist';
  const data = peerData(workload, files);
  const tensors = peerTensors(network, files);
  const variables = tensors.map(({ shape, values }) => tf.variable(toTf(shape, values)));
  const forward = (x) => run(network, variables, x);
  if (workload.kind === 'evaluation') return { unit: () => ({ checks: [evaluate(forward, network, data.test)] }) };

  const x = tf.tensor2d(data.inputs, [data.inputs.length / data.features, data.features]);
  const y = images ? tf.tensor1d(data.targets, 'int32') : tf.tensor2d(data.targets, [data.size, 1]);
  const { learningRate, weightDecay = 0 } = workload.optimizer;
  let adam;
  let at = 0;
  return {
    reset: () => {
      adam?.dispose();
      adam = tf.train.adam(learningRate, 0.9, 0.999, 1e-8);
      tensors.forEach(({ shape, values }, i) => {
        tf.tidy(() => variables[i].assign(toTf(shape, values)));
      });
      at = 0;
    },
    step: () => {
      const loss = tf.tidy(() => {
        let [xb, yb] = [x, y];
        if (images) {
          const index = tf.tensor1d(data.indices(at, workload.batchSize), 'int32');
          [xb, yb] = [tf.gather(x, index), tf.gather(y, index)];
          at += workload.batchSize;
        }
        const { value, grads } = tf.variableGrads(() => lossOf(images, forward(shaped(network, xb)), yb));
        adam.applyGradients(
          Object.fromEntries(
            variables.map((v) => [v.name, weightDecay ? tf.add(grads[v.name], tf.mul(v, weightDecay)) : grads[v.name]]),
          ),
        );
        return tf.keep(value);
      });
      const [number] = loss.dataSync();
      loss.dispose();
      return number;
    },
  };
}

/**
 * Dense weights are [in, out] here, which is this library's own layout and its fast one; convolution kernels are [k, k,
 * in, out].
 */
function toTf(shape, values) {
  const orders = { 2: [1, 0], 4: [2, 3, 1, 0] };
  return tf.tidy(() => {
    const tensor = tf.tensor(values, shape);
    return orders[shape.length] ? tf.transpose(tensor, orders[shape.length]) : tensor;
  });
}

function shaped(network, x) {
  const [channels, height, width] = network.input;
  return height === undefined ? x : tf.reshape(x, [-1, height, width, channels]);
}

function run({ layers }, variables, x) {
  let used = 0;
  return layers.reduce((h, layer) => {
    switch (layer.kind) {
      case 'linear':
        used += 2;
        return tf.add(tf.matMul(h, variables[used - 2]), variables[used - 1]);
      case 'conv2d':
        used += 2;
        return tf.add(tf.conv2d(h, variables[used - 2], 1, 'valid'), variables[used - 1]);
      case 'maxPool2d':
        return tf.maxPool(h, layer.size, layer.size, 'valid');
      case 'relu':
        return tf.relu(h);
      case 'leakyRelu':
        return tf.leakyRelu(h, 0.01);
      case 'flatten':
        // PyTorch's order of features, so that the dense weights fit.
        return tf.reshape(tf.transpose(h, [0, 3, 1, 2]), [h.shape[0], -1]);
      case 'dropout':
        return tf.dropout(h, layer.rate);
      default:
        throw new Error(`no layer ${layer.kind}`);
    }
  }, x);
}

function lossOf(images, out, y) {
  if (!images) return tf.mean(tf.square(tf.sub(out, y)));
  return tf.neg(tf.mean(tf.sum(tf.mul(tf.cast(tf.oneHot(y, 10), 'float32'), tf.logSoftmax(out)), 1)));
}

function evaluate(forward, network, { inputs, targets, size }) {
  let total = 0;
  for (let start = 0; start < size; start += 1000) {
    total += tf.tidy(() => {
      const xb = tf.tensor2d(inputs.subarray(start * 784, (start + 1000) * 784), [1000, 784]);
      const yb = tf.tensor1d(targets.subarray(start, start + 1000), 'int32');
      const out = forward(shaped({ ...network }, xb));
      tf.sum(tf.cast(tf.equal(tf.argMax(out, 1), yb), 'int32')).dataSync();
      return lossOf(true, out, yb).dataSync()[0] * 1000;
    });
  }
  return total / size;
}

await serve(tf.version.tfjs, create);
