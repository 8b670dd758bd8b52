import { createContext } from 'preact';

/** What an exported file says of itself, so that what it shows can be run again. */
export interface Proof {
  /** The trial as JSON. */
  readonly spec: string;
  /** Empty before the end of the run. */
  readonly hash: string;
  readonly step: number;
  /** Where it is of many runs: their seeds, in place of that of the trial. */
  readonly seeds?: readonly number[];
  /** The run that is drawn beside it. */
  readonly beside?: Proof;
}

/** What is shown: how its files are named, and what they say of themselves. */
export interface Shown {
  readonly name: string;
  readonly proof: Proof;
}

/** What the panels below show; where there is none they are not saved. */
export const ShownNow = createContext<(() => Shown) | undefined>(undefined);

/** A proof as texts by their names, the trial in one line. */
export function proofTexts({ spec, hash, step, seeds, beside }: Proof): Readonly<Record<string, string>> {
  const own = {
    spec: JSON.stringify(JSON.parse(spec)),
    hash,
    'after step': String(step),
    ...(seeds && { seeds: seeds.join(' ') }),
  };
  const other = Object.entries(beside ? proofTexts(beside) : {});
  return { ...own, ...Object.fromEntries(other.map(([name, text]) => [`beside: ${name}`, text])) };
}
