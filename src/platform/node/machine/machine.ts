import { arch, availableParallelism, cpus, platform, totalmem } from 'node:os';
import { engineRevision, kernelsBinaryDigest, kernelsDigest, kernelTier } from '../../../engine/index.js';
import type { Machine } from '../../../lab/store.js';
import { packageVersion } from '../package-version.js';

/** This machine and this version of Descent. */
export function thisMachine(workers: number): Machine {
  return {
    descentVersion: packageVersion(),
    engineRevision,
    kernelsDigest,
    kernelsBinaryDigest,
    kernelTier: kernelTier(),
    node: process.version,
    platform: `${platform()} ${arch()}`,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    workers,
  };
}
