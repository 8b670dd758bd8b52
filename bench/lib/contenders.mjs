// Who takes part: Descent, PyTorch in every setting that may be its best, and the JavaScript peers. All but those that
// say so run on one thread.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { packageVersion } from '../../dist/platform/node/package-version.js';

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
const built = (folder) => fileURLToPath(new URL(`../../build/${folder}/kernels.node`, import.meta.url));
/** What `npm run turbo` builds, and `npm run turbo -- --width 256 --out build/native-256`. */
export const turbo = built('native');
const narrower = built('native-256');
const nativeOf = (id, label, path) =>
  existsSync(path) ? [node(id, label, 'descent.mjs', { DESCENT_KERNELS: 'native', DESCENT_NATIVE: path })] : [];
const native = nativeOf('descent-native', 'Descent, native kernels', turbo);
const native256 = nativeOf('descent-256-native', 'Descent, native kernels, 256 bit', narrower);
const peers = [
  node('tfjs-wasm', 'tfjs, wasm', 'tfjs.mjs', { DESCENT_BENCH_BACKEND: 'wasm' }),
  node('tfjs-cpu', 'tfjs, cpu', 'tfjs.mjs', { DESCENT_BENCH_BACKEND: 'cpu' }),
  node('jax', 'jax-js, wasm', 'jax.mjs'),
];

/** Keeps the C library from giving memory back to the system at every step, which can double the time of small ones. */
const keptMemory = { MALLOC_MMAP_THRESHOLD_: '1000000000', MALLOC_TRIM_THRESHOLD_: '4000000000' };

/** OPENBLAS_CORETYPE: empty lets OpenBLAS choose. */
const coreTypes = ['', 'SkylakeX', 'Haswell'];

/** `descent train` and the plain script, each in a process of its own for every round. */
function peopleOf({ network, optimizer, batchSize }, python, images) {
  const trial = {
    data: { kind: 'mnist' },
    model: { kind: 'mlp', widths: [784, network.layers[0].features, 10], activation: 'relu' },
    loss: 'crossEntropy',
    optimizer,
    batchSize,
    stop: { epochs: 1 },
    seed: 1,
    observe: {},
  };
  const command = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
  const script = (name, tuned, env) => ({
    id: `pytorch-plain${tuned ? '-kept' : ''}`,
    label: `PyTorch (${name})`,
    family: 'pytorch',
    fresh: true,
    command: python,
    args: [engine('plain.py'), images],
    env: { ...environment, ...env },
  });
  return [
    {
      id: 'descent',
      label: 'Descent (descent train)',
      version: packageVersion(),
      fresh: true,
      command: process.execPath,
      args: [command, 'train', '-', '--json'],
      env: environment,
      input: JSON.stringify(trial),
    },
    ...(python
      ? [
          script('plain script', false, {}),
          script('plain script, one thread, memory kept', true, {
            OMP_NUM_THREADS: '1',
            OPENBLAS_NUM_THREADS: '1',
            ...keptMemory,
          }),
        ]
      : []),
  ];
}

function pytorch(
  python,
  coreType,
  { threads = 1, tuned = false, fused = false, compiled = false, flush = false, processes = 1 } = {},
) {
  const marks = [
    coreType || 'default',
    threads > 1 && `${threads} threads`,
    processes > 1 && `${processes} processes`,
    tuned && 'tuned',
    fused && 'fused Adam',
    compiled && 'compiled',
    flush && 'denormals flushed',
  ].filter(Boolean);
  return {
    id: ['pytorch', ...marks].join('-').replaceAll(' ', '-'),
    label: `PyTorch (${marks.join(', ')})`,
    family: 'pytorch',
    processes,
    command: python,
    args: [engine('pytorch.py')],
    env: {
      ...environment,
      OMP_NUM_THREADS: String(threads),
      OPENBLAS_NUM_THREADS: String(threads),
      ...(coreType && { OPENBLAS_CORETYPE: coreType }),
      ...(tuned && { DESCENT_BENCH_TUNED: '1', ...keptMemory }),
      ...(fused && { DESCENT_BENCH_FUSED: '1' }),
      ...(compiled && { DESCENT_BENCH_COMPILED: '1' }),
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

/** Of a Python with torch: its major version, and whether it multiplies with OpenBLAS, whose kernels can be chosen. */
export function torchOf(python) {
  const code = 'import torch; print(torch.__version__); print(open("/proc/self/maps").read())';
  const [version, ...maps] = execFileSync(python, ['-c', code], { encoding: 'utf8', maxBuffer: 1e8 }).split('\n');
  // numpy may bring one of its own.
  const hasOpenBlas = maps.some((line) => line.includes('libopenblas') && !line.includes('numpy'));
  return { major: Number.parseInt(version, 10), hasOpenBlas };
}

/** What is missing here, each with how to get it. */
export function missingPeers(python, { lean }) {
  const lines = [];
  if (!python)
    lines.push(
      'PyTorch is left out: apt-get install python3-torch libopenblas0-pthread, or name a Python in $DESCENT_PYTHON',
    );
  if (!lean && !existsSync(new URL('../node_modules', import.meta.url)))
    lines.push('tfjs and jax-js are left out: npm ci --prefix bench');
  return lines;
}

/** The contenders of a workload, in the order in which they take turns. */
export function contendersOf(workload, { python, quick, lean, images }) {
  if (workload.kind === 'process') return peopleOf(workload, python, images);
  const torch = python ? pytorchOf(workload, python, quick || lean) : [];
  if (workload.id === 'machine') return [...oursOnWorkers(lean ? [2] : [1, 2]), ...torch];
  const installed = existsSync(new URL('../node_modules', import.meta.url));
  const shares = ['steps', 'evaluation', 'hessian'].includes(workload.kind);
  const others = installed && shares && !lean ? peers.filter(({ id }) => !(quick && id === 'tfjs-cpu')) : [];
  return [
    descent,
    ...native,
    ...native256,
    ...torch,
    ...others.map((peer) => ({ ...peer, reason: workload.without?.[peer.id] })),
  ];
}

const oursOnWorkers = (counts) =>
  [descent, ...native].flatMap(({ id, label, env }) =>
    counts.map((workers) => ({
      ...node(`${id}-${workers}`, `${label}, ${workers} worker${workers > 1 ? 's' : ''}`, 'descent.mjs', {
        ...env,
        DESCENT_BENCH_WORKERS: String(workers),
      }),
      workers,
    })),
  );

/** `few`: of several OpenBLAS kernels the usual ones alone. */
function pytorchOf(workload, python, few) {
  const { major, hasOpenBlas } = torchOf(python);
  const usual = hasOpenBlas ? 'SkylakeX' : '';
  if (workload.pytorchKind) return [pytorch(python, usual)];
  if (workload.id === 'machine') {
    const whole = [pytorch(python, usual, { threads: 2 }), pytorch(python, usual, { processes: 2 })];
    return few ? whole : [pytorch(python, usual), ...whole];
  }
  const newer =
    major < 2
      ? []
      : [
          pytorch(python, usual, { tuned: true, fused: true }),
          pytorch(python, usual, { tuned: true, fused: true, compiled: true }),
        ];
  if (few) return [pytorch(python, usual), pytorch(python, usual, { tuned: true }), ...newer];
  if (!hasOpenBlas) {
    return [
      pytorch(python, ''),
      pytorch(python, '', { tuned: true }),
      ...newer,
      pytorch(python, '', { threads: 2 }),
      ...(workload.flush ? [pytorch(python, '', { flush: true })] : []),
    ];
  }
  return [
    ...coreTypes.map((type) => pytorch(python, type)),
    ...coreTypes.map((type) => pytorch(python, type, { tuned: true })),
    ...newer,
    pytorch(python, '', { threads: 2 }),
    pytorch(python, 'SkylakeX', { threads: 2 }),
    ...(workload.flush ? [pytorch(python, 'SkylakeX', { flush: true })] : []),
  ];
}
