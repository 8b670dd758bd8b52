// Descent's side of the bench: the built engine (npm run build).
import { readFileSync } from 'node:fs';
import { functionDataset } from '../../dist/data/index.js';
import { createNetwork, inputKind, train } from '../../dist/engine/index.js';
import { exactHessian } from '../../dist/measures/curvature/exact-hessian.js';
import { referenceObjective } from '../../dist/measures/objective/reference-objective.js';
import { loadMnist } from '../../dist/platform/node/data/mnist-source.js';
import { chooseKernels } from '../../dist/platform/node/native/choose-kernels.js';
import { packageVersion } from '../../dist/platform/node/package-version.js';
import { runTrials } from '../lib/pool.mjs';
import { serve } from './serve.mjs';

/** A copy, as a small file's bytes lie somewhere in a pool. */
const bytesOf = (path) => new Uint8Array(readFileSync(path)).buffer;

async function create(workload, files) {
  const { network: spec, optimizer } = workload;
  const images = workload.data === 'mnist';
  const mnist = images ? await loadMnist() : undefined;
  const shaped = (set) => ({ ...set, inputShape: spec.input });
  const data = images ? shaped(mnist.train) : functionDataset('sinc');
  const loss = images ? 'crossEntropy' : 'mse';
  const parameters = new Float32Array(bytesOf(files.parameters));
  const make = async () => {
    const network = await createNetwork(spec, {
      loss,
      inputs: inputKind(data),
      dropoutKey: [1, 2],
      ...(optimizer && { optimizer }),
    });
    network.setParameters(parameters);
    return network;
  };
  switch (workload.kind) {
    case 'steps':
      return stepTask(workload, files, data, make);
    case 'evaluation': {
      const network = await make();
      const test = shaped(mnist.test);
      return { unit: () => ({ checks: [network.evaluate(test).loss] }) };
    }
    case 'hessian': {
      const objective = referenceObjective(spec, data, loss);
      const at = Float64Array.from(parameters);
      return { unit: () => ({ checks: [norm(exactHessian(objective, at).matrix)] }) };
    }
    case 'fit':
      return {
        unit: async () => ({ epochs: (await run({ batchSize: 'full', stop: workload.stop })).epochs }),
      };
    case 'trial':
      if (process.env.DESCENT_BENCH_WORKERS)
        return poolTask(workload, mnist, Number(process.env.DESCENT_BENCH_WORKERS));
      return {
        unit: async () => {
          await run({
            batchSize: workload.batchSize,
            stop: { epochs: workload.epochs },
            observe: { loss: 'epoch', accuracy: 'epoch', ...(workload.test === false ? {} : { test: 'end' }) },
            ...(workload.test === false ? {} : { test: shaped(mnist.test) }),
          });
          return {};
        },
      };
  }

  function run(options) {
    return train({ network: spec, loss, optimizer, seed: 1, data, ...options });
  }
}

async function stepTask(workload, files, data, make) {
  const { batchSize } = workload;
  const order = files.order ? new Int32Array(bytesOf(files.order)) : null;
  const span = order ? Math.floor(order.length / batchSize) * batchSize : data.size;
  let network;
  let at = 0;
  return {
    reset: async () => {
      network = await make();
      at = 0;
    },
    step: () => {
      const batch = { data, order, start: at % span, count: order ? batchSize : data.size };
      if (order) at += batchSize;
      return network.step(batch, false).loss;
    },
  };
}

/** Whole trials on workers. */
function poolTask(workload, { train: trainSet, test }, workers) {
  const trial = (seed) => ({
    data: { kind: 'mnist' },
    model: { kind: 'layers', ...workload.network },
    loss: 'crossEntropy',
    optimizer: workload.optimizer,
    batchSize: workload.batchSize,
    stop: { epochs: workload.epochs },
    seed,
    observe: { loss: 'epoch', accuracy: 'epoch', test: 'end' },
  });
  const specs = Array.from({ length: workload.trials }, (_, i) => trial(i + 1));
  return {
    unit: async () => {
      await runTrials(specs, { workers, mnist: { train: trainSet, test } });
      return { trials: specs.length };
    },
  };
}

function norm(values) {
  return Math.sqrt(values.reduce((sum, x) => sum + x * x, 0));
}

chooseKernels(process.env.DESCENT_KERNELS);
await serve(packageVersion(), create);
