// What `linearMultiply` does with a finished sum: bits that may be set together. The build hands them to the host.

export const PLAIN: i32 = 0;
export const ACTIVATE: i32 = 1;
export const MASK: i32 = 2;
export const ROUND: i32 = 4;
