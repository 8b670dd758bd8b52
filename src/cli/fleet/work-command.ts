import { availableParallelism } from 'node:os';
import { counted } from '../../base/counted.js';
import { startAgent } from '../../platform/node/fleet/agent/agent.js';
import { parseFleetUrl } from '../../platform/node/fleet/queue/connect.js';
import { watchSignals } from '../interrupt.js';
import { print } from '../text.js';
import { endSoon } from './end-soon.js';
import { createSayer } from './sayer.js';

/** Options of `descent work`, as parsed. Times are in milliseconds. */
export interface WorkCommandOptions {
  readonly name?: string;
  readonly workers?: number;
  /** In bytes. */
  readonly memory?: number;
  readonly blobs?: string;
  readonly scratch?: string;
  readonly data?: string;
  readonly for?: number;
  readonly idleExit?: number;
  /** In seconds since 1970. */
  readonly launched?: number;
  readonly lock?: number;
  readonly sendEvery?: number;
  /** In seconds. */
  readonly checkpointEvery?: number;
}

/** How often it is asked whether to stop. */
const askEveryMs = 200;

/** Works for a fleet until it is stopped. Returns the exit code. */
export async function workCommand(url: string, options: WorkCommandOptions): Promise<number> {
  const signals = watchSignals();
  const agent = startAgent({
    url: parseFleetUrl(url),
    slots: options.workers ?? availableParallelism(),
    ...given('name', options.name),
    ...given('memory', options.memory),
    ...given('blobs', options.blobs),
    ...given('scratch', options.scratch),
    ...given('dataDir', options.data),
    ...given('forMs', options.for),
    ...given('idleExitMs', options.idleExit),
    ...given('launchedAt', options.launched && 1000 * options.launched),
    ...given('lockMs', options.lock),
    ...given('sendEveryMs', options.sendEvery),
    ...given('checkpointEveryMs', options.checkpointEvery && 1000 * options.checkpointEvery),
    onNote: createSayer(print).note,
  });
  const timer = setInterval(() => signals.isStopping() && agent.stop(), askEveryMs);
  try {
    const done = await agent.ended;
    print(`agent ${agent.name}: ended after ${counted(done, 'task')}`);
  } finally {
    clearInterval(timer);
    signals.release();
    endSoon();
  }
  return signals.exitCode() ?? 0;
}

const given = <K extends string, T>(key: K, value: T | undefined) =>
  (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: T };
