import { describe, expect, it } from 'vitest';
import { largeFolders, limits, measureShape } from '../scripts/shape.mjs';

// The source as a reader meets it: `npm run shape` prints the same figures with the places behind them.

const shape = measureShape();
const place = ({ file, line, name }: { file: string; line: number; name: string }): string => `${file}:${line} ${name}`;

describe('the shape of the source', () => {
  it('has functions of a few lines', () => {
    const { count, ...lines } = shape.functionLines;
    expect(count).toBeGreaterThan(1000);
    expect(lines.median).toBeLessThanOrEqual(limits.functionLines.median);
    expect(lines.p90).toBeLessThanOrEqual(limits.functionLines.p90);
    expect(lines.p99).toBeLessThanOrEqual(limits.functionLines.p99);
    expect(shape.functions.filter((one) => one.lines > limits.functionLines.most).map(place)).toEqual([]);
  });

  it('has no crowded folder, but for lists of kinds', () => {
    expect(shape.largeFolders).toEqual([]);
    expect(Object.values(largeFolders).every((why) => why.length > 0)).toBe(true);
  });

  it('has no import cycle', () => {
    expect(shape.cycles).toEqual([]);
  });

  it('fits into 120 columns, comments too', () => {
    expect(shape.longLines).toEqual([]);
  });

  it('has a doc comment on what it exports, with shapes where arrays pass', () => {
    expect(shape.exports).toBeGreaterThan(500);
    expect(1 - shape.undocumented.length / shape.exports).toBeGreaterThanOrEqual(limits.documented);
    expect(shape.shaped).toBeGreaterThan(20);
    expect(shape.unshaped.map(place)).toEqual([]);
  });
});
