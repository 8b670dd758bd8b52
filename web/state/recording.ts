import { type ReadonlySignal, signal } from '@preact/signals';
import type { TrialSpec } from '../../src/tasks/trial-spec.js';
import { createSeries } from '../plots/series.js';
import { newRunView, type RunView } from './run-view.js';

/** A run as it was recorded where the page was built: `web/record-front.mjs`. Outputs are in thousandths. */
export interface Recording {
  readonly hash: string;
  /** Steps of the frames, in rising order. */
  readonly steps: readonly number[];
  /** Outputs at even inputs, each frame as its change from the one before. Shapes: [frames][inputs] */
  readonly changes: readonly (readonly number[])[];
  readonly lossEvery: number;
  /** Of steps 1, 1 + lossEvery, ... */
  readonly losses: readonly number[];
  /** The first and the last of the samples' even inputs. */
  readonly range: readonly [number, number];
  readonly targets: readonly number[];
}

/** A recording that is shown as a run is, frame by frame. */
export interface Recorded {
  readonly view: RunView;
  readonly isPlaying: ReadonlySignal<boolean>;
  /** Shows the last frame up to a step. */
  seek(step: number): void;
  /** Shows the frames one after the other, so many steps a second. Returns what stops it. */
  play(stepsPerSecond: number): void;
  pause(): void;
}

/** Inputs at which pictures of a curve have their outputs. */
const pictureInputs = 401;

/** The run of a recording, at its start. */
export function showRecording(recording: Recording, spec: TrialSpec): Recorded {
  const view = newRunView({ key: 'recorded', label: 'A', spec, parent: undefined });
  const curves = curvesOf(recording);
  const isPlaying = signal(false);
  const losses = createSeries();
  view.lines.set('loss', losses);
  view.facts.value = factsOf(recording, spec);
  let frame = 0;
  const seek = (step: number): void => {
    const at = Math.max(
      0,
      recording.steps.findLastIndex((one) => one <= step),
    );
    addLosses(losses, recording, step);
    view.picture.value = { kind: 'curve', outputs: curves[at]!, width: 1 };
    view.place.value = { ...view.place.value, step, epoch: step, head: Math.max(step, view.place.value.head) };
    view.revision.value++;
  };
  const pause = (): void => {
    isPlaying.value = false;
    cancelAnimationFrame(frame);
  };
  seek(0);
  return {
    view,
    isPlaying,
    seek,
    pause,
    play(stepsPerSecond) {
      const [from, since] = [view.place.value.step, performance.now()];
      isPlaying.value = true;
      const next = (): void => {
        seek(Math.min(spec.stop.epochs, from + Math.floor(((performance.now() - since) * stepsPerSecond) / 1000)));
        if (view.place.value.step < spec.stop.epochs) frame = requestAnimationFrame(next);
        else isPlaying.value = false;
      };
      frame = requestAnimationFrame(next);
    },
  };
}

/** The outputs of each frame at the inputs of a picture, straight between those that were recorded. */
export function curvesOf({ changes }: Recording): readonly Float32Array<ArrayBuffer>[] {
  let values: readonly number[] = changes[0]!.map(() => 0);
  return changes.map((change) => {
    values = values.map((value, i) => value + change[i]!);
    return widened(values);
  });
}

function widened(thousandths: readonly number[]): Float32Array<ArrayBuffer> {
  const last = thousandths.length - 1;
  return Float32Array.from({ length: pictureInputs }, (_, i) => {
    const at = (i * last) / (pictureInputs - 1);
    const [below, above] = [thousandths[Math.floor(at)]!, thousandths[Math.ceil(at)]!];
    return (below + (above - below) * (at - Math.floor(at))) / 1000;
  });
}

function addLosses(to: ReturnType<typeof createSeries>, { losses, lossEvery }: Recording, until: number): void {
  for (let i = to.count; i < losses.length && 1 + i * lossEvery <= until; i++) to.push(1 + i * lossEvery, losses[i]!);
}

function factsOf({ range: [from, to], targets }: Recording, spec: TrialSpec): RunView['facts']['value'] {
  const size = targets.length;
  return {
    id: '',
    spec,
    parameters: 0,
    tensors: [],
    totalSteps: spec.stop.epochs,
    stepsPerEpoch: 1,
    samples: {
      size,
      testSize: 0,
      width: 1,
      outputs: 1,
      labelled: false,
      train: {
        inputs: Float32Array.from(targets, (_, i) => from + ((to - from) * i) / (size - 1)),
        targets: Float32Array.from(targets, (value) => value / 1000),
      },
    },
  };
}
