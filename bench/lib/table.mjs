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

/** What a step would take at the machine's limits, Descent's share of that speed, and the ratio there. */
function limitCells(atLimits, ours, best) {
  if (atLimits === undefined || ours === undefined) return ['', '', ''];
  const time = timeOf('ms', { min: atLimits, median: atLimits }).replace(/ \(.*/, '');
  return [time, `${((100 * atLimits) / ours.min).toFixed(0)} %`, best ? ratio(best.min / atLimits) : ''];
}

/** The comparison with PyTorch at its best, and the goals. */
export function goalsTable(results) {
  const hasNative = results.some(({ native }) => native !== undefined);
  const has256 = results.some(({ native256 }) => native256 !== undefined);
  const hasLimits = results.some(({ atLimits }) => atLimits !== undefined);
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
      ...(hasLimits ? limitCells(result.atLimits, ours, best) : []),
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
      ...(hasLimits ? ['at the limits', 'Descent is at', 'ratio there'] : []),
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

/** What a second worker brings. */
function workersLine(results) {
  const contenders = results.find(({ id }) => id === 'machine')?.contenders ?? [];
  const [one, two] = [1, 2].map((n) => contenders.find(({ id }) => id === `descent-${n}`)?.median);
  return one && two ? `Two workers make ${(two / one).toFixed(2)} times the trials of one.` : '';
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

/** What people wait for beside the training; of a machine on which only the workloads were timed there is little. */
function waitingTable({ workerStart, checkpoints = [], commands = {}, clone }) {
  const rows = [
    ...Object.entries(commands).map(([name, ms]) => [name, secondsText(ms / 1e3)]),
    ["a worker's first trial, of one epoch on 300 points", secondsText(workerStart.firstTrialMs / 1e3)],
    ['its next', secondsText(workerStart.secondTrialMs / 1e3)],
    ...checkpoints.map((checkpoint) => [`a checkpoint, every 30 s, of ${checkpoint.network}`, shareText(checkpoint)]),
    ...(clone ? cloneRows(clone) : []),
  ];
  return `## What people wait for\n\n${table(['what', 'least time'], rows)}\n`;
}

const secondsText = (seconds) => (seconds < 0.1 ? `${(1e3 * seconds).toFixed(1)} ms` : `${seconds.toFixed(2)} s`);

const shareText = ({ bytes, ms, share }) =>
  `${ms.toFixed(0)} ms, ${(100 * share).toFixed(2)} % of the trial's time (${(bytes / 1e6).toFixed(1)} MB)`;

/** `npm ci && npm run reproduce` from its start, and the page once more. */
function cloneRows({ reached, report }) {
  const from = (name, seconds) => [`fresh clone, \`npm ci && npm run reproduce\`: ${name}`, `${seconds.toFixed(0)} s`];
  return [
    ...Object.entries(reached).map(([name, seconds]) => from(name, seconds)),
    ['`descent report` on its store, all figures drawn', secondsText(report.first)],
    ['the same again, nothing changed', secondsText(report.again)],
  ];
}

/** The whole report of a run. */
export function markdown(report) {
  const { results, limits } = report;
  return `# Descent beside its peers

${headText(report)}

${goalsTable(results)}

${[peerLine(results, 'tfjs-wasm', 'tfjs, wasm'), peerLine(results, 'jax', 'jax-js, wasm'), workersLine(results)]
  .filter(Boolean)
  .join('\n')}

Limits of this machine: ${limits.gigaflops.toFixed(1)} GFLOP/s of load, multiply, add in strict SIMD; a vector of \
square root and division in ${limits.squareRootDivideNs.toFixed(2)} ns;
read ${Object.entries(limits.readGBs)
    .map(([size, rate]) => `${rate.toFixed(0)} GB/s (${size})`)
    .join(', ')}.

${disagreementText(results)}

${waitingTable(report)}
## All contenders

${fullTable(results)}
`;
}

const headText = ({ machine, command, results }) => `\`${command}\` on ${machine.cpu}, ${machine.cores} cores, \
${machine.platform}, Node ${machine.node}, Descent ${machine.descentVersion}, kernels \
${(machine.kernelsBinaryDigest ?? machine.kernelsDigest).slice(0, 12)}.
Least times of ${roundsText(results)}, in which all contenders take turns; medians in brackets. One thread each, \
unless a line says otherwise.
Ratio: how many times as fast as PyTorch's fastest setting Descent is, by the least time of each, which other work on \
the machine moves least. PyTorch's settings name the OpenBLAS kernels (OPENBLAS_CORETYPE); "tuned" has channels-last \
images, Adam over all tensors at once, memory that is kept from step to step, and for the Hessian all rows in one \
vectorised pass; "to untuned" compares with the others.
"Of medians": the same two by their medians. "At the limits": a step in which every kernel runs at the machine's \
limits and everything else takes no time.`;

function roundsText(results) {
  const counts = results.flatMap(({ contenders }) => contenders.flatMap((one) => one.rounds?.length ?? []));
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const range = least === most ? least : `${least} to ${most}`;
  return `${range} round${most === 1 ? '' : 's'}`;
}

function disagreementText(results) {
  const lines = results.flatMap(({ label, disagreements }) => disagreements.map((line) => `- ${label}: ${line}`));
  if (lines.length === 0) return 'All contenders agree on the first losses.';
  return `Contenders that disagree on the first losses:\n\n${lines.join('\n')}`;
}
