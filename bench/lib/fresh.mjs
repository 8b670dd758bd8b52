// Contenders that are started anew for every round, as people start them: a script, a command. What a round takes is
// the whole
// life of the process.
import { spawn } from 'node:child_process';

/** Runs a program to its end. Result: { ms, stdout }; or { error } if it fails or takes longer than `limitMs`. */
export function runFresh({ command, args, env, input = '' }, limitMs) {
  return new Promise((resolve) => {
    const start = performance.now();
    const child = spawn(command, args, { env, timeout: limitMs, killSignal: 'SIGKILL' });
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr']) {
      child[name].on('data', (text) => {
        output[name] += text;
      });
    }
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    child.on('error', ({ message }) => resolve({ error: message }));
    child.on('close', (code, signal) => {
      const ms = performance.now() - start;
      if (code === 0) return resolve({ ms, stdout: output.stdout });
      const why = output.stderr.trim().split('\n').at(-1);
      resolve({ error: `ended with ${signal ?? `code ${code}`}: ${why}` });
    });
  });
}

/** The last line of JSON that a program printed. */
export const lastJson = (stdout) =>
  JSON.parse(
    stdout
      .trim()
      .split('\n')
      .findLast((line) => line.startsWith('{')) ?? '{}',
  );
