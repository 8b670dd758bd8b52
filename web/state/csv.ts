/** Numbers of a text in columns: a row a line, columns apart by commas, semicolons, tabs or blanks. */
export interface CsvTable {
  /** Names of the columns, where the first line is no numbers. */
  readonly header: readonly string[] | undefined;
  readonly rows: readonly (readonly number[])[];
  /** The line of each row, from 1. */
  readonly lines: readonly number[];
}

/** What is wrong with a text, and where; both count from 1. */
export class CsvError extends Error {
  override readonly name = 'CsvError';
  readonly line: number;
  readonly column: number;

  constructor(line: number, column: number, problem: string) {
    super(`line ${line}, column ${column}: ${problem}`);
    this.line = line;
    this.column = column;
  }
}

/** Rows and columns, at most: what is pasted must not hang the page. */
const most = { rows: 10_000, columns: 64, characters: 1_000_000 };
const longestQuote = 20;

/** Line breaks that a text field shows without keeping the page waiting; comments and empty lines have some. */
const mostBreaks = 2 * most.rows;

/** What makes a text too large to be shown in a text field, and so to be read; undefined if nothing does. */
export function tooLargeToPaste(text: string): string | undefined {
  if (text.length > most.characters) return `expected at most ${most.characters} characters, got ${text.length}`;
  let breaks = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) breaks++;
  return breaks > mostBreaks ? `expected at most ${most.rows} rows, got ${breaks} lines` : undefined;
}

/**
 * Reads a table of finite numbers.
 * @throws CsvError with line and column of the first thing that is none
 */
export function readCsv(text: string): CsvTable {
  if (text.length > most.characters) {
    throw new CsvError(1, 1, `expected at most ${most.characters} characters, got ${text.length}`);
  }
  const lines = text
    .split(/\r\n|\r|\n/)
    .map((content, i) => ({ content, line: i + 1 }))
    .filter(({ content }) => content.trim() !== '' && !content.trimStart().startsWith('#'));
  const first = lines[0];
  if (!first) throw new CsvError(1, 1, 'expected rows of numbers, got nothing');
  const separator = separatorOf(first.content);
  const cells = (content: string): readonly string[] => split(content.trim(), separator);
  const header = cells(first.content).some((cell) => !isNumber(cell)) ? cells(first.content) : undefined;
  const body = header ? lines.slice(1) : lines;
  const numbers = header ? header.every((cell) => isNumber(cell)) : true;
  if (!numbers && body.length === 0) throw badCell(first.line, header!);
  if (body.length > most.rows) throw new CsvError(body[most.rows]!.line, 1, `expected at most ${most.rows} rows`);
  const width = cells((body[0] ?? first).content).length;
  if (header && header.length !== width) {
    throw new CsvError(first.line, Math.min(header.length, width) + 1, `expected ${width} names, got ${header.length}`);
  }
  if (width > most.columns)
    throw new CsvError(first.line, most.columns + 1, `expected at most ${most.columns} columns`);
  return {
    header,
    rows: body.map(({ content, line }) => rowOf(cells(content), line, width)),
    lines: body.map(({ line }) => line),
  };
}

function badCell(line: number, cells: readonly string[]): CsvError {
  const column = cells.findIndex((cell) => !isNumber(cell));
  return new CsvError(line, column + 1, `expected a number, got ${quoted(cells[column]!)}`);
}

const separatorOf = (line: string): RegExp =>
  line.includes('\t') ? /\t/ : line.includes(';') ? /;/ : line.includes(',') ? /,/ : /\s+/;

const split = (content: string, separator: RegExp): readonly string[] =>
  content.split(separator).map((cell) => cell.trim());

const numberPattern = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const isNumber = (cell: string): boolean => numberPattern.test(cell) && Math.abs(Number(cell)) <= 3.4e38;

const quoted = (cell: string): string =>
  cell === '' ? 'nothing' : `"${cell.length > longestQuote ? `${cell.slice(0, longestQuote)}…` : cell}"`;

function rowOf(cells: readonly string[], line: number, width: number): readonly number[] {
  const odd = cells.findIndex((cell) => !isNumber(cell));
  if (odd >= 0) throw new CsvError(line, odd + 1, `expected a number, got ${quoted(cells[odd]!)}`);
  if (cells.length !== width) {
    const column = Math.min(cells.length, width) + 1;
    throw new CsvError(line, column, `expected ${width} columns as in the first row, got ${cells.length}`);
  }
  return cells.map(Number);
}
