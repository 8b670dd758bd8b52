import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { PictureRequest } from '../worker/protocol.js';
import type { Lab } from './lab.js';
import type { Recorded } from './recording.js';
import type { RunView } from './run-view.js';

/** The front page's run: its recording until the engine has come to the same step, then the run itself. */
export interface FrontRun {
  readonly view: ReadonlySignal<RunView>;
  readonly isLive: ReadonlySignal<boolean>;
  readonly isPlaying: ReadonlySignal<boolean>;
  play(): void;
  pause(): void;
  seek(step: number): void;
  /** Ends what it listens to. */
  stop(): void;
}

/** What is needed of a lab that has the run open. */
interface Parts {
  readonly lab: Lab;
  readonly recorded: Recorded;
  readonly picture: PictureRequest;
  readonly stepsPerSecond: number;
}

/** Steps between the two that nobody sees: the frames of the recording are no closer. */
const mostApart = 20;

/** Shows the recording, and hands over to the lab's run as soon as that stands where the recording does. */
export function followRun({ lab, recorded, picture, stepsPerSecond }: Parts): FrontRun {
  lab.pace.value = stepsPerSecond;
  const isLive = signal(false);
  const live = (): RunView | undefined => (isLive.value ? lab.active.value : undefined);
  const stop = effect(() => {
    const run = lab.active.value;
    if (isLive.value || !run?.facts.value) return;
    lab.picture.value = picture;
    const { step } = recorded.view.place.value;
    const apart = Math.abs(step - run.place.value.step);
    // What is trained meanwhile takes a moment, in which the recording goes on.
    if (apart > mostApart && run.place.value.replaying === 0) lab.seek(step);
    else if (apart <= mostApart && run.picture.value) takeOver(lab, recorded, isLive);
  });
  return {
    view: computed(() => live() ?? recorded.view),
    isLive,
    isPlaying: computed(() => live()?.place.value.playing ?? recorded.isPlaying.value),
    play: () => (live() ? again(lab) : recorded.play(stepsPerSecond)),
    pause: () => (live() ? lab.pause() : recorded.pause()),
    seek(step) {
      if (live()) lab.seek(step);
      else recorded.pause();
      if (!live()) recorded.seek(step);
    },
    stop() {
      stop();
      recorded.pause();
    },
  };
}

function takeOver(lab: Lab, recorded: Recorded, isLive: { value: boolean }): void {
  const playing = recorded.isPlaying.peek();
  recorded.pause();
  isLive.value = true;
  if (playing) lab.play();
}

/** Runs on, or from the start once it has ended. */
function again(lab: Lab): void {
  const view = lab.active.value;
  if (view?.outcome.value && view.place.value.step === view.outcome.value.steps) lab.seek(0);
  lab.play();
}
