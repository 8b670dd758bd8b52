import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The built command; worker threads load the built files too. */
export const descentPath = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
}

export interface Started {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves as soon as stdout holds the text. @throws Error if the process ends without it */
  readonly printed: (text: string) => Promise<void>;
  /** The same of stderr. */
  readonly printedError: (text: string) => Promise<void>;
}

/** How the command is started; `main`: another build of it. */
export interface StartOptions {
  readonly input?: string;
  readonly env?: Record<string, string>;
  readonly main?: string;
}

/** Starts `descent` as a user would. */
export function startDescent(args: readonly string[], options: StartOptions = {}): Started {
  if (!existsSync(descentPath))
    throw new Error(`${descentPath}: expected the built command, got nothing; run npm run build`);
  const start = performance.now();
  const child = spawn(process.execPath, [options.main ?? descentPath, ...args], {
    env: { ...process.env, ...options.env },
  });
  let stdout = '';
  let stderr = '';
  let onOutput = (): void => {};
  child.stdout.on('data', (data) => {
    stdout += data;
    onOutput();
  });
  child.stderr.on('data', (data) => {
    stderr += data;
    onOutput();
  });
  child.stdin.end(options.input ?? '');
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr, ms: performance.now() - start }));
  });
  const awaited = (text: string, output: () => string): Promise<void> =>
    new Promise((resolve, reject) => {
      onOutput = () => output().includes(text) && resolve();
      onOutput();
      ended.then(({ code }) => reject(new Error(`expected "${text}", got the end (${code}) without it: ${stderr}`)));
    });
  return {
    process: child,
    ended,
    printed: (text) => awaited(text, () => stdout),
    printedError: (text) => awaited(text, () => stderr),
  };
}

/** Runs `descent` to its end. */
export const descent = (args: readonly string[], options: StartOptions = {}): Promise<Ended> =>
  startDescent(args, options).ended;
