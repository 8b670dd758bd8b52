import type { BatchResult, Evaluation, Network } from './network.js';
import type { TrainOptions } from './train-options.js';
import type { Cadence, MetricRow, TrainStatus } from './train-spec.js';

/** Turns what happens in a training run into rows of observations. */
export interface Recorder {
  readonly evaluation: { train?: Evaluation; test?: Evaluation };
  /** What is seen of the parameters that the step starts from. */
  beforeStep(step: number): void;
  /** `diverged`: no step follows, and evaluations are left out. */
  step(epoch: number, step: number, result: BatchResult, count: number, endOfEpoch: boolean, diverged: boolean): void;
  end(epoch: number, step: number, status: TrainStatus): void;
}

/** Records what `observe` asks for. */
export function createRecorder(options: TrainOptions, network: Network): Recorder {
  const { observe = {}, data, test, onRow } = options;
  const evaluation: Recorder['evaluation'] = {};
  let lossSum = 0;
  let correctSum = 0;
  let tensorNormSum = 0;
  let seen = 0;
  let steps = 0;
  let probed: Partial<MetricRow> = {};
  let pending: MetricRow | undefined;

  const at = (cadence: Cadence | undefined, endOfEpoch: boolean): boolean =>
    cadence === 'step' || (cadence === 'epoch' && endOfEpoch);
  const flush = (): void => {
    if (pending) onRow?.(pending);
    pending = undefined;
  };
  const evaluate = (which: 'train' | 'test'): Evaluation => {
    const found = network.evaluate(which === 'train' ? data : test!);
    evaluation[which] = found;
    return found;
  };
  const evaluations = (cadence: 'epoch' | 'end'): Partial<MetricRow> => {
    const train = observe.train === cadence ? evaluate('train') : undefined;
    const tested = observe.test === cadence ? evaluate('test') : undefined;
    return {
      ...(train && { trainLoss: train.loss, ...(train.accuracy !== undefined && { trainAccuracy: train.accuracy }) }),
      ...(tested && { testLoss: tested.loss, ...(tested.accuracy !== undefined && { testAccuracy: tested.accuracy }) }),
    };
  };

  return {
    evaluation,
    beforeStep(step) {
      const due = observe.lambdaMax && step % observe.lambdaMax.every === 0;
      probed = due ? options.curvatureProbe!(network, { data, order: null, start: 0, count: data.size }) : {};
    },
    step(epoch, step, { loss, correct }, count, endOfEpoch, diverged) {
      flush();
      lossSum += loss * count;
      correctSum += correct;
      seen += count;
      steps++;
      if (observe.tensorGradNorm) tensorNormSum += mean(network.tensorGradNorms());
      const row = {
        ...(at(observe.loss, endOfEpoch) && { loss: observe.loss === 'step' ? loss : lossSum / seen }),
        ...(endOfEpoch && observe.lastBatchLoss && { lastBatchLoss: loss }),
        ...(at(observe.gradNorm, endOfEpoch) && { gradNorm: network.gradNorm() }),
        ...(at(observe.accuracy, endOfEpoch) && {
          accuracy: observe.accuracy === 'step' ? correct / count : correctSum / seen,
        }),
        ...(endOfEpoch && observe.tensorGradNorm && { tensorGradNorm: tensorNormSum / steps }),
        ...probed,
        ...(endOfEpoch && !diverged && evaluations('epoch')),
      };
      // A row waits for the next step, as the last one of a run may get evaluations of the end.
      if (Object.keys(row).length > 0 || diverged) pending = { epoch, step, ...row };
      if (endOfEpoch) lossSum = correctSum = tensorNormSum = seen = steps = 0;
    },
    end(epoch, step, status) {
      const final = status === 'diverged' || status === 'stopped' ? {} : evaluations('end');
      if (Object.keys(final).length > 0) pending = { epoch, step, ...pending, ...final };
      flush();
    },
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
