import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { UserError } from '../../base/errors.js';
import type { PartialTask } from '../../lab/store.js';
import { type Task, taskOf } from '../../lab/task.js';
import { unrecorded } from '../../lab/task-recorder.js';
import { codeOf, makeFolder } from '../../platform/node/files.js';
import { thisMachine } from '../../platform/node/machine/machine.js';
import { beginPartial } from '../../platform/node/store/partial-task.js';
import { openStore } from '../../platform/node/store/store.js';
import { runLocally } from '../../platform/node/workers/local-lab.js';
import { parseTrialSpec } from '../../tasks/schema/trial-schema.js';
import type { TaskReport } from '../../tasks/task-event.js';
import { watchSignals } from '../interrupt.js';
import { print } from '../text.js';
import { type RunOutput, runOutput } from './run-output.js';

/** Options of `descent train`, as parsed. */
export interface TrainCommandOptions {
  readonly out?: string;
  readonly data?: string;
  /** In seconds. */
  readonly checkpointEvery?: number;
  /** Where the trials are that this one may start from. */
  readonly store: string;
  readonly json?: boolean;
}

/** Trains what a file (or `-`, standard input) describes, whatever a store holds. Returns the exit code. */
export async function trainCommand(file: string, options: TrainCommandOptions): Promise<number> {
  const { out, data, checkpointEvery, json = false } = options;
  const task = taskOf(parseTrialSpec(await readSpec(file)));
  const begin = out === undefined ? () => unrecorded : recordIn(out);
  const signals = watchSignals();
  const output = json ? jsonOutput() : await runOutput([task], [`trial ${task.id.slice(0, 12)}`], false);
  const run = runLocally([task], {
    workers: 1,
    stop: signals,
    store: openStore(options.store),
    ...(data !== undefined && { dataDir: data }),
    ...(checkpointEvery !== undefined && { checkpointEveryMs: 1000 * checkpointEvery }),
    known: () => undefined,
    begin,
    listener: output.listen,
  });
  const [report] = await run.finally(() => {
    output.close();
    signals.release();
  });
  return signals.exitCode() ?? (report?.state === 'failed' ? 1 : 0);
}

/** Says how a task is recorded in a folder. @throws UserError if the folder holds anything, or cannot be made. */
function recordIn(out: string): (task: Task) => PartialTask {
  const folder = resolve(out);
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new UserError(`--out ${out}: expected a new or empty folder, got one that holds ${readdirSync(folder)[0]}`);
  }
  try {
    makeFolder(dirname(folder));
    accessSync(dirname(folder), constants.W_OK);
  } catch (error) {
    throw new UserError(`--out ${out}: expected a folder that can be written, got ${codeOf(error)}`);
  }
  return (task) => beginPartial(folder, task, thisMachine(1));
}

async function readSpec(file: string): Promise<unknown> {
  const source = file === '-' ? 'standard input' : file;
  const content = await readText(file);
  try {
    return JSON.parse(content);
  } catch (error) {
    throw new UserError(`${source}: expected JSON, got ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function readText(file: string): Promise<string> {
  try {
    return await (file === '-' ? text(process.stdin) : readFile(file, 'utf8'));
  } catch (error) {
    throw new UserError(`${file}: expected a file with a trial's JSON, got ${codeOf(error)}`);
  }
}

/** A line for each observation; the last line ends the stream with the trial's outcome. */
function jsonOutput(): RunOutput {
  return {
    close: () => {},
    listen(_, event) {
      if (event.kind === 'rows') print(...event.rows.map((row) => JSON.stringify(row)));
      else if (event.kind === 'reported') print(JSON.stringify(lastLine(event.report)));
    },
  };
}

function lastLine(report: TaskReport): object {
  if (report.state === 'failed') return { done: false, id: report.id, status: 'failed', reason: report.reason };
  if (report.state === 'interrupted') return { done: false, id: report.id, status: 'interrupted' };
  return { done: true, id: report.id, durationMs: report.durationMs, ...report.summary };
}
