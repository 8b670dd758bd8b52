import { instantiateKernels } from '../bindings/kernels.js';
import type { PlanContext } from '../layers/planned.js';
import { lossesByKind } from '../losses/index.js';
import type { NetworkSpec } from '../network-spec.js';
import { createOptimizer } from '../optimizers/optimizer.js';
import { parameterShapes } from '../shapes.js';
import { createArena } from './arena.js';
import { evaluate, predict } from './evaluate.js';
import { fitCheck } from './fit-check.js';
import { gradients, gradNorm, preconditioner, tensorGradNorms } from './gradients.js';
import { microBatchLimit, paddedSize } from './micro-batches.js';
import { exportParameters, importParameters } from './parameters.js';
import { idlePass, type Machine } from './passes.js';
import { planNetwork } from './plan.js';
import { curvatureProduct, jacobianProduct, transposedJacobianProduct } from './products.js';
import { gradient, requireOptimizer, step } from './step.js';
import type { Network, NetworkOptions } from './types.js';

export { inputKind } from './fit-check.js';
export type * from './types.js';

/**
 * Lays a network out in memory and returns it with all parameters 0.
 * @throws SpecError if the layers do not fit together, UserError with what it needs if that does not fit into memory
 */
export async function createNetwork(spec: NetworkSpec, options: NetworkOptions): Promise<Network> {
  const machine = await buildMachine(spec, options);
  const { kernels, parameters } = machine;
  return {
    spec,
    parameterCount: parameters.count,
    parameterShapes: parameterShapes(spec),
    memoryBytes: machine.memoryBytes,
    parameters: () => exportParameters(parameters, kernels, parameters.value),
    setParameters: (values) => importParameters(parameters, kernels, parameters.value, values),
    step: (batch, keepGradients = true) => step(machine, batch, keepGradients),
    gradient: (batch, training = false) => gradient(machine, batch, training),
    curvatureProduct: (batch, v, matrix) => curvatureProduct(machine, batch, v, matrix),
    jacobianProduct: (batch, v) => jacobianProduct(machine, batch, v),
    transposedJacobianProduct: (batch, u) => transposedJacobianProduct(machine, batch, u),
    gradients: () => gradients(machine),
    gradNorm: () => gradNorm(machine),
    tensorGradNorms: () => tensorGradNorms(machine),
    preconditioner: () => preconditioner(machine),
    optimizerState: () => requireOptimizer(machine).state(),
    setOptimizerState: (state) => requireOptimizer(machine).restore(state),
    retune: (spec) => requireOptimizer(machine).retune(spec),
    parameterNorm: () => Math.sqrt(kernels.sumOfSquares(parameters.value, parameters.length)),
    evaluate: (data) => evaluate(machine, data),
    predict: (data) => predict(machine, data),
  };
}

/** Bytes of memory that such a network takes, of which none is taken. @throws SpecError as `createNetwork` */
export async function networkBytes(spec: NetworkSpec, options: NetworkOptions): Promise<number> {
  return (await layOut(spec, options)).arena.used();
}

/** Plans all that a network needs, then takes the memory for it. */
async function buildMachine(spec: NetworkSpec, options: NetworkOptions): Promise<Machine> {
  const { arena, limit, context, layers, parameters, load, optimizer, output, loss } = await layOut(spec, options);
  arena.allocate();
  return {
    kernels: context.kernels,
    layers,
    parameters,
    load,
    optimizer,
    output,
    loss,
    limit,
    curvature: context.curvature,
    memoryBytes: arena.used(),
    fits: fitCheck(spec, options.inputs, options.loss),
    pass: idlePass(),
    loaded: undefined,
    gradientsKept: true,
  };
}

async function layOut(spec: NetworkSpec, options: NetworkOptions) {
  const kernels = await instantiateKernels();
  const arena = createArena(kernels);
  const limit = microBatchLimit(spec);
  const capacity = paddedSize(limit);
  const context: PlanContext = {
    kernels,
    arena,
    inputs: options.inputs,
    capacity,
    maxStride: capacity + 8,
    curvature: options.curvature ?? false,
    dropoutKey: options.dropoutKey ?? [0, 0],
  };
  const { layers, parameters, load } = planNetwork(spec, context);
  const optimizer = options.optimizer && createOptimizer(options.optimizer, parameters, kernels, arena);
  const output = layers.at(-1)!.output;
  const loss = lossesByKind[options.loss].plan(output, context);
  return { arena, limit, context, layers, parameters, load, optimizer, output, loss };
}
