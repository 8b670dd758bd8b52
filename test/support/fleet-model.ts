import { sha256Hex } from '../../src/base/sha256.js';
import {
  type Coordinator,
  createCoordinator,
  type FleetEvent,
  type JobState,
} from '../../src/fleet/coordinator/coordinator.js';
import type { FleetAction } from '../../src/fleet/coordinator/state.js';
import { createTrust } from '../../src/fleet/coordinator/trust.js';
import { parseJobId } from '../../src/fleet/job.js';
import { seededUniform } from './random.js';

// A fleet without clocks, networks and files: queue, agents, blobs and a store as plain data around the real
// coordinator. Each step is drawn: whatever can happen happens in any order.

/** A job on its way. */
interface ModelJob {
  state: 'waiting' | 'active' | 'completed' | 'failed';
  readonly not: readonly string[];
  /** Result hashes of what it starts from, as they were when it was enqueued. */
  readonly needs: readonly string[];
  readonly segment: number | undefined;
}

/** What an agent has in hand; `holds`: the queue still counts it as this agent's. */
interface Work {
  readonly job: string;
  readonly not: readonly string[];
  readonly needs: readonly string[];
  readonly segment: number | undefined;
  holds: boolean;
}

interface Agent {
  readonly name: string;
  readonly forges: boolean;
  readonly works: Work[];
}

interface ModelManifest {
  readonly hash: string;
  readonly hands: readonly string[];
  readonly needs: readonly string[];
  /** Who computed each of its segments. */
  readonly segments: readonly string[];
  readonly torn: boolean;
}

/** How rough the world is. */
export interface ModelOptions {
  readonly seed: number;
  readonly tasks: number;
  readonly agents: number;
  /** The first so many agents forge results. */
  readonly forgers: number;
  /** Share of results that are run again elsewhere. */
  readonly audited: number;
  /** Drawn steps, before the world calms down and everything must end. */
  readonly rough: number;
}

/** What came of a drawn schedule. */
export interface ModelReport {
  /** What must never happen, in words. */
  readonly faults: readonly string[];
  /** Tasks whose result is in the store, and right. */
  readonly right: number;
  readonly steps: number;
  readonly events: Readonly<Record<string, number>>;
}

const ids = Array.from({ length: 100 }, (_, index) => sha256Hex(`model ${index}`));
const places = new Map(ids.map((id, index) => [id, index]));

/** Runs one drawn schedule to its end. */
export function runSchedule(options: ModelOptions): ModelReport {
  return new World(options).run();
}

class World {
  readonly #options: ModelOptions;
  readonly #uniform: () => number;
  readonly #after: readonly (readonly number[])[];
  readonly #queue = new Map<string, ModelJob>();
  readonly #manifests = new Map<string, ModelManifest>();
  readonly #store = new Map<number, string>();
  readonly #agents: Agent[];
  readonly #banned = new Set<string>();
  readonly #hints: FleetEvent[] = [];
  readonly #answers: (() => FleetEvent | undefined)[] = [];
  readonly #faults: string[] = [];
  readonly #events: Record<string, number> = {};
  #places: readonly number[] = [];
  #coordinator!: Coordinator;

  constructor(options: ModelOptions) {
    this.#options = options;
    this.#uniform = seededUniform(options.seed);
    this.#after = Array.from({ length: options.tasks }, (_, index) =>
      index === 0 || this.#chance(0.5) ? [] : [...new Set([this.#below(index), this.#below(index)])],
    );
    this.#agents = Array.from({ length: options.agents }, (_, i) => ({
      name: `agent-${i}`,
      forges: i < options.forgers,
      works: [],
    }));
    this.#startCoordinator();
  }

  run(): ModelReport {
    let steps = 0;
    for (; steps < this.#options.rough; steps++) this.#roughStep();
    // From here on nothing fails any more: all must come to an end.
    const limit = steps + 200 * this.#options.tasks + 2000;
    while (!this.#isOver() && steps < limit) {
      this.#calmStep();
      steps++;
    }
    if (!this.#isOver()) this.#faults.push('the run did not come to an end');
    const right = [...this.#store].filter(([index, hash]) => hash === this.#truth(index)).length;
    return { faults: this.#faults, right, steps, events: this.#events };
  }

  #isOver(): boolean {
    return this.#coordinator.isSettled() && this.#coordinator.openAudits() === 0 && this.#answers.length === 0;
  }

  #truth(index: number): string {
    return hashOf(
      index,
      this.#after[index]!.map((need) => this.#truth(need)),
    );
  }

  #count(what: string): void {
    this.#events[what] = (this.#events[what] ?? 0) + 1;
  }

  readonly #chance = (share: number): boolean => this.#uniform() < share;
  readonly #below = (n: number): number => Math.floor(this.#uniform() * n);
  #pick<T>(list: readonly T[]): T | undefined {
    return list[this.#below(list.length)];
  }

  /** A coordinator that finds the store as it is; what an earlier one was about to do is lost with it. */
  #startCoordinator(): void {
    this.#hints.length = 0;
    this.#answers.length = 0;
    this.#places = this.#after.flatMap((_, index) => (this.#store.has(index) ? [] : [index]));
    const place = new Map(this.#places.map((index, i) => [index, i]));
    const tasks = this.#places.map((index) => ({
      id: ids[index]!,
      after: this.#after[index]!.flatMap((need) => place.get(need) ?? []),
    }));
    const { audited, seed } = this.#options;
    const trust = createTrust({ share: audited, salt: String(seed), banned: [...this.#banned] });
    this.#coordinator = createCoordinator(tasks, trust);
    this.#act(this.#coordinator.begin(this.#snapshot()));
  }

  #snapshot(): ReadonlyMap<string, JobState> {
    const shown = { waiting: 'open', active: 'open', completed: 'completed', failed: 'failed' } as const;
    return new Map([...this.#queue].map(([job, { state }]) => [job, shown[state]]));
  }

  #happened(event: FleetEvent): void {
    this.#act(this.#coordinator.happened(event));
  }

  #act(actions: readonly FleetAction[]): void {
    for (const action of actions) this.#do(action);
  }

  #do(action: FleetAction): void {
    if (action.kind === 'enqueue') this.#enqueue(action);
    else if (action.kind === 'drop') this.#queue.delete(action.job);
    else if (action.kind === 'accept') this.#answers.push(() => this.#accept(this.#places[action.index]!, action.job));
    else if (action.kind === 'compare')
      this.#answers.push(() => this.#compare(action.index, action.job, action.segment));
    else if (action.kind === 'judge') this.#answers.push(() => this.#judge(action.index, action.segment));
    else if (action.kind === 'withdraw') this.#store.delete(this.#places[action.index]!);
    else if (action.kind === 'ban') this.#ban(action.agent);
    else if (action.kind === 'failed' || action.kind === 'blocked') this.#faults.push(`a task ${action.kind}`);
    else if (!this.#store.has(this.#places[action.index]!)) this.#faults.push('published, and not in the store');
  }

  #enqueue({ index, job, not = [], segment }: Extract<FleetAction, { readonly kind: 'enqueue' }>): void {
    const needs = this.#after[this.#places[index]!]!;
    const missing = needs.find((need) => !this.#store.has(need));
    if (missing !== undefined) {
      this.#faults.push('enqueued before what it needs was there');
      return;
    }
    if (this.#manifests.has(job)) this.#hints.push({ kind: 'completed', job });
    else if (!this.#queue.has(job)) {
      this.#queue.set(job, { state: 'waiting', not, needs: needs.map((need) => this.#store.get(need)!), segment });
      if (segment !== undefined) this.#count('segments');
    }
  }

  #accept(index: number, job: string): FleetEvent {
    const manifest = this.#manifests.get(job);
    const failure = { agent: 'x', host: 'h', reason: 'torn' };
    const needs = this.#after[index]!.map((need) => this.#store.get(need));
    if (manifest === undefined || manifest.torn || manifest.needs.some((hash, i) => hash !== needs[i])) {
      return { kind: 'rejected', job, failure: { ...failure, reason: 'not as it should be' } };
    }
    if (this.#store.has(index)) this.#faults.push('published twice');
    this.#store.set(index, manifest.hash);
    return { kind: 'accepted', job, outcome: manifest };
  }

  #compare(place: number, job: string, segment: number | undefined): FleetEvent {
    const manifest = this.#manifests.get(job);
    const needs = this.#after[this.#indexOf(job)]!.map((need) => this.#store.get(need));
    const isSound = manifest && !manifest.torn && manifest.needs.every((hash, i) => hash === needs[i]);
    const result = this.#store.get(this.#places[place]!) ?? 'gone';
    const claim = segment === undefined ? {} : { claim: this.#chance(0.05) ? null : atSegment(result, segment) };
    return { kind: 'compared', job, outcome: isSound ? { ...manifest, ...claim } : undefined };
  }

  #judge(place: number, segment: number | undefined): FleetEvent {
    const index = this.#places[place]!;
    const needs = this.#after[index]!.map((need) => this.#store.get(need) ?? 'gone');
    return { kind: 'judged', index: place, hash: atSegment(hashOf(index, needs), segment) };
  }

  #ban(name: string): void {
    this.#banned.add(name);
    if (!this.#agents.find((agent) => agent.name === name)?.forges)
      this.#faults.push(`${name} was banned, and is honest`);
  }

  #calmStep(): void {
    const kind = this.#below(5);
    if (kind === 0) this.#take();
    else if (kind === 1) this.#finish(false);
    else if (kind === 2) this.#hint();
    else if (kind === 3) this.#answer();
    else {
      this.#look(this.#snapshot());
      // Agents that are gone leave their work.
      for (const [job, entry] of this.#queue)
        if (entry.state === 'active' && !this.#isHeld(job)) entry.state = 'waiting';
      const alive = this.#agents.filter(({ name }) => !this.#banned.has(name)).map(({ name }) => name);
      if (this.#coordinator.isSettled()) this.#act(this.#coordinator.leaveAudits(() => alive));
    }
  }

  #isHeld(job: string): boolean {
    return this.#agents.some(
      ({ works, name }) => !this.#banned.has(name) && works.some((w) => w.job === job && w.holds),
    );
  }

  #roughStep(): void {
    const draw = this.#uniform();
    if (draw < 0.25) this.#take();
    else if (draw < 0.45) this.#finish(this.#chance(0.05));
    else if (draw < 0.6) this.#hint();
    else if (draw < 0.8) this.#answer();
    else if (draw < 0.88) this.#look(this.#snapshot());
    else if (draw < 0.91) this.#stall();
    else if (draw < 0.94) this.#kill();
    else if (draw < 0.96) this.#repeatHint();
    else if (draw < 0.97) this.#loseHint();
    else if (draw < 0.975) this.#wipe();
    else if (draw < 0.98) this.#restart();
    else this.#calmStep();
  }

  #take(): void {
    const agent = this.#pick(this.#agents.filter(({ name }) => !this.#banned.has(name)));
    if (agent === undefined || agent.works.length >= 2) return;
    const free = [...this.#queue].filter(([, { state, not }]) => state === 'waiting' && !not.includes(agent.name));
    const [job, entry] = this.#pick(free) ?? [];
    if (job === undefined || entry === undefined) return;
    entry.state = 'active';
    agent.works.push({ job, not: entry.not, needs: entry.needs, segment: entry.segment, holds: true });
  }

  /** An agent ends a work: the manifest comes first, then the queue learns of it, if it still waits for this agent. */
  #finish(torn: boolean): void {
    const agent = this.#pick(this.#agents.filter(({ works }) => works.length > 0));
    const work = agent?.works.splice(this.#below(agent.works.length), 1)[0];
    if (agent === undefined || work === undefined) return;
    const index = this.#indexOf(work.job);
    const whole = agent.forges ? `forged ${index} by ${agent.name}` : hashOf(index, work.needs);
    const hash = atSegment(whole, work.segment);
    const segments = Array.from({ length: 1 + this.#below(3) }, () => agent.name);
    if (!this.#manifests.has(work.job)) {
      this.#manifests.set(work.job, { hash, hands: [agent.name], needs: work.needs, segments, torn });
      if (torn) this.#count('torn');
    }
    const entry = this.#queue.get(work.job);
    if (!work.holds || entry?.state !== 'active') return;
    entry.state = 'completed';
    this.#hints.push({ kind: 'completed', job: work.job });
  }

  #indexOf(job: string): number {
    return places.get(parseJobId(job)!.task)!;
  }

  #hint(): void {
    const event = this.#hints.splice(this.#below(this.#hints.length), 1)[0];
    if (event) this.#happened(event);
  }

  #answer(): void {
    const event = this.#answers.splice(this.#below(this.#answers.length), 1)[0]?.();
    if (event) this.#happened(event);
  }

  #look(queue: ReadonlyMap<string, JobState>): void {
    this.#act(this.#coordinator.look(queue));
  }

  /** The queue gives a job to another, while the first agent works on. */
  #stall(): void {
    const work = this.#pick(this.#agents.flatMap(({ works }) => works.filter(({ holds }) => holds)));
    const entry = work && this.#queue.get(work.job);
    if (!work || entry?.state !== 'active') return;
    this.#count('stalled');
    work.holds = false;
    entry.state = 'waiting';
  }

  #kill(): void {
    const agent = this.#pick(this.#agents);
    if (agent === undefined || agent.works.length === 0) return;
    this.#count('killed');
    for (const { job, holds } of agent.works.splice(0)) {
      const entry = this.#queue.get(job);
      if (holds && entry?.state === 'active') entry.state = 'waiting';
    }
  }

  #repeatHint(): void {
    const event = this.#pick(this.#hints);
    if (event) this.#happened(event);
    this.#count('doubled');
  }

  #loseHint(): void {
    this.#hints.splice(this.#below(this.#hints.length), 1);
    this.#count('lost');
  }

  #wipe(): void {
    this.#count('wiped');
    this.#queue.clear();
    for (const { works } of this.#agents) for (const work of works) work.holds = false;
  }

  #restart(): void {
    this.#count('restarted');
    this.#startCoordinator();
  }
}

/** What a task comes to depends on what it starts from. */
const hashOf = (index: number, needs: readonly string[]): string => `${index}(${needs.join(' ')})`;

/** What it comes to at the end of a segment. */
const atSegment = (hash: string, segment: number | undefined): string =>
  segment === undefined ? hash : `${hash} at ${segment}`;
