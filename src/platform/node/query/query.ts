import { UserError } from '../../../base/errors.js';
import { openStore } from '../store/store.js';
import { withDuckDb } from './duckdb.js';
import { storeViews } from './views.js';

/** A query's answer. Whole numbers that fit are numbers. */
export interface QueryResult {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

/**
 * Answers SQL over a store, with the views `trials` (a row for each finished trial), `metrics` (a row for each
 * observation), `measurements` (a row for each value of each finished measurement) and `runs` (which task is which arm
 * of which experiment); `id` joins them.
 * @throws UserError with DuckDB's own message if the SQL is not valid
 */
export async function queryStore(dir: string, sql: string): Promise<QueryResult> {
  const views = storeViews(openStore(dir));
  return withDuckDb(async (connection) => {
    for (const view of views) await connection.run(view);
    try {
      const result = await connection.runAndReadAll(sql);
      return { columns: result.columnNames(), rows: result.getRowsJS().map((row) => row.map(plain)) };
    } catch (error) {
      throw new UserError(`query: ${firstParagraph(error)}`);
    }
  });
}

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  return value;
}

/** What is wrong and DuckDB's suggestion, without its drawing of the place. */
function firstParagraph(error: unknown): string {
  const [first = ''] = (error instanceof Error ? error.message : String(error)).split('\n\n');
  return first.replaceAll('\n', ' ');
}
