import type { Arm } from './experiment.js';

/** How many rounding twins an arm has where so many are asked for. */
export const twinsOf = ({ mostTwins = Number.POSITIVE_INFINITY }: Pick<Arm, 'mostTwins'>, asked: number): number =>
  Math.min(asked, mostTwins);
