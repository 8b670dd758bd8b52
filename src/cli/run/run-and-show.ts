import { counted } from '../../base/counted.js';
import type { FleetReport } from '../../fleet/run-fleet.js';
import type { Store } from '../../lab/store.js';
import type { Task } from '../../lab/task.js';
import { runStored } from '../../platform/node/workers/run-in-store.js';
import type { TaskReport } from '../../tasks/task-event.js';
import type { ShownFleet } from '../fleet/fleet-choice.js';
import { watchSignals } from '../interrupt.js';
import { duration, print } from '../text.js';
import type { RunOutput } from './run-output.js';

/** How tasks run. */
export interface RunTasksOptions {
  readonly workers: number;
  readonly dataDir: string | undefined;
  /** In seconds. */
  readonly checkpointEvery?: number | undefined;
  /** A fleet that runs them in place of this machine. */
  readonly fleet?: ShownFleet;
  /** The last line is JSON. */
  readonly json: boolean;
  /** Shows the run as it goes. */
  readonly openOutput: () => Promise<RunOutput>;
}

/** Runs what a store does not hold yet and shows how it goes. Returns the exit code. */
export async function runAndShow(
  tasks: readonly Task[],
  store: Store,
  { workers, dataDir, checkpointEvery, fleet, json, openOutput }: RunTasksOptions,
): Promise<number> {
  const signals = watchSignals();
  const output = await openOutput();
  const start = performance.now();
  const shared = { stop: signals, ...(dataDir !== undefined && { dataDir }), listener: output.listen };
  const run = fleet
    ? fleet.run(tasks, store, shared)
    : runStored(tasks, store, {
        ...shared,
        workers,
        ...(checkpointEvery !== undefined && { checkpointEveryMs: 1000 * checkpointEvery }),
      });
  const reports = await run.finally(() => {
    output.close();
    signals.release();
  });
  printSummary(reports, store, performance.now() - start, json, fleet?.summary());
  const isIncomplete = reports.some(({ state }) => state === 'failed' || state === 'interrupted');
  return signals.exitCode() ?? (isIncomplete ? 1 : 0);
}

function printSummary(
  reports: readonly TaskReport[],
  store: Store,
  ms: number,
  json: boolean,
  fleet: FleetReport | undefined,
): void {
  const count = (state: TaskReport['state']): number => reports.filter((report) => report.state === state).length;
  const counts = {
    done: count('done'),
    stored: count('stored'),
    failed: count('failed'),
    interrupted: count('interrupted'),
  };
  if (json) {
    print(JSON.stringify({ event: 'end', ...counts, durationMs: ms, store: store.path, ...(fleet && { fleet }) }));
    return;
  }
  const parts = [`${counts.done} run`, `${counts.stored} stored before`];
  if (counts.failed > 0) parts.push(`${counts.failed} FAILED`);
  if (counts.interrupted > 0) parts.push(`${counts.interrupted} interrupted (the same command resumes them)`);
  if (fleet) print(fleetLine(fleet));
  print(`${counted(reports.length, 'task')}: ${parts.join(', ')}; ${duration(ms)}; store ${store.path}`);
}

/** What a fleet did beside running tasks. */
function fleetLine({ lost, resumed, withdrawn, audited, unaudited }: FleetReport): string {
  const left = unaudited === 0 ? '' : `, ${unaudited} not, for want of another agent`;
  return (
    `fleet: ${counted(lost, 'job')} lost with their agents and taken over, ${resumed} resumed from a checkpoint; ` +
    `${counted(audited, 'result')} run again elsewhere${left}; ${withdrawn} taken back`
  );
}
