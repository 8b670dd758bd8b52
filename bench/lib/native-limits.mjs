// What the machine does at most in native code, by width of the vectors.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const file = (path) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Compiles bench/lib/native-limits.c for a width, with what native kernels are compiled with, and runs it.
 * Result: `gigaflops` of load, multiply and add by working set; `squareRootDivideNs` a float.
 */
export function measureNativeLimits(width) {
  const folder = mkdtempSync(join(tmpdir(), 'descent-limits-'));
  try {
    const program = join(folder, 'limits');
    const tuning = process.arch === 'arm64' ? ['-mcpu=native'] : ['-march=native', `-mprefer-vector-width=${width}`];
    const exact = ['-ffp-contract=off', '-fno-math-errno', '-fno-trapping-math'];
    const source = ['-I', file('../../src/native'), file('native-limits.c'), '-o', program];
    const args = ['-std=gnu11', '-O3', '-w', ...exact, ...tuning, `-DWIDTH=${width}`, ...source];
    execFileSync(process.env.CC || 'cc', args);
    return JSON.parse(execFileSync(program, { encoding: 'utf8' }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
