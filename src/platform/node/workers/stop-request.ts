/** What decides on the end of a run, for the process and its workers alike. */
export interface StopRequest {
  /** One Int32 that workers watch; not zero: stop before the next step. */
  readonly stopFlag: SharedArrayBuffer;
  readonly isStopping: () => boolean;
  /** Aborted: workers are terminated where they are. */
  readonly terminate: AbortSignal;
}

/** A stop request that can be made. */
export interface StopSwitch extends StopRequest {
  /** Stops each worker before its next step; one that has not ended by itself after a while is terminated. */
  readonly stop: () => void;
  /** Call it when nothing runs any more. */
  readonly release: () => void;
}

/** Workers that have not ended by themselves so long after the stop are terminated. */
const graceMs = 1200;

/** A stop request that nobody has made yet. */
export function createStopSwitch(): StopSwitch {
  const stopFlag = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const flag = new Int32Array(stopFlag);
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  return {
    stopFlag,
    isStopping: () => flag[0] !== 0,
    terminate: controller.signal,
    stop() {
      Atomics.store(flag, 0, 1);
      timer ??= setTimeout(() => controller.abort(), graceMs);
    },
    release: () => clearTimeout(timer),
  };
}
