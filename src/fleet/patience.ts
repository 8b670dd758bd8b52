/** How often a task may be started without getting on, and on how many hosts at least: one host may be to blame. */
const starts = 3;
const hosts = 2;
/** So often one host alone may start it. */
const startsOnOneHost = 5;

/** Whether a task that has been started so often, on these hosts, without getting on is given up. */
export function isHopeless(count: number, on: readonly string[]): boolean {
  return count >= startsOnOneHost || (count >= starts && new Set(on).size >= hosts);
}
