import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { codeOf } from '../../files.js';

/**
 * Which process of which machine, told apart from a later one that has the same number. What a system cannot tell is
 * absent.
 */
export interface ProcessMark {
  readonly pid: number;
  readonly host: string;
  /** Changes when the machine starts anew. */
  readonly boot?: string;
  /** Numbers of processes mean something within it alone (a container has its own). */
  readonly space?: string;
  /** When the process began, in ticks since the machine did: no clock that can be set has a part in it. */
  readonly start?: string;
}

/** `unknown`: it belongs to a machine or a container that this one cannot look into. */
export type Life = 'alive' | 'dead' | 'unknown';

/** The mark of this process. */
export function thisProcess(): ProcessMark {
  const [boot, space, start] = [bootId(), processSpace(), statOf(process.pid)?.start];
  return {
    pid: process.pid,
    host: hostname(),
    ...(boot && { boot }),
    ...(space && { space }),
    ...(start && { start }),
  };
}

/** Whether the process of a mark still runs. A process that has ended and waits for its parent to notice is dead. */
export function lifeOf({ pid, host, boot, space, start }: ProcessMark): Life {
  if (host !== hostname()) return 'unknown';
  if (boot !== bootId()) return 'dead';
  if (space !== processSpace()) return 'unknown';
  if (!exists(pid)) return 'dead';
  // Some systems hide the processes of other users, which are no less alive.
  const stat = statOf(pid);
  if (stat === undefined) return 'alive';
  return stat.start === start && !['Z', 'X'].includes(stat.state) ? 'alive' : 'dead';
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

const bootId = (): string | undefined => attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
const processSpace = (): string | undefined => attempt(() => readlinkSync('/proc/self/ns/pid'));

/** Fields 3 and 22 of a process's line in /proc; field 2 is a name that may hold blanks and brackets. */
function statOf(pid: number): { readonly state: string; readonly start: string } | undefined {
  const fields = attempt(() =>
    readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' '),
  );
  return fields && { state: fields[0] ?? '', start: fields[19] ?? '' };
}

/** Only Linux has these files. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
