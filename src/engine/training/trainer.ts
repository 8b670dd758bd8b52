import type { Dataset } from '../../base/dataset.js';
import type { Evaluation } from '../network/network.js';
import type { TrainerOptions, TrainProgress } from './options.js';
import { progressOf, restoreRun, resultOf, startRun, stateOf, type TrainResult, takeStep } from './run.js';
import type { TrainEnd, TrainState } from './state.js';

/** How far one call of `run` goes; without any of these, to the end. */
export interface Slice {
  /** Returns when so many steps are taken, counted from the start of the run. */
  readonly untilStep?: number;
  /** Returns at the first step that ends after so many milliseconds; a slice of 0 takes none. */
  readonly forMs?: number;
  /** Asked before every step; true returns. */
  readonly pause?: () => boolean;
}

/**
 * A training run that is taken in slices, and can be moved to any state of its own.
 * However it is cut, the same options end in the same bits and rows.
 */
export interface Trainer {
  /** Takes the next steps. Returns undefined where more can follow, else how the run ended. */
  run(slice?: Slice): TrainEnd | undefined;
  /** Where the run stands; a copy. */
  state(): TrainState;
  /**
   * Moves to a state of a run of the same options, earlier or later.
   * @throws RangeError or UserError, and stays where it is, if the state is another run's
   */
  restore(state: TrainState): void;
  /** How the run ended; undefined where steps follow. */
  end(): TrainEnd | undefined;
  progress(): TrainProgress;
  /** Outputs for every sample where the run stands, dropout off (logits for crossEntropy). Shapes: [size, outputs] */
  predict(data: Dataset): Float32Array<ArrayBuffer>;
  /** Loss and accuracies where the run stands, dropout off. */
  evaluate(data: Dataset): Evaluation;
  /**
   * Ends the slices: emits the row that waits. Returns what the run has come to, `stopped` where it did not end by
   * itself.
   */
  finish(): TrainResult;
}

/**
 * Lays out a network with PyTorch's initial parameters, ready to be trained over PyTorch's batches; `from` resumes.
 * The snapshot of the initial parameters, where `observe` asks for it, is emitted here.
 * The same options come to the same bits on every machine.
 * @throws SpecError if the options do not fit together
 */
export async function createTrainer(options: TrainerOptions): Promise<Trainer> {
  const run = await startRun(options);
  return {
    run({ untilStep = Number.POSITIVE_INFINITY, forMs, pause } = {}) {
      const end = forMs === undefined ? undefined : performance.now() + forMs;
      while (!run.end && run.step < untilStep && !(end !== undefined && performance.now() >= end) && !pause?.()) {
        takeStep(run);
      }
      return run.end;
    },
    state: () => stateOf(run),
    restore: (state) => restoreRun(run, state),
    end: () => run.end,
    progress: () => progressOf(run),
    predict: (data) => run.network.predict(data),
    evaluate: (data) => run.network.evaluate(data),
    finish() {
      run.recorder.flush();
      return resultOf(run);
    },
  };
}
