import type { StopRequest } from '../platform/node/workers/local-lab.js';

/** Workers that have not ended by themselves so long after the signal are ended from outside. */
const graceMs = 1200;

const exitCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
const signals = Object.keys(exitCodes) as (keyof typeof exitCodes)[];

/** A stop request that the user makes by a signal. */
export interface Interruption extends StopRequest {
  /** What a shell expects of a program that ended by the signal; undefined if none came. */
  readonly exitCode: () => number | undefined;
  /** Gives the signals back. */
  readonly release: () => void;
}

/** Watches for Ctrl-C, SIGTERM and SIGHUP: the first one stops each worker before its next step, a second one ends the process at once. */
export function watchSignals(): Interruption {
  const stopFlag = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const flag = new Int32Array(stopFlag);
  const controller = new AbortController();
  let code: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  const onSignal = (signal: keyof typeof exitCodes): void => {
    if (code !== undefined) process.exit(code);
    code = exitCodes[signal];
    Atomics.store(flag, 0, 1);
    process.stderr.write('descent: stopping, and keeping where each trial stands (once more to leave at once)\n');
    timer = setTimeout(() => controller.abort(), graceMs);
  };
  for (const signal of signals) process.on(signal, onSignal);
  return {
    stopFlag,
    isStopping: () => code !== undefined,
    terminate: controller.signal,
    exitCode: () => code,
    release: () => {
      clearTimeout(timer);
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
}
