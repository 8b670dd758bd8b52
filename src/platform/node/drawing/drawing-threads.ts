import { Worker } from 'node:worker_threads';
import type { DrawnFigure } from '../../../report/drawing/draw-figure.js';
import type { FigurePlan } from '../../../report/drawing/figure-plan.js';
import type { DrawReply, DrawStart } from './draw-worker.js';

/** What drawing threads need. */
export interface DrawingOptions extends DrawStart {
  /** How many figures are drawn side by side, at most. */
  readonly threads: number;
  /** The program of a thread. */
  readonly entry?: URL;
}

/** The program that threads run, one file with all that it imports. */
export const drawProgram = new URL('./draw-worker.js', import.meta.url);

/** A figure leaves much behind that is soon of no use: with room for it less is copied. In MiB; V8 itself takes 48. */
const youngGenerationMb = 96;

interface Job {
  readonly figure: FigurePlan;
  readonly resolve: (drawn: DrawnFigure) => void;
  readonly reject: (error: Error) => void;
}

interface Thread {
  readonly worker: Worker;
  job: Job | undefined;
}

/** Draws figures on threads that are started when there is something to draw; one that dies fails its figure alone. */
export class DrawingThreads {
  readonly #start: DrawStart;
  readonly #entry: URL;
  readonly #waiting: Job[] = [];
  readonly #team = new Set<Thread>();
  #most: number;
  #isClosed = false;

  constructor({ fontFiles, threads, entry = drawProgram }: DrawingOptions) {
    this.#start = { fontFiles };
    this.#entry = entry;
    this.#most = threads;
  }

  /** @throws Error that names the figure, if it cannot be drawn */
  draw(figure: FigurePlan): Promise<DrawnFigure> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ figure, resolve, reject });
      this.#distribute();
    });
  }

  /** Allows more threads, or fewer; those that draw end their figure. */
  resize(threads: number): void {
    this.#most = threads;
    this.#distribute();
  }

  /** Ends all threads where they are; what waits is never drawn. */
  close(): void {
    this.#isClosed = true;
    this.#waiting.length = 0;
    for (const thread of this.#team) {
      thread.job = undefined;
      thread.worker.terminate();
    }
  }

  /** Hands waiting figures to idle threads, and starts threads while there are too few. */
  #distribute(): void {
    const busy = (): number => [...this.#team].filter(({ job }) => job !== undefined).length;
    while (!this.#isClosed && this.#waiting.length > 0 && busy() < this.#most) {
      const thread = [...this.#team].find(({ job }) => job === undefined) ?? this.#newThread();
      thread.job = this.#waiting.shift()!;
      const { title, specs } = thread.job.figure;
      thread.worker.postMessage({ title, specs });
    }
  }

  #newThread(): Thread {
    const worker = new Worker(this.#entry, {
      workerData: this.#start,
      resourceLimits: { maxYoungGenerationSizeMb: youngGenerationMb },
    });
    const thread: Thread = { worker, job: undefined };
    this.#team.add(thread);
    let reason: string | undefined;
    worker.on('message', (reply: DrawReply) => this.#settle(thread, reply));
    worker.on('error', (error: Error) => {
      reason = `the drawing thread crashed: ${error.message}`;
    });
    // An error is always followed by the exit.
    worker.on('exit', (code) => {
      this.#team.delete(thread);
      this.#settle(thread, { kind: 'failed', reason: reason ?? `the drawing thread ended with exit code ${code}` });
    });
    return thread;
  }

  #settle(thread: Thread, reply: DrawReply): void {
    const { job } = thread;
    thread.job = undefined;
    if (job !== undefined) finish(job, reply);
    this.#distribute();
  }
}

function finish({ figure, resolve, reject }: Job, reply: DrawReply): void {
  if (reply.kind === 'drawn') resolve({ inline: reply.inline, png: reply.png });
  else reject(new Error(`figure ${figure.key}: expected a drawing, got: ${reply.reason.split('\n')[0]}`));
}
