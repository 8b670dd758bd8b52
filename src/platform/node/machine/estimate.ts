import { existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { canonicalJson } from '../../../base/canonical-json.js';
import { sha256Hex } from '../../../base/sha256.js';
import { kernelsBinaryDigest, kernelTier } from '../../../engine/index.js';
import type { Task } from '../../../lab/task.js';
import { costOf, specsOf, type TaskCost } from '../../../tasks/cost/cost.js';
import { needsOf } from '../../../tasks/task.js';
import { cacheDir } from '../data/cache-dir.js';
import { readJson, replaceFile } from '../files.js';
import { measureNetworkSpeed, measureProductsPerMs, type NetworkSpeed } from './speed.js';

/** Speeds of this machine that were measured before, by what was measured. */
interface SpeedCache {
  readonly networks: Record<string, NetworkSpeed>;
  productsPerMs?: number;
}

/**
 * How long some tasks would take on so many workers of this machine if every trial goes on to its last epoch: from
 * short trial runs of their networks,
 * each measured once (about 0.1 s) and kept in the cache.
 */
export async function estimateMs(tasks: readonly Task[], workers: number): Promise<number> {
  const path = join(cacheDir('speed'), `${machineKey()}.json`);
  const cache = readCache(path);
  const before = canonicalJson(cache);
  const times = new Map<string, number>();
  const specOf = specsOf(tasks);
  for (const task of tasks) {
    const cost = costOf(task, specOf);
    times.set(task.id, cost === undefined ? 0 : await timeOf(cost, cache));
  }
  if (canonicalJson(cache) !== before) keep(path, cache);
  const total = [...times.values()].reduce((sum, ms) => sum + ms, 0);
  return Math.max(total / workers, longestChain(tasks, times));
}

/** Tasks that wait for each other cannot run side by side. */
function longestChain(tasks: readonly Task[], times: ReadonlyMap<string, number>): number {
  const chains = tasks.map(({ id, spec }) => {
    const longestNeed = needsOf(spec).reduce((longest, need) => Math.max(longest, times.get(need) ?? 0), 0);
    return longestNeed + (times.get(id) ?? 0);
  });
  return chains.reduce((longest, ms) => Math.max(longest, ms), 0);
}

async function timeOf(cost: TaskCost, cache: SpeedCache): Promise<number> {
  let ms = 0;
  if (cost.of && cost.steps + cost.gradients + cost.evaluated > 0) {
    const key = sha256Hex(canonicalJson(cost.of)).slice(0, 16);
    cache.networks[key] ??= await measureNetworkSpeed(cost.of);
    const { stepMs, evaluatedMs } = cache.networks[key];
    ms += cost.steps * stepMs + (cost.gradients * stepMs) / cost.of.batchSize + cost.evaluated * evaluatedMs;
  }
  if (cost.multiplications > 0) {
    cache.productsPerMs ??= measureProductsPerMs();
    ms += cost.multiplications / cache.productsPerMs;
  }
  return ms;
}

const machineKey = (): string =>
  sha256Hex(
    canonicalJson({
      cpu: cpus()[0]?.model ?? '',
      node: process.version,
      kernels: kernelsBinaryDigest,
      tier: kernelTier(),
    }),
  ).slice(0, 16);

function readCache(path: string): SpeedCache {
  return existsSync(path) ? (readJson(path) as SpeedCache) : { networks: {} };
}

/** Where the cache cannot be written speeds are measured again the next time. */
function keep(path: string, cache: SpeedCache): void {
  try {
    replaceFile(path, canonicalJson(cache));
  } catch {
    return;
  }
}
