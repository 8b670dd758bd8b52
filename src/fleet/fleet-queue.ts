import type { TaskProgress } from '../tasks/task-event.js';
import type { JobState } from './coordinator/coordinator.js';
import type { Compared, Outcome } from './coordinator/outcome.js';
import type { JobData, JobFailure } from './job.js';

/** A job to be put into a queue. */
export interface QueuedJob {
  readonly job: string;
  readonly data: JobData;
  /** From 1; less is taken first. */
  readonly rank: number;
}

/** What a queue emits: hints alone, which may be late, doubled or lost. */
export type QueueHint =
  | { readonly kind: 'completed'; readonly job: string }
  /** Its agent was lost, and it waits again. */
  | { readonly kind: 'stalled'; readonly job: string }
  | { readonly kind: 'failed'; readonly job: string; readonly failure: JobFailure }
  | { readonly kind: 'progress'; readonly job: string; readonly progress: TaskProgress };

/** An agent that takes jobs. */
export interface AbleAgent {
  readonly name: string;
  /** Bytes that a large task may take there; 0: it takes none. */
  readonly memory: number;
}

/** A queue of jobs that agents take, as a coordinator sees it. */
export interface FleetQueue {
  /** Adds jobs; one that is there stays as it is. */
  add(jobs: readonly QueuedJob[]): Promise<void>;
  remove(job: string): Promise<void>;
  /** Every job that it holds. */
  jobs(): Promise<ReadonlyMap<string, JobState>>;
  failureOf(job: string): Promise<JobFailure>;
  /** Whether it holds this job as it was added here: of a task that two runs want, their jobs bear one name. */
  isOwn(job: string): Promise<boolean>;
  /** Has jobs that agents left to others for a while taken at once: by a wrong clock that could be hours. */
  recall(): Promise<void>;
  /** Agents that may take a job now. */
  agents(): Promise<readonly AbleAgent[]>;
  /** Lets an agent take nothing any more. */
  ban(agent: string, reason: string): Promise<void>;
  banned(): Promise<readonly string[]>;
  /** Whether somebody has asked for this run to end. */
  isCancelled(): Promise<boolean>;
}

/** Where results of jobs get from, and into the store of who coordinates. Positions are those of the tasks. */
export interface ResultDesk {
  /**
   * What an agent is sent of a task, or of one of its segments; all that it needs is in the store, and lies ready when
   * this resolves: `anew` whatever lay there, which may have been damaged.
   */
  offer(index: number, offered: { readonly anew: boolean; readonly segment?: number }): Promise<JobData>;
  /** Whether something has come of a job. */
  has(job: string): Promise<boolean>;
  /** Checks what came of a job and publishes it. @throws with the reason, and who is to blame in `JobProblem` */
  accept(index: number, job: string): Promise<Accepted>;
  /** What came of an audit; undefined where that cannot be read, or is of other trials. */
  compare(index: number, job: string, segment?: number): Promise<Compared | undefined>;
  /** Computes a task here, or one of its segments. */
  judge(index: number, segment?: number): Promise<string>;
  /** Takes a result out of the store; nothing is deleted. */
  withdraw(index: number): void;
}

/** A result that is in the store now. */
export interface Accepted extends Outcome {
  readonly fromStep?: number;
}

/** A result that is not accepted. */
export class JobProblem extends Error {
  override readonly name = 'JobProblem';
  readonly failure: JobFailure;

  constructor(failure: JobFailure) {
    super(failure.reason);
    this.failure = failure;
  }
}
