import type { Mnist } from '../../src/data/index.js';
import type { MetricName, MetricRow } from '../../src/engine/index.js';
import { openTrial } from '../../src/tasks/time-travel/open-trial.js';
import type { TrialSpec } from '../../src/tasks/trial-spec.js';
import type { Band } from './protocol.js';

/** Who listens to several seeds. */
export interface SeedsHost {
  readonly loadMnist: () => Promise<Mnist>;
  /** After each seed: how many are done, and the bands over them. */
  readonly onBands: (done: number, bands: readonly Band[]) => void;
}

type Lines = Map<MetricName, Map<number, number>>;

const sliceMs = 50;
const rest = (): Promise<void> => new Promise((resume) => setTimeout(resume, 0));

/** Trains a spec from several seeds, one after the other. */
export async function trainSeeds(spec: TrialSpec, seeds: readonly number[], host: SeedsHost): Promise<void> {
  const runs: Lines[] = [];
  for (const seed of seeds) {
    const lines: Lines = new Map();
    const trial = await openTrial({ ...spec, seed }, { loadMnist: host.loadMnist, onRow: (row) => keep(lines, row) });
    while (!trial.run({ forMs: sliceMs })) await rest();
    trial.outcome();
    runs.push(lines);
    host.onBands(runs.length, bandsOf(runs));
  }
}

function keep(lines: Lines, { step, epoch: _, ...values }: MetricRow): void {
  for (const [name, value] of Object.entries(values) as [MetricName, number][]) {
    const line = lines.get(name) ?? new Map<number, number>();
    lines.set(name, line);
    line.set(step, value);
  }
}

function bandsOf(runs: readonly Lines[]): readonly Band[] {
  const names = new Set(runs.flatMap((lines) => [...lines.keys()]));
  return [...names].map((name) => bandOf(name, runs));
}

/** Quartiles step by step, over the seeds that have the step; a value that is not finite counts as above all others. */
function bandOf(name: MetricName, runs: readonly Lines[]): Band {
  const steps = [...new Set(runs.flatMap((lines) => [...(lines.get(name)?.keys() ?? [])]))].sort((a, b) => a - b);
  const [low, middle, high] = [0, 1, 2].map(() => new Float64Array(steps.length)) as Triple;
  const counts = new Uint8Array(steps.length);
  steps.forEach((step, i) => {
    const values = runs.flatMap((lines) => lines.get(name)?.get(step) ?? []);
    const sorted = values
      .map((value) => (Number.isNaN(value) ? Number.POSITIVE_INFINITY : value))
      .sort((a, b) => a - b);
    [low[i], middle[i], high[i]] = [quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75)];
    counts[i] = sorted.length;
  });
  return { name, steps: Float64Array.from(steps), low, middle, high, counts };
}

type Triple = [Float64Array<ArrayBuffer>, Float64Array<ArrayBuffer>, Float64Array<ArrayBuffer>];

/** As `quantileOfSorted`, of values that may be infinite: between two of these there is no difference. */
function quantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(at)]!, sorted[Math.ceil(at)]!];
  return below === above ? below : below + (above - below) * (at - Math.floor(at));
}
