/**
 * Classes of jobs, each with a queue of its own: `mem` for those that take much memory at once, which few agents have,
 * `cpu` for all others.
 */
export const jobClasses = ['cpu', 'mem'] as const;

/** The queue in which a job lies. */
export type JobClass = (typeof jobClasses)[number];

/** What takes more bytes at once is large. */
export const largeBytes: number = 512 * 2 ** 20;

/** The class of a job by what it says of its memory. */
export const classOf = ({ memory = 0 }: { readonly memory?: number }): JobClass =>
  memory > largeBytes ? 'mem' : 'cpu';

/**
 * Bytes that one large job may take on a machine beside `slots` small ones: at most half of the memory is kept for
 * these. 0 where that is not more than a small one takes.
 */
export function largeJobLimit(memory: number, slots: number): number {
  const left = memory - Math.min(slots * largeBytes, memory / 2);
  return left > largeBytes ? Math.floor(left) : 0;
}
