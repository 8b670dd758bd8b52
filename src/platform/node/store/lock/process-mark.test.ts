import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { lifeOf, thisProcess } from './process-mark.js';

const isLinux = process.platform === 'linux';

test('this process is alive; one that has ended is dead', async () => {
  expect(lifeOf(thisProcess())).toBe('alive');
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  expect(lifeOf({ ...thisProcess(), pid: child.pid! })).toBe('dead');
});

test.runIf(isLinux)('a process that has only the number of an earlier one does not pass for it', () => {
  const { start } = thisProcess();
  expect(lifeOf({ ...thisProcess(), start: String(Number(start) - 1) })).toBe('dead');
});

test.runIf(isLinux)('no process of before the machine was started anew is alive', () => {
  expect(lifeOf({ ...thisProcess(), boot: 'another' })).toBe('dead');
});

test('of other machines, and of other containers, nothing is known', () => {
  expect(lifeOf({ ...thisProcess(), host: 'another' })).toBe('unknown');
  expect(lifeOf({ ...thisProcess(), space: 'pid:[1]' })).toBe('unknown');
});
