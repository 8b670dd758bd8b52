import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../../../../test/support/store.js';
import { thisProcess } from './process-mark.js';
import { lockStore, storeUser } from './store-lock.js';

/** Takes the lock of the store that a line names, and gives it back at an empty line. */
const contender = `
  import { createInterface } from 'node:readline';
  import { lockStore } from '${new URL('../../../../../dist/platform/node/store/lock/store-lock.js', import.meta.url)}';
  let lock;
  for await (const store of createInterface({ input: process.stdin })) {
    try {
      if (store === '') lock?.release();
      else lock = lockStore(store);
      console.log(store === '' ? 'released' : 'held');
    } catch (error) {
      lock = undefined;
      console.log(error.message);
    }
  }`;

/** A process of its own that answers a line with a line. */
function startContender() {
  const child = spawn(process.execPath, ['--input-type=module', '-e', contender, '--', 'main.js', 'run', 'everything']);
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    pid: child.pid!,
    async ask(line: string): Promise<string> {
      child.stdin.write(`${line}\n`);
      return (await answers.next()).value;
    },
    async kill(): Promise<void> {
      const gone = new Promise((resolve) => child.on('exit', resolve));
      child.kill('SIGKILL');
      await gone;
    },
  };
}

const lockOf = (store: string): string => join(store, 'lock');

test('of two processes one holds the lock, and the other is told who', async () => {
  const store = temporaryFolder();
  const [one, two] = [startContender(), startContender()];
  expect(await one.ask(store)).toBe('held');
  const refusal = await two.ask(store);
  expect(refusal).toContain(`store ${store}: in use by process ${one.pid} on ${hostname()} (descent run everything)`);
  expect(refusal).toMatch(/since \d{4}-.*Z; wait until it ends, or choose another with --store$/);
  expect(storeUser(store)).toContain(`process ${one.pid} `);
  await one.ask('');
  expect(storeUser(store)).toBeUndefined();
  expect(await two.ask(store)).toBe('held');
});

test('a process that was killed holds nothing, and leaves nothing after the next one', async () => {
  const store = temporaryFolder();
  const killed = startContender();
  expect(await killed.ask(store)).toBe('held');
  await killed.kill();
  expect(existsSync(lockOf(store))).toBe(true);
  const lock = lockStore(store);
  expect(readdirSync(store)).toEqual(['lock']);
  lock.release();
  expect(readdirSync(store)).toEqual([]);
});

/** A lock as a process of before the last start of the machine left it. */
const deadLock = (token: string, of = thisProcess()): string =>
  JSON.stringify({ ...of, pid: 1, boot: 'earlier', start: '1', token, command: 'descent run', since: 'long ago' });
const token = (round: number, digit: string): string => digit + round.toString(16).padStart(15, '0');

test('of four that race for a dead lock one gets it, 50 times; a killed race before it changes nothing', async () => {
  const contenders = [startContender(), startContender(), startContender(), startContender()];
  const folder = temporaryFolder();
  for (let round = 0; round < 50; round++) {
    const store = join(folder, String(round));
    lockStore(store).release();
    writeFileSync(lockOf(store), deadLock(token(round, 'a')));
    // Every other time one was killed just as it had won the right to take the dead lock over.
    if (round % 2 === 1) writeFileSync(`${lockOf(store)}-${token(round, 'a')}`, deadLock(token(round, 'b')));
    const answers = await Promise.all(contenders.map(({ ask }) => ask(store)));
    expect(answers.filter((answer) => answer === 'held')).toHaveLength(1);
    expect(answers.filter((answer) => answer.includes('in use by process'))).toHaveLength(3);
    const winner = contenders[answers.indexOf('held')]!;
    expect(JSON.parse(readFileSync(lockOf(store), 'utf8')).pid).toBe(winner.pid);
    await winner.ask('');
    expect(readdirSync(store)).toEqual([]);
  }
});

test('a lock of another machine is not judged: the error names the file to remove', () => {
  const store = temporaryFolder();
  writeFileSync(lockOf(store), deadLock(token(0, 'c'), { ...thisProcess(), host: 'elsewhere' }));
  expect(() => lockStore(store)).toThrow(`cannot tell whether that still runs: if not, remove ${lockOf(store)}`);
});

test('a lock that says nothing is not taken over: the error names the file to remove', () => {
  const store = temporaryFolder();
  for (const text of ['', '{"pid":1', 'null', '{"pid":1,"host":"x","token":"../../etc"}']) {
    writeFileSync(lockOf(store), text);
    expect(() => lockStore(store)).toThrow(`${lockOf(store)}: expected the mark of a process`);
    expect(readdirSync(store)).toEqual(['lock']);
  }
});

test('what another process has taken over meanwhile is not released', () => {
  const store = temporaryFolder();
  const lock = lockStore(store);
  writeFileSync(lockOf(store), deadLock(token(0, 'd')));
  lock.release();
  expect(existsSync(lockOf(store))).toBe(true);
});

test('a store where nothing can be written is a clear error', () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  expect(() => lockStore(file)).toThrow('expected a folder that can be written and locked, got EEXIST');
});
