// The results as Markdown.

const number = (value) => (value === undefined ? '' : value >= 100 ? value.toFixed(0) : value.toPrecision(3));
const ratio = (value) => (value === undefined ? '' : `${value.toFixed(value < 10 ? 2 : 1)}x`);
const row = (cells) => `| ${cells.join(' | ')} |`;
const table = (columns, rows) => [columns, columns.map(() => '---'), ...rows].map(row).join('\n');

function timeOf(unit, contender) {
  if (contender === undefined) return '';
  if (contender.leftOut) return 'left out';
  const { median, min } = contender;
  const small = unit === 'ms' && min < 1;
  const [scale, name] = small ? [1e3, 'us'] : [1, unit];
  return `${number(scale * min)} ${name} (${number(scale * median)})`;
}

/** The comparison with PyTorch at its best, and the goals. */
export function goalsTable(results) {
  const hasNative = results.some(({ native }) => native !== undefined);
  const has256 = results.some(({ native256 }) => native256 !== undefined);
  const rows = results.map(({ label, unit, contenders, goal, verdict, ...result }) => {
    const [ours, best, native, native256] = [result.ours, result.best, result.native, result.native256].map((id) =>
      contenders.find((c) => c.id === id),
    );
    return [
      label,
      timeOf(unit, ours),
      timeOf(unit, best),
      (best?.label ?? '').replace(/^PyTorch \((.*)\)$/, '$1'),
      ratio(result.ratio),
      ratio(result.ratioUsual),
      ratio(result.ratioOfMedians),
      goal ? `${goal.least}x / ${goal.aim}x` : '',
      verdict ?? '',
      ...(hasNative ? [timeOf(unit, native), ratio(result.ratioNative)] : []),
      ...(has256 ? [timeOf(unit, native256), ratio(result.ratioNative256)] : []),
    ];
  });
  return table(
    [
      'workload',
      'Descent',
      "PyTorch's best",
      'its setting',
      'ratio',
      'to untuned',
      'of medians',
      'at least / aim',
      'goal',
      ...(hasNative ? ['native kernels', 'their ratio'] : []),
      ...(has256 ? ['256 bit', 'its ratio'] : []),
    ],
    rows,
  );
}

/** Every contender of every workload. */
export function fullTable(results) {
  const rows = results.flatMap(({ label, unit, contenders }) =>
    contenders.map((contender) => [
      label,
      contender.label,
      contender.leftOut ? `left out: ${contender.leftOut}` : timeOf(unit, contender),
      contender.peakMegabytes ? `${number(contender.peakMegabytes)} MB` : '',
      notesOf(contender),
    ]),
  );
  return table(['workload', 'contender', 'least time (median)', 'peak memory of the process', 'notes'], rows);
}

/** What else is known of a contender's rounds. */
const notesOf = ({ epochs, stepMs, threads, pageFaultsPerStep }) =>
  [
    epochs !== undefined && `${epochs} epochs`,
    stepMs !== undefined && `${number(stepMs)} ms a step`,
    stepMs !== undefined && threads > 1 && `${threads} threads`,
    pageFaultsPerStep !== undefined && `${number(pageFaultsPerStep)} page faults a step`,
  ]
    .filter(Boolean)
    .join(', ');

/** What a second worker brings and what its start costs. */
function workersLine(results, { firstTrialMs, secondTrialMs }) {
  const start = `A worker's first trial (one epoch on 300 points) ends ${firstTrialMs.toFixed(0)} ms after it was \
asked for; its next takes ${secondTrialMs.toFixed(1)} ms.`;
  const contenders = results.find(({ id }) => id === 'machine')?.contenders ?? [];
  const [one, two] = [1, 2].map((n) => contenders.find(({ id }) => id === `descent-${n}`)?.median);
  return one && two ? `${start} Two workers make ${(two / one).toFixed(2)} times the trials of one.` : start;
}

/** How many times as fast as a JavaScript peer Descent is, on the workload where that is least and where it is most. */
function peerLine(results, id, name) {
  const ratios = results.flatMap(({ label, ours, unit, contenders }) => {
    const [own, peer] = [ours, id].map((each) => contenders.find((contender) => contender.id === each));
    return unit === 'trials/h' || !(own?.median && peer?.median) ? [] : [{ label, ratio: peer.median / own.median }];
  });
  if (ratios.length === 0) return '';
  const [least, most] = [ratios.toSorted((a, b) => a.ratio - b.ratio)].flatMap((sorted) => [sorted[0], sorted.at(-1)]);
  return `Against ${name}: ${ratio(least.ratio)} (${least.label}) to ${ratio(most.ratio)} (${most.label}).`;
}

const checkpointText = ({ network, bytes, ms, share }) =>
  `${network} ${ms.toFixed(0)} ms, ${(100 * share).toFixed(2)} % (${(bytes / 1e6).toFixed(1)} MB)`;

/** What people wait for beside the training; of a machine on which only the workloads were timed there is none. */
function waitingLines({ checkpoints, commands, clone }) {
  const list = (times, text) =>
    Object.entries(times)
      .map(([name, time]) => `${name} ${text(time)}`)
      .join(', ');
  const lines = [
    checkpoints &&
      `A checkpoint, of which a trial takes one every 30 s, adds to the trial's time: \
${checkpoints.map(checkpointText).join('; ')}.`,
    commands && `Least times of commands: ${list(commands, (time) => `${(time / 1e3).toFixed(2)} s`)}.`,
    clone &&
      `\`npm ci && npm run reproduce\` in a fresh clone, from its start: ${list(
        clone,
        (time) => `${time.toFixed(0)} \
s`,
      )}.`,
  ];
  return lines
    .filter(Boolean)
    .map((line) => `${line}\n`)
    .join('\n');
}

/** The whole report of a run. */
export function markdown({ machine, command, rounds, limits, results, workerStart, checkpoints, commands, clone }) {
  const disagreements = results.flatMap(({ label, disagreements: found }) =>
    found.map((line) => `- ${label}: ${line}`),
  );
  return `# Descent beside its peers

\`${command}\` on ${machine.cpu}, ${machine.cores} cores, ${machine.platform}, Node ${machine.node}, Descent \
${machine.descentVersion}, kernels ${(machine.kernelsBinaryDigest ?? machine.kernelsDigest).slice(0, 12)}.
Least times of at least ${rounds} rounds, in which all contenders take turns; medians in brackets. One thread each, \
unless a line says otherwise.
Ratio: how many times as fast as PyTorch's fastest setting Descent is, by the least time of each, which other work on \
the machine moves least. PyTorch's settings name the OpenBLAS kernels (OPENBLAS_CORETYPE); "tuned" has channels-last \
images,
Adam over all tensors at once, memory that is kept from step to step, and for the Hessian all rows in one vectorised \
pass; "to untuned" compares with the others.
"Of medians": the same two by their medians.

${goalsTable(results)}

${peerLine(results, 'tfjs-wasm', 'tfjs, wasm')} ${peerLine(results, 'jax', 'jax-js, wasm')}

${workersLine(results, workerStart)}

${waitingLines({ checkpoints, commands, clone })}
Limits of this machine: ${limits.gigaflops.toFixed(1)} GFLOP/s of load, multiply, add in strict SIMD; a vector of \
square root and division in ${limits.squareRootDivideNs.toFixed(2)} ns;
read ${Object.entries(limits.readGBs)
    .map(([size, rate]) => `${rate.toFixed(0)} GB/s (${size})`)
    .join(', ')}.

${
  disagreements.length === 0
    ? 'All contenders agree on the first losses.'
    : `Contenders that disagree on the first \
losses:\n\n${disagreements.join('\n')}`
}

## All contenders

${fullTable(results)}
`;
}
