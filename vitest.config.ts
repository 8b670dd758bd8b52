import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { isLong } from './test/support/length.js';

/** Tests of the command, which start processes. */
const command = ['test/cli/**', 'test/faults/**', 'test/fleet/**', 'test/native/**'];
/** Tests in a browser, which they share. */
const browser = ['test/browser/**'];
/** Tests of how long something takes, which run beside nothing else. */
const timed = ['test/timing/**'];

const isFleetLong = process.env['DESCENT_FLEET'] === 'long';

/** Files all of whose tests would be left out: to load them would take longer than the tests that are not. */
const leftOut = isFleetLong ? [] : ['test/fleet/!(fleet).test.ts'];

/** The longest forms run on machines that do other things as well. */
const patienceMs = isFleetLong ? 3_600_000 : 600_000;

const testsIn = (folders: readonly string[]) => folders.map((folder) => `${folder}/*.test.ts`);

/** Node 20 has WebSocket behind a switch. */
const withWebSocket = 'WebSocket' in globalThis ? [] : ['--experimental-websocket'];

/** Projects one after the other, so that a process which keeps its modules goes from file to file of its own. */
class ByProject extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const names = ['browser', 'command', 'parts', 'timed'];
    const sorted = await super.sort(files);
    return names.flatMap((name) => sorted.filter(({ project }) => project.name === name));
  }
}

export default defineConfig({
  test: {
    testTimeout: patienceMs,
    hookTimeout: patienceMs,
    pool: 'forks',
    maxWorkers: '100%',
    // A snapshot that is not there is a failure, not a new one; `npx vitest run -u FILE` writes it.
    update: 'none',
    sequence: { sequencer: ByProject },
    // What is built is JavaScript already.
    server: { deps: { external: [/\/dist\//] } },
    projects: [
      {
        extends: true,
        test: {
          name: 'command',
          include: testsIn(command),
          exclude: [...configDefaults.exclude, ...leftOut],
          globalSetup: 'test/support/shared-run.ts',
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: testsIn(browser),
          execArgv: withWebSocket,
          // As for the parts: each has a page of its own, and no state in this process.
          isolate: false,
          globalSetup: ['test/support/shared-browser.ts', 'test/support/shared-web-lab.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'parts',
          include: ['src/**/*.test.ts', 'web/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: testsIn([...command, ...browser, ...timed]),
          // All the same on native kernels, where DESCENT_KERNELS asks for them.
          setupFiles: process.env['DESCENT_KERNELS'] ? ['test/support/chosen-kernels.ts'] : [],
          // What takes longest of a small test is to load what it tests: done once for all of a process.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'timed',
          include: testsIn(timed),
          sequence: { groupOrder: 1 },
          maxWorkers: 1,
          globalSetup: isLong ? ['test/support/shared-web-lab.ts'] : [],
        },
      },
    ],
  },
});
