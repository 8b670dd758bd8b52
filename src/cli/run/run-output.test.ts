import { afterEach, expect, test, vi } from 'vitest';
import { peopleOutput } from './run-output.js';

const wasTerminal = process.stdout.isTTY;
afterEach(() => {
  process.stdout.isTTY = wasTerminal;
  vi.restoreAllMocks();
});

test('what is said after the bar has gone stands there as it is, and wakes no bar that would never end', async () => {
  process.stdout.isTTY = true;
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const output = await peopleOutput([], () => undefined);
  output.close();
  const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
  const before = timers();
  output.say('late', 'later');
  expect(timers()).toBe(before);
  expect(write).toHaveBeenLastCalledWith('late\nlater\n');
});
