/** A count with its noun, as people read it: `1 trial`, `3 trials`, `10,000 trials`. */
export const counted = (count: number, noun: string): string =>
  `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
