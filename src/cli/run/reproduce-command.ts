import { reportCommand } from '../report/report-command.js';
import { duration, print } from '../text.js';
import { runCommand } from './run-command.js';

export interface ReproduceCommandOptions {
  readonly store: string;
  readonly out: string;
  readonly workers?: number;
  readonly data?: string;
}

/** Runs every experiment in miniature and writes the report. Gives the exit code. */
export async function reproduceCommand(options: ReproduceCommandOptions): Promise<number> {
  const start = performance.now();
  const code = await runCommand([], { ...options, preset: 'quick', protocol: 'all', set: [] });
  if (code !== 0) return code;
  await reportCommand({ ...options, preset: 'quick' });
  print(`done in ${duration(performance.now() - start)}`);
  return 0;
}
