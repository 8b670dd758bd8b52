import { counted } from '../../base/counted.js';
import { queryStore } from '../../platform/node/query/query.js';
import { columnLines, print } from '../text.js';

/** Prints a query's answer as a table, or a JSON object for each row. */
export async function queryCommand(
  sql: string,
  options: { readonly store: string; readonly json?: boolean },
): Promise<void> {
  const { columns, rows } = await queryStore(options.store, sql);
  if (options.json) {
    for (const row of rows) print(JSON.stringify(Object.fromEntries(columns.map((name, i) => [name, row[i]]))));
    return;
  }
  print(...columnLines([columns, ...rows.map((row) => row.map(cellText))]), `(${counted(rows.length, 'row')})`);
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
