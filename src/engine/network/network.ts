import type { Dataset } from '../../base/dataset.js';
import { instantiateKernels } from '../bindings/kernels.js';
import type { InputKind } from '../layers/layer.js';
import { type ClassTally, planLoss } from '../losses/losses.js';
import type { LossName, NetworkSpec } from '../network-spec.js';
import { createOptimizer, type OptimizerState } from '../optimizers/optimizer.js';
import { type ParameterShape, parameterShapes, product } from '../shapes.js';
import type { OptimizerSpec } from '../training/spec.js';
import { createArena } from './arena.js';
import { fitCheck } from './fit-check.js';
import type { Batch } from './inputs.js';
import { microBatchLimit, paddedSize } from './micro-batches.js';
import { exportParameters, importParameters } from './parameters.js';
import { type BatchResult, createPasses } from './passes.js';
import { type PlanOptions, planNetwork } from './plan.js';

export { inputKind } from './fit-check.js';
export type { BatchResult } from './passes.js';

/** What a network is made for. */
export interface NetworkOptions {
  readonly loss: LossName;
  /** Whether the samples are bytes or values; see `inputKind`. */
  readonly inputs: InputKind;
  /** Absent: the network can be evaluated and differentiated, not stepped. */
  readonly optimizer?: OptimizerSpec;
  /** Key of the dropout masks (two 32-bit words); needed only where there is dropout. */
  readonly dropoutKey?: readonly [number, number];
  /** Take room for products with the Hessian, the Gauss-Newton matrix and the Jacobian. Default false. */
  readonly curvature?: boolean;
}

/** Mean loss over a data set, and for labelled data the share that is right, overall and of each class (NaN for a class without samples). */
export interface Evaluation {
  readonly loss: number;
  readonly accuracy?: number;
  readonly correct?: number;
  readonly classAccuracy?: readonly number[];
}

/** Which second derivatives of the loss. */
export type CurvatureMatrix = 'hessian' | 'gaussNewton';

/** A network over a WebAssembly memory of its own. Parameters and gradients cross its boundary in PyTorch's order, flat. */
export interface Network {
  readonly spec: NetworkSpec;
  readonly parameterCount: number;
  readonly parameterShapes: readonly ParameterShape[];
  readonly memoryBytes: number;
  parameters(): Float32Array<ArrayBuffer>;
  setParameters(values: Float32Array): void;
  /**
   * One optimizer step. `keepGradients` false: its gradients are not asked for afterwards, which saves memory traffic where there are many parameters.
   * @throws Error if the network was made without an optimizer
   */
  step(batch: Batch, keepGradients?: boolean): BatchResult;
  /** Loss and gradient of a batch; parameters stay. `training`: with dropout, the masks of the next step. */
  gradient(batch: Batch, training?: boolean): BatchResult;
  /**
   * Loss and gradient of a batch, and the product of a matrix of its second derivatives with v, dropout off: the Hessian (Pearlmutter 1994),
   * or the generalised Gauss-Newton matrix (Schraudolph 2002). Costs about three gradients. Shapes: v and product [parameterCount]
   * @throws Error if the network was made without curvature
   */
  curvatureProduct(
    batch: Batch,
    v: Float32Array,
    matrix: CurvatureMatrix,
  ): BatchResult & { readonly product: Float32Array<ArrayBuffer> };
  /**
   * J v: how the outputs of a batch move as the parameters move along v, dropout off. Costs about two forward passes. Shapes: v [parameterCount], result [count, outputs]
   * @throws Error if the network was made without curvature
   */
  jacobianProduct(batch: Batch, v: Float32Array): Float32Array<ArrayBuffer>;
  /**
   * J' u: the gradient in the parameters of the outputs' sum with weights u, dropout off; it takes the place of the last gradient. Costs as much.
   * Shapes: u [count, outputs], result [parameterCount]
   * @throws RangeError if u has another length
   */
  transposedJacobianProduct(batch: Batch, u: Float32Array): Float32Array<ArrayBuffer>;
  /** Gradient of the last `step` or `gradient`. Shapes: [parameterCount]. @throws Error, as the two below, if that step did not keep it */
  gradients(): Float32Array<ArrayBuffer>;
  /** L2 norm of that gradient. */
  gradNorm(): number;
  /** L2 norm of that gradient in each parameter tensor. Shapes: [parameterShapes.length] */
  tensorGradNorms(): readonly number[];
  /** The diagonal that Adam divides by, as it stands after the last step: sqrt(v / (1 - beta2^t)) + epsilon. Undefined before a step and for SGD. Shapes: [parameterCount] */
  preconditioner(): Float32Array<ArrayBuffer> | undefined;
  /** What the optimizer remembers between steps. @throws Error if the network was made without one */
  optimizerState(): OptimizerState;
  /** Goes on where `optimizerState` was taken. @throws Error as above, RangeError if the state is another network's */
  setOptimizerState(state: OptimizerState): void;
  /** L2 norm of the parameters; not finite if any of them is not. */
  parameterNorm(): number;
  evaluate(data: Dataset): Evaluation;
  /** Outputs (logits for crossEntropy) for every sample. Shapes: [size, outputs] */
  predict(data: Dataset): Float32Array<ArrayBuffer>;
}

/**
 * Lays a network out in memory and gives it back with all parameters 0.
 * @throws SpecError if the layers do not fit together, UserError with what it needs if that does not fit into memory
 */
export async function createNetwork(spec: NetworkSpec, options: NetworkOptions): Promise<Network> {
  const kernels = await instantiateKernels();
  const arena = createArena(kernels);
  const limit = microBatchLimit(spec);
  const capacity = paddedSize(limit);
  let update: PlanOptions['update'] = () => {};
  const context: PlanOptions = {
    kernels,
    arena,
    inputs: options.inputs,
    capacity,
    maxStride: capacity + 8,
    curvature: options.curvature ?? false,
    dropoutKey: options.dropoutKey ?? [0, 0],
    update: (start, length, gradient) => update(start, length, gradient),
  };
  const plan = planNetwork(spec, context);
  const { layers, parameters } = plan;
  const optimizer = options.optimizer && createOptimizer(options.optimizer, parameters, kernels, arena);
  const output = layers.at(-1)!.output;
  const outputs = product(output.shape);
  const loss = planLoss(options.loss, output, context);
  arena.allocate();
  const fits = fitCheck(spec, options.inputs, options.loss);
  const { pass, forwardParts, differentiate, backward, tangentForward, tangentBackward, sweep } = createPasses(
    plan,
    loss,
    limit,
    fits,
  );

  /** Visits each output value of the part in memory: its place at `pointer`, and its place in an array [samples, outputs] from sample `start` on. */
  const eachOutput = (
    pointer: number,
    start: number,
    visit: (values: Float32Array, at: number, i: number) => void,
  ): void => {
    const { samples, stride } = pass;
    const values = new Float32Array(kernels.memory.buffer, pointer, outputs * stride);
    for (let s = 0; s < samples; s++) {
      for (let o = 0; o < outputs; o++) visit(values, o * stride + s, (start + s) * outputs + o);
    }
  };

  const requireCurvature = (): void => {
    if (!context.curvature)
      throw new Error('network: made without curvature, so it has no products; pass { curvature: true }');
  };
  const requireOptimizer = () => {
    if (!optimizer) throw new Error('network: made without an optimizer, so it cannot step');
    return optimizer;
  };

  /** Passes from here on leave the parameters where they are. */
  const onlyGradients = (): void => {
    update = () => {};
    pass.keepGradients = true;
  };
  /** Where the last gradients lie. */
  const keptGradients = (): number => {
    if (!pass.keepGradients) throw new Error('network: the last step did not keep its gradients; pass keepGradients');
    return parameters.grad;
  };

  return {
    spec,
    parameterCount: parameters.count,
    parameterShapes: parameterShapes(spec),
    memoryBytes: arena.used(),
    parameters: () => exportParameters(parameters, kernels, parameters.value),
    setParameters: (values) => importParameters(parameters, kernels, parameters.value, values),
    step(batch, keepGradients = true) {
      const stepper = requireOptimizer();
      pass.step = stepper.steps;
      stepper.begin();
      update = stepper.update;
      pass.keepGradients = keepGradients;
      return differentiate(batch, true);
    },
    gradient(batch, training = false) {
      pass.step = optimizer?.steps ?? 0;
      onlyGradients();
      return differentiate(batch, training);
    },
    curvatureProduct(batch, v, matrix) {
      requireCurvature();
      importParameters(parameters, kernels, parameters.tangent, v);
      onlyGradients();
      const result = differentiate(batch, false, () => {
        tangentForward();
        loss.tangent(pass, batch.count);
        tangentBackward(matrix === 'gaussNewton');
      });
      return { ...result, product: exportParameters(parameters, kernels, parameters.product) };
    },
    jacobianProduct(batch, v) {
      requireCurvature();
      importParameters(parameters, kernels, parameters.tangent, v);
      const result = new Float32Array(batch.count * outputs);
      forwardParts(batch, false, () => {
        tangentForward();
        eachOutput(output.tangent, pass.first, (values, at, i) => {
          result[i] = values[at]!;
        });
      });
      return result;
    },
    transposedJacobianProduct(batch, u) {
      if (u.length !== batch.count * outputs)
        throw new RangeError(`u: expected ${batch.count} x ${outputs} values, got ${u.length}`);
      onlyGradients();
      forwardParts(batch, false, () => {
        // Padding samples have weight 0.
        new Float32Array(kernels.memory.buffer, output.grad, outputs * pass.stride).fill(0);
        eachOutput(output.grad, pass.first, (values, at, i) => {
          values[at] = u[i]!;
        });
        backward();
      });
      return exportParameters(parameters, kernels, parameters.grad);
    },
    gradients: () => exportParameters(parameters, kernels, keptGradients()),
    gradNorm: () => Math.sqrt(kernels.sumOfSquares(keptGradients(), parameters.length)),
    tensorGradNorms() {
      keptGradients();
      return parameters.blocks.map(({ grad, length }) => Math.sqrt(kernels.sumOfSquares(grad, length)));
    },
    preconditioner() {
      const found = optimizer?.preconditioner();
      if (!found) return undefined;
      return exportParameters(parameters, kernels, found.moments).map(
        (moment) => Math.sqrt(moment) * found.scale + found.epsilon,
      );
    },
    optimizerState: () => requireOptimizer().state(),
    setOptimizerState: (state) => requireOptimizer().restore(state),
    parameterNorm: () => Math.sqrt(kernels.sumOfSquares(parameters.value, parameters.length)),
    evaluate(data) {
      fits.targets(data);
      const zeros = () => new Array<number>(outputs).fill(0);
      const tally: ClassTally = { total: zeros(), correct: zeros() };
      let sum = 0;
      sweep(data, () => {
        sum += loss.sum(pass, data.size, false);
        loss.countCorrect?.(pass, tally);
      });
      return { loss: sum / data.size, ...(loss.countCorrect && accuracies(tally)) };
    },
    predict(data) {
      const result = new Float32Array(data.size * outputs);
      sweep(data, (start) =>
        eachOutput(output.value, start, (values, at, i) => {
          result[i] = values[at]!;
        }),
      );
      return result;
    },
  };
}

function accuracies({ total, correct }: ClassTally): Omit<Evaluation, 'loss'> {
  const right = correct.reduce((sum, n) => sum + n, 0);
  const all = total.reduce((sum, n) => sum + n, 0);
  return { accuracy: right / all, correct: right, classAccuracy: correct.map((n, c) => n / total[c]!) };
}
