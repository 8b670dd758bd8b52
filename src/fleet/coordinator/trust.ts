import { sha256Hex } from '../../base/sha256.js';

/** Of each agent so many tasks are run again elsewhere before it is trusted further. */
export const probation = 3;

/** Which results are run again elsewhere, and who is believed. */
export interface Trust {
  /** Whether a result of these agents is to be run again, which counts as one of the tasks of their probation. */
  isChosen(task: string, hands: readonly string[]): boolean;
  /** Lets agents pass their probation once more. */
  renew(hands: readonly string[]): void;
  ban(agent: string): void;
  isBanned(agent: string): boolean;
}

/**
 * All of an agent's first tasks are chosen, and of the others a share, by a hash that nobody can foresee who does not
 * know the salt. Of f forged results all remain undetected with probability (1 - share)^f.
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
  const isDrawn = (task: string): boolean =>
    Number.parseInt(sha256Hex(`${salt} ${task}`).slice(0, 12), 16) < share * 2 ** 48;
  return {
    isChosen(task, hands) {
      if (share === 0) return false;
      const isNew = hands.some((agent) => (seen.get(agent) ?? 0) < probation);
      for (const agent of hands) seen.set(agent, (seen.get(agent) ?? 0) + 1);
      return isNew || isDrawn(task);
    },
    renew(hands) {
      for (const agent of hands) seen.set(agent, 0);
    },
    ban: (agent) => void banned.add(agent),
    isBanned: (agent) => banned.has(agent),
  };
}
