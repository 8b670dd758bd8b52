/** See machine-limits.mjs. */
export interface PlainLoops {
  readonly at: number;
  multiplyAdd(from: number, rounds: number): number;
  squareRootDivide(from: number, bytes: number): void;
  read(from: number, bytes: number): number;
  readWrite(from: number, bytes: number): void;
}
export function plainLoops(megabytes?: number): Promise<PlainLoops>;
