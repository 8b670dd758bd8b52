/** @throws RangeError if an array does not have the expected number of elements */
export function requireLength(what: string, array: ArrayLike<number> | undefined, expected: number): void {
  const length = array?.length ?? 0;
  if (length !== expected) throw new RangeError(`${what}: expected ${expected} numbers, got ${length}`);
}
