import type { Slice, TrainEnd, TrainState } from '../../engine/index.js';
import type { TrialSpec } from '../trial-spec.js';
import { type Keyframe, type Moment, type OpenHost, type OpenTrial, openTrial } from './open-trial.js';
import { requireSamePast } from './same-past.js';

/** How densely moments are kept. */
export interface KeyframeOptions {
  /** Steps from one keyframe to the next, until they take too much room. Default 250. */
  readonly every?: number;
  /** Bytes that keyframes may take: beyond it every other one is dropped, and the gap doubled. Default 256 MiB. */
  readonly mostBytes?: number;
}

/**
 * An open trial that can be moved to any step, exactly: it keeps moments on the way, and replays through the engine
 * from the nearest one. Rows are emitted once, however often their steps are taken.
 */
export interface TimeMachine {
  readonly spec: TrialSpec;
  readonly trial: OpenTrial;
  /** As `OpenTrial.run`. */
  run(slice?: Pick<Slice, 'untilStep' | 'forMs'>): TrainEnd | undefined;
  /**
   * Moves to the last keyframe at or before a step, unless the trial stands between the two. Returns how many steps
   * are missing: `run({ untilStep: step })` takes them, in slices where that must not block.
   */
  seek(step: number): number;
  /** The furthest step that was ever taken. */
  furthest(): number;
  /** Steps at which there are keyframes, in rising order, and bytes that they take. */
  keyframes(): readonly number[];
  /** Where the trial stood at each of them. */
  states(): readonly TrainState[];
  bytes(): number;
  /**
   * A trial of another spec from where this one stands, with the keyframes so far. The specs may differ in edits of
   * steps to come, and in the number of epochs.
   * @throws UserError if they differ in more, or this trial has ended
   */
  branch(spec: TrialSpec, host: OpenHost): Promise<TimeMachine>;
}

interface Kept {
  readonly step: number;
  readonly keyframe: Keyframe;
}

const defaultBytes = 2 ** 28;
const defaultGap = 250;

/**
 * Opens a valid trial at its start, with a keyframe there.
 * @throws UserError if data or trials from which it starts are not there
 */
export const createTimeMachine = (
  spec: TrialSpec,
  host: OpenHost,
  options: KeyframeOptions = {},
): Promise<TimeMachine> => machineFrom({ spec, host, options, kept: [], gap: options.every ?? defaultGap });

interface Start {
  readonly spec: TrialSpec;
  readonly host: OpenHost;
  readonly options: KeyframeOptions;
  readonly kept: readonly Kept[];
  readonly gap: number;
  readonly moment?: Moment;
}

async function machineFrom(start: Start): Promise<TimeMachine> {
  const { spec, host, options, moment } = start;
  const trial = await openTrial(spec, rowsOnce(host, moment), moment);
  const store = keyframeStore(start);
  let furthest = trial.progress().step;
  const keep = (): void => {
    const { step } = trial.progress();
    furthest = Math.max(furthest, step);
    if (store.isDue(step)) store.add({ step, keyframe: trial.keyframe() });
  };
  keep();
  return {
    spec,
    trial,
    run({ untilStep = Number.POSITIVE_INFINITY, forMs = Number.POSITIVE_INFINITY } = {}) {
      const until = performance.now() + forMs;
      let left = forMs;
      while (!trial.end() && trial.progress().step < untilStep && left > 0) {
        const target = Math.min(untilStep, store.nextAfter(trial.progress().step));
        trial.run(Number.isFinite(left) ? { untilStep: target, forMs: left } : { untilStep: target });
        keep();
        left = until - performance.now();
      }
      return trial.end();
    },
    seek(step) {
      const now = trial.progress().step;
      const nearest = store.before(step);
      if (now > step || now < nearest.step) trial.restore(nearest.keyframe);
      return Math.max(0, step - trial.progress().step);
    },
    furthest: () => furthest,
    keyframes: () => store.steps(),
    states: () => store.states(),
    bytes: () => store.bytes(),
    async branch(other, otherHost) {
      const { step } = trial.progress();
      requireSamePast(spec, other, step, trial.end() !== undefined);
      const kept = store.upTo(step);
      const from = { spec: other, host: otherHost, options, kept, gap: store.gap(), moment: trial.moment() };
      return machineFrom(from);
    },
  };
}

/** A host that listens to each row once, however often its step is taken. */
function rowsOnce(host: OpenHost, moment: Moment | undefined): OpenHost {
  let last = moment ? lastRow(moment) : 0;
  return {
    ...host,
    onRow(row) {
      if (row.step <= last) return;
      last = row.step;
      host.onRow?.(row);
    },
  };
}

/** The step whose row was emitted last. */
const lastRow = ({ checkpoint: { train } }: Moment): number => (train.recorder.pending?.step ?? train.step + 1) - 1;

/** The keyframes of a trial, the oldest first: that of its start, and those at multiples of the gap. */
function keyframeStore({ kept: before, gap: firstGap, options: { mostBytes = defaultBytes } }: Start) {
  let kept = [...before];
  let gap = firstGap;
  const bytes = (): number => kept.reduce((sum, { keyframe }) => sum + bytesOf(keyframe), 0);
  const last = (step: number): number => kept.findLastIndex((one) => one.step <= step);
  return {
    gap: () => gap,
    bytes,
    steps: () => kept.map(({ step }) => step),
    states: () => kept.map(({ keyframe }) => keyframe.train),
    upTo: (step: number) => kept.slice(0, last(step) + 1),
    nextAfter: (step: number) => (Math.floor(step / gap) + 1) * gap,
    before: (step: number) => kept[Math.max(0, last(step))]!,
    isDue: (step: number) => step % gap === 0 && kept[last(step)]?.step !== step,
    add(one: Kept) {
      kept.splice(last(one.step) + 1, 0, one);
      while (kept.length > 2 && bytes() > mostBytes) {
        gap *= 2;
        kept = kept.filter(({ step }) => step % gap === 0);
      }
    },
  };
}

/** Room of what is not arrays: a generator of 624 words, a hash under way, sums and a row. */
const otherBytes = 8192;

/** Bytes that a keyframe takes, near enough. */
const bytesOf = ({ train: { parameters, optimizer } }: Keyframe): number =>
  otherBytes + [parameters, ...optimizer.moments].reduce((sum, { byteLength }) => sum + byteLength, 0);
