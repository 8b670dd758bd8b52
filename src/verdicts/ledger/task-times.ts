import { UserError } from '../../base/errors.js';

/** How long a task of a ledger took, and where: a row of `computing.csv`, beside the ledgers. */
export interface TaskTime {
  /** The first 16 hex digits of its id. */
  readonly task: string;
  /** By the clock of the worker that ran it. */
  readonly seconds: number;
  /** In words. */
  readonly machine: string;
}

/** The name of a task in a row: enough of its id. */
export const taskName = (id: string): string => id.slice(0, 16);

const columns = 'task,seconds,machine';

/** Times as a file, by machine and task; a machine stands in its first row alone, last as it has commas. */
export function taskTimesText(times: readonly TaskTime[]): string {
  const keyed = times.map((time) => ({ ...time, key: `${time.machine}\n${time.task}` }));
  const sorted = keyed.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const rows = sorted.map(({ task, seconds, machine }, i) => {
    return `${task},${seconds},${machine === sorted[i - 1]?.machine ? '' : `"${machine}"`}`;
  });
  return `${[columns, ...rows].join('\n')}\n`;
}

/** @throws UserError that names the file and the line */
export function parseTaskTimes(text: string, file: string): readonly TaskTime[] {
  if (text === '') return [];
  const [head, ...lines] = text.trimEnd().split('\n');
  if (head !== columns) throw new UserError(`${file}:1: expected ${columns}, got ${head}`);
  let above: string | undefined;
  return lines.map((line, i) => {
    const [, task, seconds, named] = /^([0-9a-f]{16}),(\d+(?:\.\d+)?),(?:"([^"\n]*)")?$/.exec(line) ?? [];
    above = named ?? above;
    if (task === undefined || above === undefined) {
      throw new UserError(`${file}:${i + 2}: expected ${columns}, got ${line.slice(0, 60)}`);
    }
    return { task, seconds: Number(seconds), machine: above };
  });
}
