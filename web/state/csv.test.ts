import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvError, readCsv, tooLargeToPaste } from './csv.js';

describe('a pasted table', () => {
  it.each([
    ['1,2\n3,4', undefined],
    ['x, y\n1, 2\n3, 4\n', ['x', 'y']],
    ['1;2\r\n3;4\r\n', undefined],
    ['1\t2\n\n3\t4', undefined],
    ['# a remark\n1 2\n3   4', undefined],
    ['+1e0,2.\n 3.0 ,.4e1', undefined],
  ])('is read: %j', (text, header) => {
    expect(readCsv(text)).toMatchObject({
      header,
      rows: [
        [1, 2],
        [3, 4],
      ],
    });
  });

  it.each([
    ['1,2\n3,four', 2, 2, 'expected a number, got "four"'],
    ['1,2\n3', 2, 2, 'expected 2 columns as in the first row, got 1'],
    ['1,2\n3,4,5', 2, 3, 'expected 2 columns as in the first row, got 3'],
    ['1,2\n\n# remark\n3,', 4, 2, 'expected a number, got nothing'],
    ['x,y\n1,2\n3,NaN', 3, 2, 'got "NaN"'],
    ['x,y\n1,2,3', 1, 3, 'expected 3 names, got 2'],
    ['x,y', 1, 1, 'got "x"'],
    ['1,1e999', 1, 2, 'got "1e999"'],
    ['', 1, 1, 'got nothing'],
  ])('that is malformed names line and column: %j', (text, line, column, says) => {
    const read = () => readCsv(text);
    expect(read).toThrow(CsvError);
    expect(read).toThrow(`line ${line}, column ${column}: `);
    expect(read).toThrow(says);
  });

  it.each([
    ['1,2\n'.repeat(10_000), undefined],
    ['1,2\n'.repeat(30_000), 'expected at most 10000 rows, got 30000 lines'],
    ['1 '.repeat(600_000), 'expected at most 1000000 characters, got 1200000'],
  ])('that is too large for a text field says so', (text, says) => {
    expect(tooLargeToPaste(text)).toBe(says);
  });

  it('of any text is read, or throws a CsvError', () => {
    const check = (text: string) => {
      try {
        expect(readCsv(text).rows.flat().every(Number.isFinite)).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(CsvError);
      }
    };
    const piece = fc.constantFrom('1', '-2.5', ',', ';', '\t', '\n', 'x', ' ', '#', 'e', '"');
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 40 }).map((parts) => parts.join('')),
        check,
      ),
      { numRuns: 500 },
    );
  });
});
