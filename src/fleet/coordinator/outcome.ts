/** What came of a job, as far as the coordinator has to know it. */
export interface Outcome {
  /** Result hash. */
  readonly hash: string;
  /** Agents that had a part in it. */
  readonly hands: readonly string[];
  /** Who computed each of its segments, in their order; absent where it was not kept on the way. */
  readonly segments?: readonly string[];
}

/** What came of an audit. */
export interface Compared extends Outcome {
  /** Of a segment: what the result says of the moment at its end; null where that cannot be read. */
  readonly claim?: string | null;
}

/** What of a result is run again elsewhere: all of it, or one segment. */
export interface Check {
  readonly segment?: number;
}

/** What an audit runs again. */
export const checkOf = ({ segment }: Check): Check => (segment === undefined ? {} : { segment });
