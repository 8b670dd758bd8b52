import { basename, dirname } from 'node:path';
import { metricNames } from '../../../engine/training/observations/index.js';
import type { MetricColumns } from '../../../lab/record.js';
import { sqlFiles, sqlText, withKeptDuckDb } from '../query/duckdb.js';

/** Types of all columns that a metrics file can have. */
export const metricColumnTypes: Readonly<Record<string, string>> = {
  epoch: 'INTEGER',
  step: 'INTEGER',
  ...Object.fromEntries(metricNames.map((name) => [name, 'DOUBLE'])),
};

/**
 * Turns the JSON Lines that a trial appended into Parquet, with a column for each metric that was observed; doubles
 * keep every bit.
 */
export async function convertMetrics(jsonLines: string, parquet: string, observed: readonly string[]): Promise<void> {
  const columns = ['epoch', 'step', ...observed].map(
    (name) => `${name}: ${sqlText(metricColumnTypes[name] ?? 'DOUBLE')}`,
  );
  const file = sqlFiles(dirname(jsonLines), basename(jsonLines));
  const rows = `read_json(${file}, format = 'newline_delimited', columns = {${columns.join(', ')}})`;
  await withKeptDuckDb((connection) =>
    connection.run(`COPY (FROM ${rows}) TO ${sqlText(parquet)} (FORMAT parquet, COMPRESSION zstd)`),
  );
}

/** Reads a metrics file by columns, rows in the order in which they were observed. */
export async function readMetrics(parquet: string): Promise<MetricColumns> {
  return withKeptDuckDb(async (connection) => {
    const result = await connection.runAndReadAll(
      `FROM read_parquet(${sqlFiles(dirname(parquet), basename(parquet))})`,
    );
    const columns = result.getColumns() as (number | null)[][];
    return Object.fromEntries(result.columnNames().map((name, i) => [name, columns[i] ?? []]));
  });
}
