import { diagnose } from '../platform/node/doctor.js';
import { print } from './text.js';

/** Checks everything that runs depend on, a line each. Gives the exit code: 1 if there is a fault. */
export async function doctorCommand(options: { readonly store: string; readonly data?: string }): Promise<number> {
  let faults = 0;
  for await (const { what, state, text } of diagnose(options)) {
    if (state === 'fault') faults++;
    print(`${state.padEnd(5)}  ${what.padEnd(8)}  ${text}`);
  }
  print(faults === 0 ? 'all is well' : 'something is wrong: see the lines that begin with "fault"');
  return faults === 0 ? 0 : 1;
}
