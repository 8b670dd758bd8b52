// Tables as comma-separated values: numbers with at most six digits, cells without a value empty.

const cellOf = (value) => {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(Number(value.toPrecision(6)));
  return /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
};

/** A table of objects as text; its columns are all keys, in the order in which they first stand. */
export function csvOf(rows) {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return [columns, ...rows.map((row) => columns.map((column) => row[column]))]
    .map((cells) => `${cells.map(cellOf).join(',')}\n`)
    .join('');
}

const cellsOf = (line) =>
  [...`${line},`.matchAll(/("(?:[^"]|"")*"|[^,]*),/g)].map(([, cell]) =>
    cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell,
  );

/** That text as objects again: what reads as a number is one, an empty cell is undefined. */
export function rowsOf(text) {
  const [head, ...lines] = text.trimEnd().split('\n');
  const columns = cellsOf(head);
  const parsed = (cell) => (cell === '' ? undefined : Number.isNaN(Number(cell)) ? cell : Number(cell));
  return lines.map((line) => Object.fromEntries(cellsOf(line).map((cell, i) => [columns[i], parsed(cell)])));
}
