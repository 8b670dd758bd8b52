import { exitCodeOf, printError } from '../../src/cli/errors.js';
import { buildProgram } from '../../src/cli/program.js';
import type { Ended } from './descent.js';

/**
 * Runs `descent` to its end as `src/cli/main.ts` does, in this process, which has loaded it already: for what a call
 * says. What a process is for (workers, signals, standard input) is tested with `descent`.
 */
export async function descentHere(args: readonly string[]): Promise<Omit<Ended, 'ms'>> {
  const [stdout, stderr] = [intercepted(process.stdout), intercepted(process.stderr)];
  const before = process.exitCode;
  process.exitCode = undefined;
  try {
    await (await buildProgram(args)).parseAsync([...args], { from: 'user' });
  } catch (error) {
    printError(error, args.includes('--debug'));
    process.exitCode = exitCodeOf(error);
  }
  const code = Number(process.exitCode ?? 0);
  process.exitCode = before;
  return { code, stdout: stdout.end(), stderr: stderr.end() };
}

/** Keeps what is written to a stream instead of writing it, until the end. */
function intercepted(stream: NodeJS.WriteStream) {
  const { write } = stream;
  let text = '';
  stream.write = ((chunk: string | Uint8Array) => {
    text += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
    return true;
  }) as typeof write;
  return {
    end(): string {
      stream.write = write;
      return text;
    },
  };
}
