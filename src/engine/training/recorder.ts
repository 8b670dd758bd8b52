import type { Evaluation } from '../network/network.js';
import {
  type MetricRow,
  type Observed,
  type Observer,
  type ObserveSpec,
  observersOf,
  type StepTaken,
} from './observations/index.js';
import type { RecorderState } from './state.js';

/** What is observed of a run, and who listens. */
export interface RecorderOptions extends Omit<Observed, 'evaluation' | 'sums'> {
  readonly observe?: ObserveSpec;
  readonly onRow?: (row: MetricRow) => void;
}

/** Turns what happens in a training run into rows of observations. */
export interface Recorder {
  /** The last evaluation of each set that is observed. */
  readonly evaluation: { readonly train?: Evaluation; readonly test?: Evaluation };
  /** Before the first step of a run that does not resume. */
  start(): void;
  /** Before a step, at the parameters from which it starts. */
  beforeStep(step: number): void;
  /** Whether the gradients of a step are read. */
  readsGradients(endsEpoch: boolean): boolean;
  /** After a step. `diverged`: no step follows, and nothing is evaluated. */
  step(taken: StepTaken, diverged: boolean): void;
  /** After the last step of a run that came to its end. */
  end(epoch: number, step: number): void;
  /** Emits the row that waits. */
  flush(): void;
  /** Where it stands between two steps; a recorder that is made with it resumes there. */
  state(): RecorderState;
}

type MutableRow = { epoch: number; step: number } & Record<string, number>;

/** Columns of every row: epoch and step. */
const ownColumns = 2;
const isEmpty = (row: MutableRow): boolean => Object.keys(row).length === ownColumns;

/** Those observers that have a method. */
const having = <K extends keyof Observer>(observers: readonly Observer[], name: K) =>
  observers.filter((observer): observer is Observer & Required<Pick<Observer, K>> => observer[name] !== undefined);

/**
 * Records what `observe` asks for, from a state on if there is one.
 * A row waits for the next step before it is emitted, as the last one of a run may take evaluations of the end.
 */
export function createRecorder({ observe = {}, onRow, ...run }: RecorderOptions, from?: RecorderState): Recorder {
  const evaluation = { ...from?.evaluation };
  const observers = observersOf(observe, { ...run, evaluation, ...(from && { sums: from.sums }) });
  const [beforeStep, atStep, atEpoch] = [
    having(observers, 'beforeStep'),
    having(observers, 'step'),
    having(observers, 'endEpoch'),
  ];
  const ofEpoch = observers.some(({ gradients }) => gradients !== undefined);
  const ofStep = observers.some(({ gradients }) => gradients === 'step');
  let waiting = from?.pending && ({ ...from.pending } as MutableRow);

  const flush = (): void => {
    if (waiting) onRow?.(waiting);
    waiting = undefined;
  };
  return {
    evaluation,
    flush,
    start() {
      for (const observer of observers) observer.start?.();
    },
    beforeStep(step) {
      for (const observer of beforeStep) observer.beforeStep(step);
    },
    readsGradients: (endsEpoch) => ofStep || (ofEpoch && endsEpoch),
    step(taken, diverged) {
      flush();
      const row: MutableRow = { epoch: taken.epoch, step: taken.step };
      for (const observer of atStep) observer.step(row, taken);
      if (taken.endsEpoch && !diverged) for (const observer of atEpoch) observer.endEpoch(row, taken.epoch);
      if (diverged || !isEmpty(row)) waiting = row;
    },
    end(epoch, step) {
      const row: MutableRow = waiting ?? { epoch, step };
      for (const observer of observers) observer.end?.(row);
      waiting = isEmpty(row) ? waiting : row;
      flush();
    },
    state: () => ({
      sums: Object.assign({}, ...observers.map((observer) => observer.sums?.())),
      ...(waiting && { pending: { ...waiting } }),
      evaluation: { ...evaluation },
    }),
  };
}
