// An engine in a process of its own, asked line by line.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/**
 * Starts a contender's process. `ask(request, limitMs)` resolves to its reply, to { error } if it fails or ends, or to
 * { error } when the time is up, after which it is gone.
 */
export function startChild({ command, args, env }) {
  const child = spawn(command, args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
  let errors = '';
  let waiting;
  const settle = (reply) => {
    waiting?.(reply);
    waiting = undefined;
  };
  child.stderr.on('data', (text) => {
    errors = (errors + text).slice(-2000);
  });
  child.stdin.on('error', () => {});
  child.on('error', (error) => settle({ error: error.message }));
  child.on('close', (code) => settle({ error: `ended with code ${code}: ${errors.trim().split('\n').at(-1)}` }));
  createInterface({ input: child.stdout }).on('line', (line) => {
    // Some libraries greet on standard output.
    if (line.startsWith('{')) settle(JSON.parse(line));
  });
  return {
    ask(request, limitMs) {
      return new Promise((resolve) => {
        const timer = setTimeout(() => {
          child.kill('SIGKILL');
          settle({ error: `no answer within ${limitMs / 1000} s` });
        }, limitMs);
        waiting = (reply) => {
          clearTimeout(timer);
          resolve(reply);
        };
        child.stdin.write(`${JSON.stringify(request)}\n`);
      });
    },
    end() {
      child.stdin.end();
      child.kill();
    },
  };
}
