// Who takes part: Descent, PyTorch in every setting that may be its best, and the JavaScript peers. All but those that say so run on one thread.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const engine = (name) => fileURLToPath(new URL(`../engines/${name}`, import.meta.url));
const { OPENBLAS_CORETYPE: _ignored, ...environment } = process.env;
const node = (id, label, file, env = {}) => ({
  id,
  label,
  command: process.execPath,
  args: [engine(file)],
  env: { ...environment, ...env },
});

const descent = node('descent', 'Descent', 'descent.mjs', { DESCENT_KERNELS: 'wasm' });
/** With what `npm run turbo` builds, where it has been. */
const turbo = fileURLToPath(new URL('../../build/native/kernels.node', import.meta.url));
const native = existsSync(turbo)
  ? [node('descent-native', 'Descent, native kernels', 'descent.mjs', { DESCENT_KERNELS: 'native' })]
  : [];
const peers = [
  node('tfjs-wasm', 'tfjs, wasm', 'tfjs.mjs', { DESCENT_BENCH_BACKEND: 'wasm' }),
  node('tfjs-cpu', 'tfjs, cpu', 'tfjs.mjs', { DESCENT_BENCH_BACKEND: 'cpu' }),
  node('jax', 'jax-js, wasm', 'jax.mjs'),
];

/** Keeps the C library from giving memory back to the system at every step, which can double the time of small ones. */
const keptMemory = { MALLOC_MMAP_THRESHOLD_: '1000000000', MALLOC_TRIM_THRESHOLD_: '4000000000' };

/** OPENBLAS_CORETYPE: empty lets OpenBLAS choose. */
const coreTypes = ['', 'SkylakeX', 'Haswell'];

function pytorch(python, coreType, { threads = 1, tuned = false, flush = false, processes = 1 } = {}) {
  const marks = [
    coreType || 'default',
    threads > 1 && `${threads} threads`,
    processes > 1 && `${processes} processes`,
    tuned && 'tuned',
    flush && 'denormals flushed',
  ].filter(Boolean);
  return {
    id: ['pytorch', ...marks].join('-').replaceAll(' ', '-'),
    label: `PyTorch (${marks.join(', ')})`,
    family: 'pytorch',
    threads,
    processes,
    tuned,
    flush,
    command: python,
    args: [engine('pytorch.py')],
    env: {
      ...environment,
      OMP_NUM_THREADS: String(threads),
      OPENBLAS_NUM_THREADS: String(threads),
      ...(coreType && { OPENBLAS_CORETYPE: coreType }),
      ...(tuned && { DESCENT_BENCH_TUNED: '1', ...keptMemory }),
      ...(flush && { DESCENT_BENCH_FLUSH: '1' }),
    },
  };
}

/** The first Python that has torch: `$DESCENT_PYTHON`, `python3`, or the system's own. */
export function findPython() {
  const candidates = [process.env.DESCENT_PYTHON, 'python3', '/usr/bin/python3'].filter(Boolean);
  return candidates.find((python) => {
    try {
      execFileSync(python, ['-c', 'import torch'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  });
}

/** What is missing here, each with how to get it. */
export function missingPeers(python) {
  const lines = [];
  if (!python)
    lines.push(
      'PyTorch is left out: apt-get install python3-torch libopenblas0-pthread, or name a Python in $DESCENT_PYTHON',
    );
  if (!existsSync(new URL('../node_modules', import.meta.url)))
    lines.push('tfjs and jax-js are left out: npm ci --prefix bench');
  return lines;
}

/** The contenders of a workload, in the order in which they take turns. */
export function contendersOf(workload, { python, quick }) {
  const torch = python ? pytorchOf(workload, python, quick) : [];
  if (workload.id === 'machine') return [...oursOnWorkers(), ...torch];
  const installed = existsSync(new URL('../node_modules', import.meta.url));
  const shares = ['steps', 'evaluation', 'hessian'].includes(workload.kind);
  const others = installed && shares ? peers.filter(({ id }) => !(quick && id === 'tfjs-cpu')) : [];
  return [descent, ...torch, ...others.map((peer) => ({ ...peer, reason: workload.without?.[peer.id] }))];
}

const oursOnWorkers = () =>
  [1, 2].map((workers) => ({
    ...node(`descent-${workers}`, `Descent, ${workers} worker${workers > 1 ? 's' : ''}`, 'descent.mjs', {
      DESCENT_BENCH_WORKERS: String(workers),
    }),
    workers,
  }));

function pytorchOf(workload, python, quick) {
  if (workload.pytorchKind) return [pytorch(python, 'SkylakeX')];
  if (workload.id === 'machine')
    return [
      pytorch(python, 'SkylakeX'),
      pytorch(python, 'SkylakeX', { threads: 2 }),
      pytorch(python, 'SkylakeX', { processes: 2 }),
    ];
  if (quick) return [pytorch(python, 'SkylakeX'), pytorch(python, 'SkylakeX', { tuned: true })];
  return [
    ...coreTypes.map((type) => pytorch(python, type)),
    ...coreTypes.map((type) => pytorch(python, type, { tuned: true })),
    pytorch(python, '', { threads: 2 }),
    pytorch(python, 'SkylakeX', { threads: 2 }),
    ...(workload.flush ? [pytorch(python, 'SkylakeX', { flush: true })] : []),
  ];
}
