import type { PlannedTask } from '../../study/plan.js';
import type { TaskReport } from '../../tasks/task-event.js';
import {
  type LedgerRow,
  type PartVerdict,
  type RegisterEntry,
  secondsOf,
  seedValue,
  type Verdict,
} from '../../verdicts/index.js';
import type { Task } from '../task.js';
import { type ResultSource, seedResults } from './seed-results.js';
import {
  claimVerdict,
  expectedSeeds,
  fewestSeeds,
  nextSeed,
  openParts,
  partVerdict,
  rowOf,
  type StudiedClaim,
  type StudiedPart,
  tasksOfPart,
} from './studied-claim.js';

/** Why a claim that is open is left. */
export type LeftReason =
  | { readonly kind: 'budget' }
  | { readonly kind: 'seeds' }
  | { readonly kind: 'rounds' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly reason: string };

/** What a study emits as it goes. */
export type StudyEvent =
  | {
      readonly kind: 'round';
      readonly studied: StudiedClaim;
      readonly seeds: readonly number[];
      readonly tasks: number;
    }
  /** Seeds were added to the ledger, and the intervals of these parts are new. */
  | { readonly kind: 'added'; readonly studied: StudiedClaim; readonly parts: readonly PartVerdict[] }
  | { readonly kind: 'decided'; readonly studied: StudiedClaim; readonly verdict: Verdict }
  | {
      readonly kind: 'left';
      readonly studied: StudiedClaim;
      readonly verdict: Verdict;
      readonly reason: LeftReason;
    };

/** Where a study runs, reads and writes. */
export interface StudyHost extends ResultSource {
  /** Runs what is not there yet; `onDone` is called as each task ends. */
  run(tasks: readonly Task[], onDone: () => void): Promise<readonly TaskReport[]>;
  /** Adds rows to the ledger of a protocol of the claim's experiment, all at one moment. */
  add(studied: StudiedClaim, rows: readonly LedgerRow[]): void;
  /** In milliseconds. */
  now(): number;
  isStopping(): boolean;
  emit(event: StudyEvent): void;
}

/** How far a study goes. */
export interface StudyLimits {
  /** Tasks side by side; read before each round. */
  readonly workers: number;
  /** Of the clock. Default: none. */
  readonly budgetMs?: number;
  /** Of each claim. Default 4000. */
  readonly maxSeeds?: number;
  /** Default: none. */
  readonly rounds?: number;
  /** About so long a round lasts at least, though fewer seeds could decide: each starts workers. Default 5000. */
  readonly leastRoundMs?: number;
}

/** Where nothing can be decided, so many are shown. */
const seedsToShow = 3;
const mostSeedsARound = 200;
/** So long after rows were looked for, tasks that end do not have them looked for again. */
const absorbEveryMs = 2000;

/** A claim that is still studied, and the price of a seed of it by what was run of it here. */
interface Candidate {
  readonly studied: StudiedClaim;
  secondsASeed: number;
}

/**
 * Adds confirmatory seeds to claims until each is decided, or what is left of the budget cannot decide it: round by
 * round those of the claim that can be decided in the least time. A round is the fewest seeds that could decide it, or
 * some seconds' worth where that is more. A claim's rows are added to the ledger in the order of its seeds, up to the
 * first that is missing, and no further than the seed that decides it, so that a study that was stopped at any time
 * and resumed comes to the same rows.
 */
export async function runStudy(claims: readonly StudiedClaim[], host: StudyHost, limits: StudyLimits): Promise<void> {
  const start = host.now();
  const open = new Set(claims.map((studied): Candidate => ({ studied, secondsASeed: priceOf(studied) })));
  const absorber = createAbsorber(host);
  let rounds = 0;
  const leave = (candidate: Candidate, reason: LeftReason): void => {
    open.delete(candidate);
    const { studied } = candidate;
    host.emit({ kind: 'left', studied, verdict: claimVerdict(studied), reason });
  };
  for (;;) {
    await absorber.absorb([...open].map(({ studied }) => studied));
    for (const candidate of open) if (openParts(candidate.studied).length === 0) settle(candidate, open, host);
    const candidate = cheapest([...open], limits);
    if (candidate === undefined) return;
    const left = limits.budgetMs === undefined ? undefined : start + limits.budgetMs - host.now();
    const round = nextRound(candidate, limits, left);
    if (host.isStopping()) leave(candidate, { kind: 'stopped' });
    else if (limits.rounds !== undefined && rounds >= limits.rounds) leave(candidate, { kind: 'rounds' });
    else if ('left' in round) leave(candidate, round.left);
    else {
      rounds++;
      const failed = await runRound(candidate, round.seeds, host, absorber);
      if (failed !== undefined) leave(candidate, { kind: 'failed', reason: failed });
    }
  }
}

function settle(candidate: Candidate, open: Set<Candidate>, host: StudyHost): void {
  open.delete(candidate);
  host.emit({ kind: 'decided', studied: candidate.studied, verdict: claimVerdict(candidate.studied) });
}

/** Of a seed of the open parts, on one worker: arms that they share are counted once. */
function priceOf(studied: StudiedClaim): number {
  const presets = openParts(studied).map(({ part }) => part);
  const first = presets[0];
  if (first === undefined) return 0;
  const arms = new Map(presets.flatMap(({ preset }) => preset.arms).map((arm) => [arm.id, arm]));
  const measurements = new Map(presets.flatMap(({ preset }) => preset.measurements).map((arm) => [arm.id, arm]));
  return secondsOf({
    ...first,
    preset: { ...first.preset, arms: [...arms.values()], measurements: [...measurements.values()] },
  });
}

function cheapest(open: readonly Candidate[], { maxSeeds = 4000 }: StudyLimits): Candidate | undefined {
  const cost = ({ studied, secondsASeed }: Candidate): number =>
    secondsASeed * Math.max(...openParts(studied).map((part) => expectedSeeds(part, maxSeeds)));
  return open.reduce<Candidate | undefined>(
    (best, candidate) => (best !== undefined && cost(best) <= cost(candidate) ? best : candidate),
    undefined,
  );
}

/** The seeds of a claim's next round; or why there is none. */
function nextRound(
  { studied, secondsASeed }: Candidate,
  { workers, maxSeeds = 4000, leastRoundMs = 5000 }: StudyLimits,
  leftMs: number | undefined,
): { readonly seeds: readonly number[] } | { readonly left: LeftReason } {
  const parts = openParts(studied);
  const ran = parts[0]!.values.length;
  const first = nextSeed(parts[0]!);
  const toMost = maxSeeds - ran;
  if (first === undefined || toMost <= 0) return { left: { kind: 'seeds' } };
  const fewest = Math.min(...parts.map(fewestSeeds));
  const payable =
    leftMs === undefined ? Number.POSITIVE_INFINITY : Math.floor((leftMs / 1000 / secondsASeed) * workers);
  if (payable < fewest) {
    const shown = Math.min(seedsToShow - ran, payable);
    return shown > 0 ? { seeds: seedsFrom(first, shown) } : { left: { kind: 'budget' } };
  }
  const enough = Math.ceil((workers * leastRoundMs) / 1000 / secondsASeed);
  const wanted = Math.max(fewest, Math.ceil(workers / tasksASeed(parts)), enough);
  return { seeds: seedsFrom(first, Math.min(wanted, toMost, payable, mostSeedsARound)) };
}

const seedsFrom = (first: number, n: number): readonly number[] => Array.from({ length: n }, (_, i) => first + i);

const tasksASeed = (parts: readonly StudiedPart[]): number =>
  new Set(parts.flatMap(({ part }) => [...part.preset.arms, ...part.preset.measurements].map(({ id }) => id))).size;

/** Runs a round; returns the reason if a task failed, so that its seed never comes. */
async function runRound(
  candidate: Candidate,
  seeds: readonly number[],
  host: StudyHost,
  absorber: Absorber,
): Promise<string | undefined> {
  const { studied } = candidate;
  const planned = openParts(studied).flatMap((part) => tasksOfPart(part, seeds));
  const tasks = [...new Map(planned.map(({ id, spec }) => [id, { id, spec }])).values()];
  host.emit({ kind: 'round', studied, seeds, tasks: tasks.length });
  const reports = await host.run(tasks, () => absorber.nudge(studied));
  await absorber.absorb([studied]);
  const done = reports.flatMap((report) => (report.state === 'done' ? [report.durationMs] : []));
  if (done.length === reports.length && done.length > 0)
    candidate.secondsASeed = done.reduce((sum, ms) => sum + ms, 0) / 1000 / seeds.length;
  // What fails because a trial diverged has no value, and keeps nobody waiting.
  const [next] = openParts(studied);
  if (next === undefined || (nextSeed(next) ?? Number.POSITIVE_INFINITY) > seeds.at(-1)!) return undefined;
  const failed = reports.find((report) => report.state === 'failed');
  return failed?.state === 'failed' ? `task ${failed.id.slice(0, 12)} failed: ${failed.reason}` : undefined;
}

/** Takes what is there into the ledger. */
interface Absorber {
  /** After what it is at now. */
  absorb(claims: readonly StudiedClaim[]): Promise<void>;
  /** Now and then, without being waited for. */
  nudge(studied: StudiedClaim): void;
}

function createAbsorber(host: StudyHost): Absorber {
  let last: Promise<void> = Promise.resolve();
  let next = 0;
  const absorb = (claims: readonly StudiedClaim[]): Promise<void> => {
    last = last.then(async () => {
      for (const studied of claims) await absorbClaim(studied, host);
      next = host.now() + absorbEveryMs;
    });
    return last;
  };
  return {
    absorb,
    nudge(studied) {
      if (host.now() < next) return;
      next = Number.POSITIVE_INFINITY;
      // What goes wrong is thrown to who waits for it next.
      absorb([studied]).catch(() => {});
    },
  };
}

/** Adds the seeds of a claim that are there, one after the other, while it is open. */
async function absorbClaim(studied: StudiedClaim, host: StudyHost): Promise<void> {
  const rows: LedgerRow[] = [];
  for (;;) {
    const more = await rowsOfNextSeed(studied, host);
    if (more.length === 0) break;
    rows.push(...more);
  }
  if (rows.length === 0) return;
  host.add(studied, rows);
  const places = new Set(rows.map(({ place }) => place));
  const parts = studied.parts.filter(({ entry }) => places.has(entry.place)).map((part) => partVerdict(part));
  host.emit({ kind: 'added', studied, parts });
}

/** The rows of the next seed of the open parts; none where one of their tasks is not there. */
async function rowsOfNextSeed(studied: StudiedClaim, host: StudyHost): Promise<readonly LedgerRow[]> {
  const planned = openParts(studied).map((part) => {
    const seed = nextSeed(part);
    return { part, seed, tasks: seed === undefined ? [] : plannedFor(part, seed) };
  });
  const rows: LedgerRow[] = [];
  const values: (() => void)[] = [];
  for (const { part, seed, tasks } of planned) {
    const outcome = seed === undefined ? undefined : await seedResults(tasks, host);
    if (seed === undefined || outcome === undefined) return [];
    const value = seedValue(part.part.test, seed, outcome.resultOf, studied.claim.given !== undefined);
    values.push(() => part.values.push(value));
    rows.push(rowOf(part, value, outcome.tasks));
  }
  for (const add of values) add();
  return rows;
}

/** The last plan of each part: its next seed is asked for again and again. */
const plans = new WeakMap<RegisterEntry, { readonly seed: number; readonly tasks: readonly PlannedTask[] }>();

function plannedFor(part: StudiedPart, seed: number): readonly PlannedTask[] {
  const known = plans.get(part.entry);
  if (known?.seed === seed) return known.tasks;
  const tasks = tasksOfPart(part, [seed]);
  plans.set(part.entry, { seed, tasks });
  return tasks;
}
