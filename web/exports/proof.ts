/** What an exported file says of itself, so that what it shows can be run again. */
export interface Proof {
  /** The trial as JSON. */
  readonly spec: string;
  /** Empty before the end of the run. */
  readonly hash: string;
  readonly step: number;
}
