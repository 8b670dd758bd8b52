import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../test/support/store.js';
import { makeOwnFolder } from './own-folder.js';
import { thisProcess } from './store/lock/process-mark.js';

test('a new folder of a process takes away those of dead ones, and none that may be in use', () => {
  const temporary = temporaryFolder();
  const put = (name: string, mark: unknown): void => {
    mkdirSync(join(temporary, name, 'jobs'), { recursive: true });
    if (mark !== undefined) writeFileSync(join(temporary, name, 'process.json'), JSON.stringify(mark));
  };
  const own = thisProcess();
  put('agent-of-earlier-start', { ...own, boot: 'earlier' });
  put('agent-of-another-process-with-this-number', { ...own, start: '1' });
  put('agent-alive', own);
  put('agent-elsewhere', { ...own, host: 'elsewhere', boot: 'earlier' });
  put('agent-in-a-container', { ...own, space: 'pid:[1]', start: '1' });
  put('agent-just-made', undefined);
  put('other-dead', { ...own, start: '1' });
  writeFileSync(join(temporary, 'agent-a-file'), '');
  const first = makeOwnFolder('agent-', temporary);
  const kept = ['agent-a-file', 'agent-alive', 'agent-elsewhere', 'agent-in-a-container', 'agent-just-made'];
  expect(readdirSync(temporary)).toEqual([...kept, first.slice(temporary.length + 1), 'other-dead'].sort());
  makeOwnFolder('agent-', temporary);
  expect(existsSync(first)).toBe(true);
});
