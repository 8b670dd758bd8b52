/** The first place of `count` ascending values, of all by default, whose value is not below another; else the count. */
export function lowerBound(ascending: ArrayLike<number>, value: number, count: number = ascending.length): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
