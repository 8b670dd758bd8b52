// A hand is an agent as results name it: its name, and the digest of the key that it signs by. A name may be anybody's.

const mark = '~';

/** The hand of an agent by this name whose key has this digest. */
export const handOf = (name: string, digest: string): string => `${name}${mark}${digest}`;

/** The name in a hand, for people. */
export const nameOf = (hand: string): string => (hand.includes(mark) ? hand.slice(0, hand.lastIndexOf(mark)) : hand);

/** The digest in a hand; empty where there is none. */
export const digestOf = (hand: string): string => (hand.includes(mark) ? hand.slice(hand.lastIndexOf(mark) + 1) : '');
