import type { Command } from 'commander';
import { bytes, checkpointEvery, data, number, setExit, time } from './options.js';

/** Adds `descent work`. */
export function addWork(program: Command): void {
  program
    .command('work')
    .description('run tasks of a fleet on this machine, until it is stopped')
    .argument('<url>', 'the fleet: redis://host:6379, rediss:// for TLS')
    .option('--name <name>', 'what this agent is called (default: the host, and a number)')
    .addOption(number('--workers <n>', 'tasks side by side (default: one for each core)'))
    .addOption(bytes('--memory <size>', 'what all tasks may take together, as 8G (default: three quarters of all)'))
    .option('--blobs <place>', 'where results are put, if this machine has another path to it')
    .option('--scratch <dir>', 'folder for what is in hand (default: a temporary one)')
    .addOption(data())
    .addOption(time('--for <time>', 'end by itself after this time, e.g. 3h50m'))
    .addOption(time('--idle-exit <time>', 'end by itself after so long without a task'))
    .addOption(number('--launched <time>', 'seconds since 1970: what was drained since then it takes nothing from'))
    .addOption(time('--lock <time>', 'keep tasks for this agent while it is silent for so long (default: 2m)'))
    .addOption(time('--send-every <time>', 'send a checkpoint where other agents find it (default: 5m)'))
    .addOption(checkpointEvery())
    .action(async (url, options) =>
      setExit(await (await import('../fleet/work-command.js')).workCommand(url, options)),
    );
}
