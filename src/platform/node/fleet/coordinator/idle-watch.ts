import { gibibytes } from '../../../../engine/network/arena.js';
import type { QueueCounts } from '../queue/bull-queue.js';
import type { AgentRecord } from '../queue/registry.js';

/** What a coordinator sees of its fleet. */
export interface FleetView {
  readonly queues: readonly Pick<QueueCounts, 'class' | 'waiting' | 'ready' | 'running'>[];
  /** Those that may take a job now. */
  readonly agents: readonly Pick<AgentRecord, 'slots' | 'memory'>[];
  /** Bytes that the largest job takes. */
  readonly largest: number;
}

/** Jobs that wait for so long while agents are idle are worth a word. */
const idleAfterMs = 60_000;

/** Says so, once a minute, when jobs wait and agents that could take them do not, or none has memory for them. */
export function createIdleWatch(onNote: (note: string) => void, now: () => number = () => performance.now()) {
  const since = new Map<string, number>();
  return ({ queues, agents, largest }: FleetView): void => {
    for (const { class: of, waiting, ready, running } of queues) {
      const slots = of === 'cpu' ? agents.reduce((sum, agent) => sum + agent.slots, 0) : large(agents, largest);
      const isTooLarge = of === 'mem' && slots === 0;
      // What waits for others, as a check of an agent's own result does, is no sign of anything.
      const odd = isTooLarge ? waiting : running < slots ? ready : 0;
      if (agents.length === 0 || odd === 0) {
        since.delete(of);
        continue;
      }
      const began = since.get(of) ?? now();
      const isSaid = now() - began >= idleAfterMs;
      since.set(of, isSaid ? now() : began);
      if (isSaid) onNote(oddText(odd, slots - running, { agents, largest }));
    }
  };
}

/** Agents with room for the largest job: one at a time on each. */
const large = (agents: FleetView['agents'], bytes: number): number =>
  agents.filter(({ memory }) => memory >= bytes).length;

function oddText(waiting: number, idle: number, { agents, largest }: Omit<FleetView, 'queues'>): string {
  const jobs = waiting === 1 ? '1 job waits' : `${waiting} jobs wait`;
  if (idle > 0) return `${jobs}, and agents are idle (${idle} free); descent fleet status shows who is there`;
  const most = gibibytes(Math.max(...agents.map(({ memory }) => memory)));
  return `${jobs} for ${gibibytes(largest)} of memory, and no agent has as much (most: ${most})`;
}
