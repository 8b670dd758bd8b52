import type { BatchResult, Evaluation, Network } from '../network/network.js';
import type { Cadence, MetricRow } from './observations/index.js';
import type { TrainOptions } from './options.js';
import type { TrainStatus } from './spec.js';
import type { RecorderState } from './state.js';

/** Turns what happens in a training run into rows of observations. */
export interface Recorder {
  readonly evaluation: RecorderState['evaluation'];
  /** What is seen of the parameters that the step starts from. */
  beforeStep(step: number): void;
  /** Whether the gradients of a step are looked at. */
  wantsGradients(endOfEpoch: boolean): boolean;
  /** `diverged`: no step follows, and evaluations are left out. */
  step(epoch: number, step: number, result: BatchResult, count: number, endOfEpoch: boolean, diverged: boolean): void;
  end(epoch: number, step: number, status: TrainStatus): void;
  /** Where it stands between two steps; a recorder that is made with it goes on from there. */
  state(): RecorderState;
}

const nothingSeen = { lossSum: 0, correctSum: 0, seen: 0, tensorNormSum: 0, steps: 0 };
const atStart: RecorderState = { ...nothingSeen, evaluation: {} };

/** Records what `observe` asks for, from the options' state on if they have one. */
export function createRecorder(options: TrainOptions, network: Network): Recorder {
  const { observe = {}, data, test, onRow, from } = options;
  const { pending: waiting, evaluation: evaluated, ...sums } = from?.recorder ?? atStart;
  const evaluation: { train?: Evaluation; test?: Evaluation } = { ...evaluated };
  const epochSums = { ...sums };
  let probed: Partial<MetricRow> = {};
  let pending: MetricRow | undefined = waiting;

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
    wantsGradients: (endOfEpoch) => observe.tensorGradNorm !== undefined || at(observe.gradNorm, endOfEpoch),
    step(epoch, step, { loss, correct }, count, endOfEpoch, diverged) {
      flush();
      epochSums.lossSum += loss * count;
      epochSums.correctSum += correct;
      epochSums.seen += count;
      epochSums.steps++;
      if (observe.tensorGradNorm) epochSums.tensorNormSum += mean(network.tensorGradNorms());
      const { lossSum, correctSum, seen, tensorNormSum, steps } = epochSums;
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
      if (endOfEpoch) Object.assign(epochSums, nothingSeen);
    },
    end(epoch, step, status) {
      const final = status === 'diverged' || status === 'stopped' ? {} : evaluations('end');
      if (Object.keys(final).length > 0) pending = { epoch, step, ...pending, ...final };
      flush();
    },
    state: () => ({ ...epochSums, ...(pending && { pending }), evaluation: { ...evaluation } }),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
