import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

/** A DuckDB in memory that never loads or fetches an extension: JSON and Parquet are built in. */
async function createInstance(): Promise<DuckDBInstance> {
  // Native code of 60 MB, which most commands and workers never need.
  const duckDb = await import('@duckdb/node-api');
  return duckDb.DuckDBInstance.create(':memory:', {
    threads: '1',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
}

/** Uses a DuckDB of its own, whose tables and views nobody else sees. */
export async function withDuckDb<T>(use: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  const instance = await createInstance();
  try {
    return await withConnection(instance, use);
  } finally {
    instance.closeSync();
  }
}

let kept: Promise<DuckDBInstance> | undefined;

/**
 * Uses the one DuckDB that the process keeps for reading and writing files: to make one takes as long as to read a
 * dozen files.
 */
export async function withKeptDuckDb<T>(use: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  kept ??= createInstance();
  return withConnection(await kept, use);
}

async function withConnection<T>(
  instance: DuckDBInstance,
  use: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const connection = await instance.connect();
  try {
    return await use(connection);
  } finally {
    connection.closeSync();
  }
}

/**
 * Files as a SQL literal: DuckDB takes `*`, `?` and `[` in the name of a file to read for a pattern, unless they stand
 * in brackets.
 */
export function sqlFiles(folder: string, pattern: string): string {
  return sqlText(`${folder.replaceAll(/[*?[]/g, '[$&]')}/${pattern}`);
}

/** A text as a SQL literal. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
