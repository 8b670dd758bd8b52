import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

/** A DuckDB in memory that never loads or fetches an extension: JSON and Parquet are built in. */
export async function withDuckDb<T>(use: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '1',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  try {
    return await use(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Files as a SQL literal: DuckDB takes `*`, `?` and `[` in the name of a file to read for a pattern, unless they stand in brackets. */
export function sqlFiles(folder: string, pattern: string): string {
  return sqlText(`${folder.replaceAll(/[*?[]/g, '[$&]')}/${pattern}`);
}

/** A text as a SQL literal. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
