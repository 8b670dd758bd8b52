/**
 * Where an increasing function reaches 0 in [low, high], to the last bit or 2^-100 of the interval: only comparisons,
 * so the same bits everywhere. Returns an end where the function has one sign throughout.
 */
export function bisect(increasing: (x: number) => number, low: number, high: number): number {
  let [left, right] = [low, high];
  for (let i = 0; i < 100; i++) {
    const middle = left + (right - left) / 2;
    if (middle === left || middle === right) break;
    if (increasing(middle) < 0) left = middle;
    else right = middle;
  }
  return right;
}
