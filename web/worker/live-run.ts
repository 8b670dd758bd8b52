import type { Dataset } from '../../src/base/dataset.js';
import { firstSamples, type Mnist } from '../../src/data/index.js';
import { engineRevision, kernelsDigest } from '../../src/engine/index.js';
import { networkOf } from '../../src/engine/model-spec.js';
import { parameterCount, product } from '../../src/engine/shapes.js';
import { withDefaults } from '../../src/tasks/defaults.js';
import type { OpenTrial } from '../../src/tasks/time-travel/open-trial.js';
import { createTimeMachine, type TimeMachine } from '../../src/tasks/time-travel/time-machine.js';
import { trialId } from '../../src/tasks/trial-id.js';
import type { TrialSpec } from '../../src/tasks/trial-spec.js';
import type { RunEvent, RunFacts, RunOutcome } from './protocol.js';
import { createRows, type Rows } from './rows.js';
import { sampleFacts } from './samples.js';
import { watchSpikes } from './spikes.js';

/** A trial that is trained, rewound and watched. */
export interface LiveRun {
  readonly machine: TimeMachine;
  readonly facts: RunFacts;
  /** The training samples on which panels measure it: all of them, or the first images. */
  readonly measured: Dataset;
  readonly rows: Rows;
  /** What happened so far, in the order in which it was seen. */
  readonly events: RunEvent[];
  /** Where it is to get; undefined where it stands still. */
  target: number | undefined;
  outcome: RunOutcome | undefined;
}

/** Networks up to these sizes have keyframes closer together: they take little room, and the path has more points. */
const gaps = [
  { parameters: 4000, steps: 50 },
  { parameters: 100_000, steps: 100 },
] as const;
const largestGap = 250;

function keyframeGap({ model }: TrialSpec): number {
  const size = parameterCount(networkOf(model));
  return gaps.find(({ parameters }) => size <= parameters)?.steps ?? largestGap;
}

/**
 * Opens a trial at its start, or as a branch of another where that stands.
 * @throws UserError if data are not there
 */
export async function openLiveRun(
  spec: TrialSpec,
  loadMnist: () => Promise<Mnist>,
  parent?: LiveRun,
): Promise<LiveRun> {
  const rows = createRows();
  const events: RunEvent[] = [];
  const host = { loadMnist, onRow: rowListener(spec, rows, events) };
  const machine = parent
    ? await parent.machine.branch(spec, host)
    : await createTimeMachine(spec, host, { every: keyframeGap(spec) });
  if (parent) inherit(parent, stepOf({ machine }), { rows, events });
  const facts = factsOf(spec, machine.trial);
  const measured = measuredOf(machine.trial);
  return { machine, facts, measured, rows, events, target: undefined, outcome: undefined };
}

/** Images on which panels measure, at most. */
const mostMeasured = 1000;
const measuredOf = ({ data: { train } }: OpenTrial): Dataset =>
  train.inputs instanceof Uint8Array ? firstSamples(train, Math.min(train.size, mostMeasured)) : train;

const words = { gradNorm: 'the gradient norm', loss: 'the loss' } as const;

function rowListener(spec: TrialSpec, rows: Rows, events: RunEvent[]) {
  const watch = watchSpikes();
  const watched = spec.observe?.gradNorm ? 'gradNorm' : 'loss';
  return (row: Parameters<Rows['add']>[0]): void => {
    rows.add(row);
    const value = row[watched];
    const spike = value === undefined ? undefined : watch.add(row.step, value);
    if (spike !== undefined) events.push({ step: spike, kind: 'spike', text: `${words[watched]} spikes` });
  };
}

/** Takes over what the parent has seen up to where they part; the row of that step still waits. */
function inherit(parent: LiveRun, atStep: number, to: Pick<LiveRun, 'rows' | 'events'>): void {
  for (const row of parent.rows.all()) if (row.step < atStep) to.rows.add(row);
  to.events.push(...parent.events.filter(({ step, kind }) => step <= atStep && kind === 'spike'));
}

function factsOf(spec: TrialSpec, { data, parameterShapes, progress }: OpenTrial): RunFacts {
  const { batchSize } = withDefaults(spec);
  const size = batchSize === 'full' ? data.train.size : batchSize;
  return {
    id: trialId(spec, { kernelsDigest, engineRevision }),
    spec,
    parameters: parameterShapes.reduce((sum, { shape }) => sum + product(shape), 0),
    tensors: parameterShapes.map(({ name, shape }) => ({ name, shape })),
    totalSteps: progress().steps,
    stepsPerEpoch: Math.max(1, Math.ceil(data.train.size / size)),
    samples: sampleFacts(data),
  };
}

/** Where a run stands. */
export const stepOf = ({ machine }: Pick<LiveRun, 'machine'>): number => machine.trial.progress().step;

/** Takes steps for some milliseconds at most, up to a step at most; at the end of the trial its outcome is there. */
export function advance(run: LiveRun, untilStep: number, forMs: number): void {
  const end = run.machine.run({ untilStep, forMs });
  if (end && !run.outcome) settle(run);
}

function settle(run: LiveRun): void {
  const { status, epochs, steps, finalLoss, hash, divergedAt } = run.machine.trial.outcome().summary;
  if (status === 'stopped') return;
  run.outcome = {
    status,
    epochs,
    steps,
    finalLoss: finalLoss ?? Number.NaN,
    hash,
    ...(divergedAt && { what: divergedAt.what as 'loss' | 'parameters' }),
  };
  run.events.push({ step: steps, kind: status, text: endWords(run.outcome) });
}

const endWords = ({ status, what, epochs }: RunOutcome): string =>
  status === 'diverged'
    ? `diverged: the ${what === 'loss' ? 'loss is' : 'parameters are'} no longer finite`
    : `${status} after ${epochs} epochs`;
