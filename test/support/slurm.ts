import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { freePort } from './redis.js';
import { temporaryFolder } from './store.js';

/** Whether there is no Slurm, from Debian; its daemons want to be started by root. */
export const noSlurm: boolean =
  process.getuid?.() !== 0 || spawnSync('sh', ['-c', 'command -v slurmctld slurmd munged sbatch']).status !== 0;

/** A Slurm of one node on this machine. */
export interface TestSlurm {
  /** Runs one of its commands, or a line of a shell that has them. */
  shell(line: string): { readonly code: number | null; readonly stdout: string; readonly stderr: string };
}

/** Starts Slurm with one node of so many cores that do not have to be there; it ends with the test. */
export async function startSlurm(cpus: number): Promise<TestSlurm> {
  const folder = temporaryFolder();
  chmodSync(folder, 0o755);
  const [controller, node] = await Promise.all([freePort(), freePort()]);
  const path = (name: string): string => join(folder, name);
  for (const name of ['state', 'spool', 'munge']) mkdirSync(path(name));
  writeFileSync(path('munge/key'), randomBytes(128), { mode: 0o400 });
  const socket = path('munge/socket');
  const host = hostname();
  writeFileSync(
    path('slurm.conf'),
    `${[
      'ClusterName=test',
      `SlurmctldHost=${host}(127.0.0.1)`,
      ...[
        'SlurmUser=root',
        'SlurmdUser=root',
        'AuthType=auth/munge',
        `AuthInfo=socket=${socket}`,
        'CredType=cred/munge',
      ],
      ...[`SlurmctldPort=${controller}`, `SlurmdPort=${node}`, `StateSaveLocation=${path('state')}`],
      ...[`SlurmdSpoolDir=${path('spool')}`, `SlurmctldPidFile=${path('ctld.pid')}`, `SlurmdPidFile=${path('d.pid')}`],
      ...['ProctrackType=proctrack/linuxproc', 'TaskPlugin=task/none'],
      // Cores alone are shared out: where memory is too, a job that asks for none is given all of it.
      ...['SelectType=select/cons_tres', 'SelectTypeParameters=CR_CPU'],
      ...['SwitchType=switch/none', 'MpiDefault=none', 'ReturnToService=2', 'SlurmdParameters=config_overrides'],
      ...[`SlurmctldLogFile=${path('ctld.log')}`, `SlurmdLogFile=${path('d.log')}`, 'JobRequeue=1'],
      `NodeName=${host} NodeAddr=127.0.0.1 CPUs=${cpus} State=UNKNOWN`,
      `PartitionName=all Nodes=${host} Default=YES MaxTime=INFINITE State=UP`,
    ].join('\n')}\n`,
  );
  const env = { ...process.env, SLURM_CONF: path('slurm.conf') };
  const start = (command: string, ...args: readonly string[]): ChildProcess => {
    const child = spawn(command, args, { stdio: 'ignore', env });
    onTestFinished(() => void child.kill('SIGKILL'));
    return child;
  };
  chownSync(path('munge'), 0, 0);
  const files = ['--socket', socket, '--key-file', path('munge/key'), '--pid-file', path('munge/pid')];
  const logs = ['--log-file', path('munge/log'), '--seed-file', path('munge/seed'), '--force', '--foreground'];
  start('munged', ...files, ...logs);
  const shell = (line: string) => {
    const { status, stdout, stderr } = spawnSync('sh', ['-c', line], { encoding: 'utf8', env, cwd: folder });
    return { code: status, stdout, stderr };
  };
  await until(() => shell(`munge -S ${socket} -n`).code === 0, 'munge');
  start('slurmctld', '-D');
  start('slurmd', '-D', '-N', host);
  await until(() => shell('sinfo -h -o %T').stdout.trim() === 'idle', 'a node that is idle');
  return { shell };
}

async function until(isSo: () => boolean, what: string): Promise<void> {
  for (const end = Date.now() + 120_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 300))) {
    if (isSo()) return;
  }
  throw new Error(`Slurm: expected ${what} within two minutes, got none`);
}
