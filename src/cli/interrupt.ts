import { createStopSwitch, type StopRequest } from '../platform/node/workers/stop-request.js';

const exitCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
const signals = Object.keys(exitCodes) as (keyof typeof exitCodes)[];

/** A stop request that the user makes by a signal. */
export interface Interruption extends StopRequest {
  /** What a shell expects of a program that ended by the signal; undefined if none came. */
  readonly exitCode: () => number | undefined;
  /** Stops watching. */
  readonly release: () => void;
}

/**
 * Watches for Ctrl-C, SIGTERM and SIGHUP: the first one stops each worker before its next step, a second one ends the
 * process at once.
 */
export function watchSignals(): Interruption {
  const stopSwitch = createStopSwitch();
  let code: number | undefined;
  const onSignal = (signal: keyof typeof exitCodes): void => {
    if (code !== undefined) process.exit(code);
    code = exitCodes[signal];
    process.stderr.write('descent: stopping, and keeping where each trial stands (once more to leave at once)\n');
    stopSwitch.stop();
  };
  for (const signal of signals) process.on(signal, onSignal);
  return {
    ...stopSwitch,
    exitCode: () => code,
    release() {
      stopSwitch.release();
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
}
