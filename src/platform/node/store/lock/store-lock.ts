import { randomBytes } from 'node:crypto';
import { linkSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UserError } from '../../../../base/errors.js';
import { codeOf, makeFolder, writeDurably } from '../../files.js';
import { lifeOf, type ProcessMark, thisProcess } from './process-mark.js';

/** A store that no other process runs tasks in, until the lock is released or this process ends. */
export interface StoreLock {
  release(): void;
}

/** Who holds a lock. `command` and `since` are for people alone: nothing is decided by a clock. */
interface Holder extends ProcessMark {
  /** Of this one lock; no other ever has it. */
  readonly token: string;
  readonly command: string;
  readonly since: string;
}

const lockName = 'lock';
const longestCommand = 200;

/**
 * Takes the lock of a store, the file `lock` in its folder, at once or not at all. A lock whose process is dead is
 * taken over.
 * @throws UserError if a living process holds it, or one that cannot be judged from here; if the store cannot be
 * written
 */
export function lockStore(dir: string): StoreLock {
  const store = resolve(dir);
  const path = join(store, lockName);
  const holder: Holder = {
    ...thisProcess(),
    token: randomBytes(8).toString('hex'),
    command: `descent ${process.argv.slice(2).join(' ')}`.slice(0, longestCommand),
    since: new Date().toISOString(),
  };
  const text = `${JSON.stringify(holder)}\n`;
  try {
    makeFolder(store);
    put(text, path, join(store, `${lockName}-draft-${holder.token}`));
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(
      `store ${store}: expected a folder that can be written and locked, got ${codeOf(error)}; ` +
        'choose another with --store',
    );
  }
  sweep(store);
  const release = (): void => {
    process.off('exit', release);
    if (textOf(path) === text) rmSync(path);
  };
  process.on('exit', release);
  return { release };
}

/** Who else runs tasks in a store now, in words; undefined if nobody does. @throws UserError if the lock is damaged */
export function storeUser(dir: string): string | undefined {
  const holder = readHolder(join(resolve(dir), lockName));
  if (holder === undefined || lifeOf(holder) === 'dead') return undefined;
  return holder.pid === process.pid && holder.host === thisProcess().host ? undefined : nameOf(holder);
}

function put(text: string, path: string, draft: string): void {
  try {
    writeDurably(draft, text);
    claim(path, draft);
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * Puts the draft at a path where nothing is, or a lock of a dead process. That one may be replaced only by who holds a
 * second lock, which is named by its token: of two that find the same dead lock one gets that, and renames it over the
 * dead one. Whoever comes later finds that the token at the path is another.
 */
function claim(path: string, draft: string): void {
  for (;;) {
    if (isPut(draft, path)) return;
    const holder = readHolder(path);
    if (holder === undefined) continue;
    refuseUnlessDead(holder, path);
    const guard = join(dirname(path), `${lockName}-${holder.token}`);
    claim(guard, draft);
    if (readHolder(path)?.token === holder.token) {
      renameSync(guard, path);
      return;
    }
    rmSync(guard);
  }
}

/** A link is made at one moment, with all that is in the file, and only where there is nothing. */
function isPut(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function refuseUnlessDead(holder: Holder, path: string): void {
  const life = lifeOf(holder);
  if (life === 'dead') return;
  const choice = 'wait until it ends, or choose another with --store';
  const unknown = `; this machine cannot tell whether that still runs: if not, remove ${path}`;
  throw new UserError(
    `store ${dirname(path)}: in use by ${nameOf(holder)}; ${choice}${life === 'unknown' ? unknown : ''}`,
  );
}

const nameOf = ({ pid, host, command, since }: Holder): string =>
  `process ${pid} on ${host} (${command}), since ${since}`;

/**
 * Removes what processes left that were killed while they took the lock. Only its holder may: nobody else can be about
 * to take it over.
 */
function sweep(store: string): void {
  for (const name of readdirSync(store).filter((each) => each.startsWith(`${lockName}-`))) {
    const holder = parsed(textOf(join(store, name)) ?? '');
    if (holder && lifeOf(holder) === 'dead') rmSync(join(store, name), { force: true });
  }
}

function readHolder(path: string): Holder | undefined {
  const text = textOf(path);
  if (text === undefined) return undefined;
  const holder = parsed(text);
  if (holder !== undefined) return holder;
  throw new UserError(
    `${path}: expected the mark of a process, got ${text.length} characters that are none; ` +
      'if no run is on in this store, remove the file',
  );
}

function parsed(text: string): Holder | undefined {
  try {
    const { pid, host, token } = JSON.parse(text) as Record<string, unknown>;
    const isHolder = Number.isSafeInteger(pid) && typeof host === 'string' && /^[0-9a-f]{16}$/.test(String(token));
    return isHolder ? (JSON.parse(text) as Holder) : undefined;
  } catch {
    return undefined;
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
