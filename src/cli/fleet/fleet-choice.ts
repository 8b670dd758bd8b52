import { join } from 'node:path';
import { counted } from '../../base/counted.js';
import type { FleetReport } from '../../fleet/run-fleet.js';
import type { Store } from '../../lab/store.js';
import type { Task } from '../../lab/task.js';
import type { FleetStatus } from '../../platform/node/fleet/coordinator/announce.js';
import type { MetricsAddress } from '../../platform/node/fleet/coordinator/metrics-server.js';
import {
  type FleetChoice,
  type FleetRunOptions,
  runStoredInFleet,
} from '../../platform/node/fleet/coordinator/run-in-fleet.js';
import { parseFleetUrl } from '../../platform/node/fleet/queue/connect.js';
import type { TaskReport } from '../../tasks/task-event.js';
import { endSoon } from './end-soon.js';
import { createSayer } from './sayer.js';

/** A share that finds whoever forges one result in ten with probability 0.98 within 2,000. */
const defaultAudited = 0.02;

/** A fleet that runs tasks, and says on stderr how it is. */
export interface ShownFleet {
  run(tasks: readonly Task[], store: Store, options: Omit<FleetRunOptions, 'fleet'>): Promise<readonly TaskReport[]>;
  /** How many tasks its agents run side by side; 0 before that is known. */
  slots(): number;
  /** What it did beside running tasks; undefined before the end. */
  summary(): FleetReport | undefined;
}

/** What is chosen of a fleet beside its URL. */
export interface ChosenOptions {
  readonly blobs?: string;
  readonly audit?: number;
  readonly metrics?: MetricsAddress;
}

/** The fleet of a URL. @throws UserError if that is none */
export function fleetChoice(
  url: string,
  store: Store,
  { blobs = join(store.path, 'blobs'), audit = defaultAudited, metrics }: ChosenOptions,
): ShownFleet {
  const say = createSayer((text) => process.stderr.write(`descent: ${text}\n`));
  let report: FleetReport | undefined;
  let slots = 0;
  const fleet: FleetChoice = {
    url: parseFleetUrl(url),
    blobs,
    audited: audit,
    ...(metrics && { metrics }),
    onNote: say.note,
    onStatus(status) {
      slots = status.slots;
      say.status(statusText(status, fleet.url.shown));
    },
    onReport: (made) => {
      report = made;
    },
  };
  return {
    async run(tasks, into, options) {
      try {
        return await runStoredInFleet(tasks, into, { ...options, fleet });
      } finally {
        if (options.stop.isStopping()) endSoon();
      }
    },
    slots: () => slots,
    summary: () => report,
  };
}

function statusText({ agents, waiting, running }: FleetStatus, url: string): string {
  const idle = agents === 0 ? `; start some with: descent work ${url}` : '';
  return `fleet: ${counted(agents, 'agent')}, ${counted(waiting, 'job')} waiting, ${running} being run${idle}`;
}
