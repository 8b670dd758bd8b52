import type { QueueOptions } from '../lab/pool.js';
import type { TaskSummary } from '../tasks/task-event.js';
import { type Coordinator, createCoordinator, type FleetEvent } from './coordinator/coordinator.js';
import { type Enqueue, type FleetAction, type FleetTask, openJobs } from './coordinator/state.js';
import { createTrust } from './coordinator/trust.js';
import {
  type AbleAgent,
  type Accepted,
  type FleetQueue,
  JobProblem,
  type QueuedJob,
  type QueueHint,
  type ResultDesk,
} from './fleet-queue.js';
import { parseJobId } from './job.js';
import { limited, reasonOf, sleep } from './limited.js';

/** A task of a fleet, and the positions of those that must be done before it starts. */
export interface FleetRunTask {
  readonly id: string;
  readonly after: readonly number[];
  /** Its place in the order in which tasks start, from 1. */
  readonly rank: number;
}

/** How a fleet runs its tasks. */
export interface FleetOptions extends QueueOptions {
  readonly queue: FleetQueue;
  readonly desk: ResultDesk;
  /** What a task that is in the store came to. */
  readonly summaryOf: (index: number) => { readonly summary: TaskSummary; readonly durationMs: number };
  /** Share of results that are run again elsewhere, in [0, 1], beside the first ones of each agent. */
  readonly audited: number;
  /** Not to be foreseen by agents. */
  readonly salt: string;
  /** How often the queue is looked at whole, in milliseconds. Default 5 s. */
  readonly lookEveryMs?: number;
  /** Listens to what people should know. */
  readonly onNote: (note: string) => void;
}

/** What a fleet did beside running tasks. */
export interface FleetReport {
  /** Jobs whose agent was lost: others took them. */
  readonly lost: number;
  /** Tasks that resumed from a checkpoint. */
  readonly resumed: number;
  /** Results that were taken back. */
  readonly withdrawn: number;
  /** Results that were to be run again elsewhere, and were not. */
  readonly unaudited: number;
  /** Results that were run again elsewhere. */
  readonly audited: number;
}

/** The same while it runs, and how many tasks are how far. */
export interface FleetCounts extends FleetReport {
  readonly tasks: Readonly<Record<FleetTask['at'], number>>;
}

/** A run of a fleet, which hints reach from outside. */
export interface FleetRun {
  readonly hint: (hint: QueueHint) => void;
  /** Undefined before it has begun. */
  readonly counts: () => FleetCounts | undefined;
  /** Resolves when all is done, or it is stopped: what is in the queue stays there for who takes over. */
  readonly ended: Promise<FleetReport>;
}

interface Run {
  readonly tasks: readonly FleetRunTask[];
  readonly places: ReadonlyMap<string, number>;
  readonly options: FleetOptions;
  readonly coordinator: Coordinator;
  readonly counts: { lost: number; resumed: number; withdrawn: number; audited: number };
  /** What came of tasks that are in the store. */
  readonly accepted: Map<number, Accepted>;
  /** Bytes that each large task takes that was enqueued. */
  readonly memory: Map<number, number>;
  readonly published: Set<number>;
  /** Between two looks at the queue. */
  readonly lookEveryMs: number;
  /** Since when nothing but checks is open. */
  settledAt?: number | undefined;
  /** What is being done, so that the end can wait for it. */
  readonly busy: Set<Promise<unknown>>;
  /** Few results are checked at a time: the rest of the process must get on. */
  readonly checking: <T>(work: () => Promise<T>) => Promise<T>;
  readonly talking: <T>(work: () => Promise<T>) => Promise<T>;
  isOver: boolean;
}

const checkedAtOnce = 4;
const talksAtOnce = 16;
const addedAtOnce = 100;
/** Between two attempts to reach the blobs. */
const reachAgainMs = 1000;
const defaultLookEveryMs = 5000;
/** When nothing but checks is open, the end waits for the looks. */
const settledLookEveryMs = 1000;
/** So long a check waits at the end for an agent that may take it: one may be about to come. */
const checkerWithinMs = 5000;
/** So often what is left is taken out of the queue. */
const sweeps = 10;
/** How often it is asked whether to stop. */
const askEveryMs = 200;
/** So long the end of a run that was stopped waits for what is under way: the queue may be away. */
const stoppedWithinMs = 5000;

/**
 * Runs tasks on whichever agents take them from a queue. What the queue says are hints; what is true is in the store
 * and in what agents have put beside their blobs, and is looked for now and then. Ends when every task is done or
 * cannot be, or when it is stopped.
 */
export function runFleet(tasks: readonly FleetRunTask[], options: FleetOptions): FleetRun {
  let run: Run | undefined;
  const waiting: QueueHint[] = [];
  const start = async (): Promise<FleetReport> => {
    const banned = await options.queue.banned();
    const { audited, salt } = options;
    run = createRun(tasks, options, createCoordinator(tasks, createTrust({ share: audited, salt, banned })));
    act(run, run.coordinator.begin(await options.queue.jobs()));
    for (const hint of waiting) take(run, hint);
    await loop(run);
    return reportOf(run);
  };
  return {
    ended: start(),
    counts: () => run && { ...reportOf(run), tasks: tasksOf(run) },
    hint: (hint) => {
      if (run) take(run, hint);
      else waiting.push(hint);
    },
  };
}

const reportOf = ({ counts, coordinator }: Run): FleetReport => ({ ...counts, unaudited: coordinator.state.unaudited });

function tasksOf({ coordinator }: Run): FleetCounts['tasks'] {
  const counts = { waiting: 0, queued: 0, accepting: 0, done: 0, failed: 0 };
  for (const { at } of coordinator.state.tasks) counts[at]++;
  return counts;
}

const createRun = (tasks: readonly FleetRunTask[], options: FleetOptions, coordinator: Coordinator): Run => ({
  tasks,
  places: new Map(tasks.map(({ id }, index) => [id, index])),
  options,
  coordinator,
  counts: { lost: 0, resumed: 0, withdrawn: 0, audited: 0 },
  accepted: new Map(),
  memory: new Map(),
  lookEveryMs: options.lookEveryMs ?? defaultLookEveryMs,
  published: new Set(),
  busy: new Set(),
  checking: limited(checkedAtOnce),
  talking: limited(talksAtOnce),
  isOver: false,
});

async function loop(run: Run): Promise<void> {
  const { options } = run;
  const { lookEveryMs } = run;
  let lookedAt = performance.now();
  let isLooking = false;
  while (!isEnded(run)) {
    await sleep(askEveryMs);
    const pauseMs = run.coordinator.isSettled() ? Math.min(settledLookEveryMs, lookEveryMs) : lookEveryMs;
    if (isLooking || performance.now() - lookedAt < pauseMs) continue;
    // While the queue cannot be reached a look does not end, and nothing is to be done but to wait, or to stop.
    isLooking = true;
    look(run)
      .catch((error: unknown) => run.isOver || options.onNote(reasonOf(error)))
      .finally(() => {
        isLooking = false;
        lookedAt = performance.now();
      });
  }
  run.isOver = true;
  let isFinished = false;
  const finishing = finish(run).finally(() => {
    isFinished = true;
  });
  // Without a queue that answers, what is under way never ends.
  const stopped = async (): Promise<void> => {
    while (!isFinished && !options.isStopping()) await sleep(askEveryMs);
    if (!isFinished) await sleep(stoppedWithinMs);
  };
  await Promise.race([finishing, stopped()]);
}

async function finish(run: Run): Promise<void> {
  await Promise.allSettled(run.busy);
  if (!run.coordinator.isSettled()) return;
  await sweep(run).catch((error: unknown) => run.options.onNote(reasonOf(error)));
}

/** Takes what is left of these tasks out of the queue. A job that an agent holds at the moment is let go soon. */
async function sweep({ places, options: { queue } }: Run): Promise<void> {
  for (let tries = 0; tries < sweeps; tries++) {
    const left = [...(await queue.jobs()).keys()].filter((job) => places.has(parseJobId(job)?.task ?? ''));
    if (left.length === 0) return;
    await Promise.all(left.map((job) => queue.remove(job)));
    await sleep(askEveryMs);
  }
}

function isEnded({ options, coordinator, busy, isOver }: Run): boolean {
  if (isOver || options.isStopping() || options.terminate.aborted) return true;
  return coordinator.isSettled() && busy.size === 0 && coordinator.openAudits() === 0;
}

/** Compares with the queue as it is. */
async function look(run: Run): Promise<void> {
  const { queue, onNote } = run.options;
  if (await queue.isCancelled()) {
    onNote('the run was cancelled');
    run.isOver = true;
    return;
  }
  await queue.recall();
  const jobs = await queue.jobs();
  for (const [job, state] of jobs) {
    if (state !== 'failed' || !run.places.has(parseJobId(job)?.task ?? '')) continue;
    happened(run, { kind: 'failed', job, failure: await queue.failureOf(job) });
  }
  if (run.isOver) return;
  act(run, run.coordinator.look(jobs));
  if (!run.coordinator.isSettled()) run.settledAt = undefined;
  else {
    run.settledAt ??= performance.now();
    const isLate = performance.now() - run.settledAt >= Math.min(checkerWithinMs, run.lookEveryMs);
    if (isLate && run.coordinator.openAudits() > 0) await leaveAudits(run);
  }
}

/** What nobody who is there may check is left: at the end of a run it would be waited for in vain. */
async function leaveAudits(run: Run): Promise<void> {
  const agents = await run.options.queue.agents();
  const hasRoom = (index: number, { memory }: AbleAgent): boolean => memory >= (run.memory.get(index) ?? 0);
  const ableFor = (index: number): readonly string[] =>
    agents.filter((agent) => hasRoom(index, agent)).map(({ name }) => name);
  if (run.isOver) return;
  const left = run.coordinator.leaveAudits(ableFor);
  if (left.length > 0) {
    const results = left.length === 1 ? '1 result is' : `${left.length} results are`;
    run.options.onNote(`${results} not checked: no other agent is there that has room for the task`);
  }
  act(run, left);
}

function take(run: Run, hint: QueueHint): void {
  const index = run.places.get(parseJobId(hint.job)?.task ?? '');
  if (index === undefined || run.isOver) return;
  if (hint.kind === 'stalled') run.counts.lost++;
  else if (hint.kind !== 'progress') happened(run, hint);
  else if (!run.published.has(index)) {
    run.options.listener.listen(index, { kind: 'progress', progress: hint.progress });
  }
}

function happened(run: Run, event: FleetEvent): void {
  if (!run.isOver) act(run, run.coordinator.happened(event));
}

/** Carries out what was decided; what is enqueued comes last, when all else is under way. */
function act(run: Run, actions: readonly FleetAction[]): void {
  for (const action of actions) if (action.kind !== 'enqueue') carryOut(run, action);
  const enqueued = actions.filter((action): action is Enqueue => action.kind === 'enqueue');
  for (let at = 0; at < enqueued.length; at += addedAtOnce) {
    const some = enqueued.slice(at, at + addedAtOnce);
    work(run, () => enqueue(run, some));
  }
}

/** Does something beside, which the end waits for. What fails is found again by looking at the queue. */
function work(run: Run, act: () => Promise<unknown>): void {
  const settled = act().catch((error: unknown) => run.options.onNote(reasonOf(error)));
  run.busy.add(settled);
  settled.finally(() => run.busy.delete(settled));
}

type Kind = Exclude<FleetAction['kind'], 'enqueue'>;
type ActionOf<K extends Kind> = Extract<FleetAction, { readonly kind: K }>;
type Carriers = { readonly [K in Kind]: (run: Run, action: ActionOf<K>) => void };

const carriers: Carriers = {
  drop: (run, { job }) => work(run, () => run.talking(() => run.options.queue.remove(job))),
  accept: (run, { index, job }) => work(run, () => run.checking(() => accept(run, index, job))),
  compare: (run, action) => work(run, () => run.checking(() => compare(run, action))),
  judge: (run, action) => work(run, () => run.checking(() => judge(run, action))),
  published: (run, { index }) => publish(run, index),
  withdraw: (run, { index, reason }) => withdraw(run, index, reason),
  failed: ({ options }, { index, reason }) => options.listener.listen(index, { kind: 'failed', reason }),
  blocked: ({ options }, { index, by }) => options.listener.listen(index, { kind: 'blocked', by }),
  ban(run, { agent, reason }) {
    run.options.onNote(`${reason}: all of its results are taken back and run again`);
    work(run, () => run.options.queue.ban(agent, reason));
  },
};

function carryOut(run: Run, action: Exclude<FleetAction, Enqueue>): void {
  (carriers[action.kind] as (run: Run, action: FleetAction) => void)(run, action);
}

const isRepeated = (job: string): boolean => (parseJobId(job)?.round ?? 1) > 1;

/** Puts jobs into the queue, but for those that are over, and those of which something has come already. */
async function enqueue(run: Run, actions: readonly Enqueue[]): Promise<void> {
  const { desk, queue } = run.options;
  const { tasks } = run.coordinator.state;
  const jobs = await Promise.all(
    actions.map(({ index, job, not, segment }) =>
      run.talking(async (): Promise<readonly QueuedJob[]> => {
        const isOpen = (): boolean => openJobs(tasks[index]!, index).some((open) => open.job === job);
        if (!isOpen()) return [];
        if (await desk.has(job)) {
          happened(run, { kind: 'completed', job });
          return [];
        }
        const wanted = { anew: isRepeated(job), ...(segment !== undefined && { segment }) };
        const data = { ...(await desk.offer(index, wanted)), ...(not && { not: [...not] }) };
        if (data.memory !== undefined) run.memory.set(index, data.memory);
        return isOpen() ? [{ job, data, rank: run.tasks[index]!.rank }] : [];
      }),
    ),
  );
  const added = jobs.flat();
  if (added.length > 0) await queue.add(added);
}

/** As long as blobs cannot be reached it is tried again; what is wrong with a result is another matter. */
async function patiently<T>(run: Run, act: () => Promise<T>): Promise<T | JobProblem | undefined> {
  while (!run.isOver && !run.options.isStopping()) {
    try {
      return await act();
    } catch (error) {
      if (error instanceof JobProblem) return error;
      run.options.onNote(`a result cannot be fetched or kept yet: ${reasonOf(error)}`);
      await sleep(reachAgainMs);
    }
  }
  return undefined;
}

async function accept(run: Run, index: number, job: string): Promise<void> {
  const found = await patiently(run, () => run.options.desk.accept(index, job));
  if (found === undefined) return;
  if (found instanceof JobProblem) return refuse(run, job, found);
  if (found.fromStep !== undefined) run.counts.resumed++;
  run.accepted.set(index, found);
  happened(run, { kind: 'accepted', job, outcome: found });
}

async function refuse(run: Run, job: string, { message, failure }: JobProblem): Promise<void> {
  const found = await patiently(run, () => isStray(run, job));
  if (found === undefined) return;
  if (found === true) return happened(run, { kind: 'strayed', job });
  run.options.onNote(`a result is not accepted: ${message}`);
  happened(run, { kind: 'rejected', job, failure });
}

/** Whether nothing came of a job here, as it was run for another run. */
async function isStray({ options: { desk, queue } }: Run, job: string): Promise<boolean> {
  return !(await desk.has(job)) && !(await queue.isOwn(job));
}

async function compare(run: Run, { index, job, segment }: ActionOf<'compare'>): Promise<void> {
  const found = await patiently(run, () => run.options.desk.compare(index, job, segment));
  run.counts.audited++;
  happened(run, { kind: 'compared', job, outcome: found instanceof JobProblem ? undefined : found });
}

async function judge(run: Run, { index, segment }: ActionOf<'judge'>): Promise<void> {
  const hash = await run.options.desk.judge(index, segment).catch((error: unknown) => {
    run.options.onNote(`two results of a task differ, and it cannot be computed here: ${reasonOf(error)}`);
    return undefined;
  });
  happened(run, { kind: 'judged', index, hash });
}

function publish(run: Run, index: number): void {
  const { listener, summaryOf } = run.options;
  const fromStep = run.accepted.get(index)?.fromStep;
  run.published.add(index);
  const found = summaryOf(index);
  // A short task is over before its agent says how far it is, and its report may have to wait for others.
  const steps = 'steps' in found.summary ? Math.max(1, found.summary.steps) : 1;
  listener.listen(index, { kind: 'progress', progress: { step: steps, steps } });
  const event = { kind: 'published', ...found, ...(fromStep !== undefined && { fromStep }) } as const;
  work(run, () => listener.keep(index, event));
}

function withdraw(run: Run, index: number, reason: string): void {
  run.options.desk.withdraw(index);
  if (!run.published.delete(index)) return;
  run.counts.withdrawn++;
  run.options.listener.listen(index, { kind: 'retried', reason });
}
