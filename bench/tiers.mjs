// A preset run by WebAssembly and by native kernels, one after the other, each into a store of its own: how long each
// takes, and whether all results have equal hashes. Needs npm run build and npm run turbo.
//
//     node bench/tiers.mjs [--preset quick] [--protocol all] [--workers N] [--out FILE]
//     node bench/tiers.mjs --stores A --stores B
//
// --out: also writes what is printed as JSON. --stores: compares two stores that are there, and runs nothing.
// Ends with 1 where a hash differs or a result is in one store alone.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { thisMachine } from '../dist/platform/node/machine/machine.js';

const { values: options } = parseArgs({
  options: {
    preset: { type: 'string', default: 'quick' },
    protocol: { type: 'string', default: 'all' },
    workers: { type: 'string', default: '2' },
    out: { type: 'string' },
    stores: { type: 'string', multiple: true },
  },
});

const descent = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));

/** Runs the preset with a tier's kernels into a store; resolves to seconds. */
function run(tier, store) {
  const { preset, protocol, workers } = options;
  const args = ['run', 'all', '--preset', preset, '--protocol', protocol, '--workers', workers];
  const start = performance.now();
  const child = spawn(process.execPath, [descent, ...args, '--kernels', tier, '--store', store], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve((performance.now() - start) / 1e3) : reject(new Error(`${tier}: ended with code ${code}`)),
    );
  });
}

/** The hash of each result in a store, by id. */
function hashesOf(store) {
  const folders = ['trials', 'measurements'].map((kind) => join(store, kind)).filter(existsSync);
  const results = folders.flatMap((folder) => readdirSync(folder).map((id) => [id, join(folder, id, 'result.json')]));
  const there = results.filter(([, path]) => existsSync(path));
  return new Map(there.map(([id, path]) => [id, JSON.parse(readFileSync(path, 'utf8')).hash]));
}

/** How many results two stores share, and which of them differ or are missing in one. */
function compareStores(a, b) {
  const [left, right] = [hashesOf(a), hashesOf(b)];
  const ids = [...new Set([...left.keys(), ...right.keys()])];
  const shared = ids.filter((id) => left.has(id) && right.has(id));
  return {
    shared: shared.length,
    unequal: shared.filter((id) => left.get(id) !== right.get(id)),
    inOneAlone: ids.length - shared.length,
  };
}

async function runBoth() {
  const folder = mkdtempSync(join(tmpdir(), 'descent-tiers-'));
  try {
    const [wasm, native] = [join(folder, 'wasm'), join(folder, 'native')];
    const seconds = { native: await run('native', native), wasm: await run('wasm', wasm) };
    const { preset, protocol, workers } = options;
    return { preset, protocol, workers: Number(workers), seconds, ...compareStores(wasm, native) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const found = options.stores ? compareStores(...options.stores) : await runBoth();
const { seconds, shared, unequal, inOneAlone } = found;
if (seconds) {
  const ratio = (seconds.wasm / seconds.native).toFixed(2);
  console.log(`WebAssembly ${seconds.wasm.toFixed(0)} s, native ${seconds.native.toFixed(0)} s: ${ratio}x`);
}
console.log(`${shared} results in both, ${unequal.length} with other hashes, ${inOneAlone} in one alone`);
if (options.out) {
  const report = { date: new Date().toISOString(), machine: thisMachine(found.workers ?? 1), ...found };
  writeFileSync(options.out, `${JSON.stringify(report, null, 1)}\n`);
}
if (unequal.length + inOneAlone > 0) process.exitCode = 1;
