import type { Slice } from './trainer.js';

/** Who may stop a run, and who listens to where it stands. */
export interface PauseHooks<State> {
  readonly shouldStop?: () => boolean;
  readonly checkpointDue?: () => boolean;
  readonly onCheckpoint?: (state: State) => void;
}

/** The slice that goes on until it is stopped, and emits checkpoints on the way; without hooks, to the end. */
export function pausing<State>(
  { shouldStop, checkpointDue, onCheckpoint }: PauseHooks<State>,
  state: () => State,
): Slice {
  if (!shouldStop && !checkpointDue) return {};
  const pause = (): boolean => {
    const stop = shouldStop?.() ?? false;
    if (stop || checkpointDue?.()) onCheckpoint?.(state());
    return stop;
  };
  return { pause };
}
