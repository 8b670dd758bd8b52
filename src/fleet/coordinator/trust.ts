import { sha256Hex } from '../../base/sha256.js';
import type { Check, Outcome } from './outcome.js';

/** Of each agent so many tasks are run again elsewhere before it is trusted further. */
export const probation = 3;

/** Which results are run again elsewhere, and who is believed. */
export interface Trust {
  /** What of a result is to be run again; undefined for nothing. All counts as one of its agents' probation. */
  choose(task: string, outcome: Omit<Outcome, 'hash'>): Check | undefined;
  /** Lets agents pass their probation once more. */
  renew(hands: readonly string[]): void;
  ban(agent: string): void;
  isBanned(agent: string): boolean;
}

/**
 * All of an agent's first tasks are chosen whole, and of the others a share, by a hash that nobody can foresee who does
 * not know the salt. Of f forged results all remain undetected with probability (1 - share)^f. Of the rest, a trial
 * that was kept on its way has one of its n segments run again with probability n * share: as much work goes into
 * segments as into whole results, and a forged segment is found as often.
 */
export function createTrust(options: {
  /** In [0, 1]; at 0 nothing is chosen, an agent's first tasks neither. */
  readonly share: number;
  readonly salt: string;
  readonly banned?: readonly string[];
}): Trust {
  const { share, salt } = options;
  const banned = new Set(options.banned);
  const seen = new Map<string, number>();
  /** In [0, 1). */
  const draw = (what: string): number => Number.parseInt(sha256Hex(`${salt} ${what}`).slice(0, 12), 16) / 2 ** 48;
  return {
    choose(task, { hands, segments = [] }) {
      if (share === 0) return undefined;
      const isNew = hands.some((agent) => (seen.get(agent) ?? 0) < probation);
      for (const agent of hands) seen.set(agent, (seen.get(agent) ?? 0) + 1);
      if (isNew || draw(task) < share) return {};
      const count = segments.length;
      if (count < 2 || draw(`${task} segment`) >= share * count) return undefined;
      return { segment: Math.floor(draw(`${task} which`) * count) };
    },
    renew(hands) {
      for (const agent of hands) seen.set(agent, 0);
    },
    ban: (agent) => void banned.add(agent),
    isBanned: (agent) => banned.has(agent),
  };
}
