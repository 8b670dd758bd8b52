// jax-js's side of the bench, on its WebAssembly back end. Every use of an array but the last takes a `.ref` (its rule
// of ownership).
import { readFileSync } from 'node:fs';

// Its WebAssembly back end starts threads where memory can be shared; the bench compares one thread each.
delete globalThis.SharedArrayBuffer;
const { defaultDevice, hessian, init, jit, lax, nn, numpy: np, valueAndGrad } = await import('@jax-js/jax');
const { peerData, peerTensors } = await import('./peer-data.mjs');
const { serve } = await import('./serve.mjs');

const [beta1, beta2, epsilon] = [0.9, 0.999, 1e-8];

async function create(workload, files) {
  await init('wasm');
  defaultDevice('wasm');
  const { network } = workload;
  const images = workload.data === 'mnist';
  const data = peerData(workload, files);
  const tensors = peerTensors(network, files);
  const initial = () => tensors.map(({ shape, values }) => np.array(values.slice()).reshape(shape));
  const lossOf = images ? crossEntropy : squaredError;
  const loss = (parameters, x, y) => lossOf(run(network, parameters, x), y);
  if (workload.kind === 'evaluation') return evaluation(network, initial(), data.test);
  if (workload.kind === 'hessian') return hessianTask(network, tensors, data);

  const { learningRate, weightDecay = 0 } = workload.optimizer;
  const update = jit((parameters, firsts, seconds, x, y, corrections) => {
    const [value, grads] = valueAndGrad(loss)(
      parameters.map((p) => p.ref),
      x,
      y,
    );
    const moved = parameters.map((p, i) =>
      adam(p, grads[i], firsts[i], seconds[i], corrections, learningRate, weightDecay),
    );
    corrections.dispose();
    return [value, moved.map(([p]) => p), moved.map(([, m]) => m), moved.map(([, , v]) => v)];
  });
  const full = images
    ? undefined
    : { x: np.array(data.inputs).reshape([-1, 1]), y: np.array(data.targets).reshape([-1, 1]) };
  let [parameters, firsts, seconds, steps, at] = [[], [], [], 0, 0];
  return {
    reset: () => {
      for (const array of [...parameters, ...firsts, ...seconds]) array.dispose();
      parameters = initial();
      firsts = tensors.map(({ shape }) => np.zeros(shape));
      seconds = tensors.map(({ shape }) => np.zeros(shape));
      [steps, at] = [0, 0];
    },
    step: () => {
      steps++;
      const [x, y] = full ? [full.x.ref, full.y.ref] : arraysOf(network, data.batch(at, workload.batchSize));
      at += workload.batchSize;
      const corrections = np.array(new Float32Array([1 / (1 - beta1 ** steps), 1 / (1 - beta2 ** steps)]));
      let value;
      [value, parameters, firsts, seconds] = update(parameters, firsts, seconds, x, y, corrections);
      return value.dataSync()[0];
    },
  };
}

/** Adam with L2 in the gradient, as PyTorch. */
function adam(p, grad, m, v, corrections, learningRate, weightDecay) {
  const g = weightDecay ? grad.add(p.ref.mul(weightDecay)) : grad;
  const first = m.mul(beta1).add(g.ref.mul(1 - beta1));
  const second = v.mul(beta2).add(np.square(g).mul(1 - beta2));
  const [c1, c2] = [corrections.ref.slice(0), corrections.ref.slice(1)];
  const move = first.ref.mul(c1).div(np.sqrt(second.ref.mul(c2)).add(epsilon));
  return [p.sub(move.mul(learningRate)), first, second];
}

const squaredError = (out, y) => np.mean(np.square(out.sub(y)));
/** `y` is one-hot. */
const crossEntropy = (out, y) => np.mean(np.sum(nn.logSoftmax(out, 1).mul(y), 1)).mul(-1);

function arraysOf(network, { x, y }) {
  const labels = new Float32Array(y.length * 10);
  y.forEach((label, i) => {
    labels[i * 10 + label] = 1;
  });
  return [np.array(x).reshape([y.length, ...network.input]), np.array(labels).reshape([y.length, 10])];
}

function run({ layers }, parameters, x) {
  let used = 0;
  return layers.reduce((h, layer) => {
    switch (layer.kind) {
      case 'linear':
        used += 2;
        return np.matmul(h, parameters[used - 2].transpose()).add(parameters[used - 1]);
      case 'conv2d':
        used += 2;
        return lax
          .conv(h, parameters[used - 2], [1, 1], 'VALID')
          .add(parameters[used - 1].reshape([layer.channels, 1, 1]));
      case 'maxPool2d': {
        // The last row and column of an odd image are not pooled, as in PyTorch.
        const [n, c, rows, columns] = h.shape.map((length, axis) =>
          axis < 2 ? length : Math.floor(length / layer.size),
        );
        const whole = h.slice([], [], [0, rows * layer.size], [0, columns * layer.size]);
        return np.max(whole.reshape([n, c, rows, layer.size, columns, layer.size]), [3, 5]);
      }
      case 'relu':
        return nn.relu(h);
      case 'leakyRelu':
        return nn.leakyRelu(h, 0.01);
      case 'flatten':
        return h.reshape([h.shape[0], -1]);
      default:
        throw new Error(`no layer ${layer.kind} without random numbers of its own`);
    }
  }, x);
}

function evaluation(network, parameters, { inputs, targets, size }) {
  const tally = jit((given, x, y) => {
    const out = run(network, given, x);
    const hit = np.argmax(out.ref, 1).equal(np.argmax(y.ref, 1)).astype(np.float32);
    return [crossEntropy(out, y), np.sum(hit)];
  });
  return {
    unit: () => {
      let total = 0;
      for (let start = 0; start < size; start += 1000) {
        const x = inputs.slice(start * 784, (start + 1000) * 784);
        const part = tally(
          parameters.map((p) => p.ref),
          ...arraysOf(network, { x, y: targets.subarray(start, start + 1000) }),
        );
        part[1].dataSync();
        total += part[0].dataSync()[0] * 1000;
      }
      return { checks: [total / size] };
    },
  };
}

function hessianTask(network, tensors, data) {
  const sizes = tensors.map(({ values }) => values.length);
  const flat = Float32Array.from(tensors.flatMap(({ values }) => Array.from(values)));
  const x = np.array(data.inputs).reshape([-1, 1]);
  const y = np.array(data.targets).reshape([-1, 1]);
  const loss = (all) => {
    let at = 0;
    const parameters = tensors.map(({ shape }, i) => {
      at += sizes[i];
      return all.ref.slice([at - sizes[i], at]).reshape(shape);
    });
    all.dispose();
    return squaredError(run(network, parameters, x.ref), y.ref);
  };
  const matrixOf = jit(hessian(loss));
  return {
    unit: () => ({
      checks: [
        Math.sqrt(
          matrixOf(np.array(flat))
            .dataSync()
            .reduce((sum, h) => sum + h * h, 0),
        ),
      ],
    }),
  };
}

const { version } = JSON.parse(
  readFileSync(new URL('../node_modules/@jax-js/jax/package.json', import.meta.url), 'utf8'),
);
await serve(version, create);
