import { UserError } from '../../../base/errors.js';
import { metricColumnTypes } from '../store/metrics-file.js';
import { openStore } from '../store/store.js';
import { taskFiles } from '../store/task-files.js';
import { sqlFiles, sqlText, withDuckDb } from './duckdb.js';

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
  const store = openStore(dir);
  return withDuckDb(async (connection) => {
    await connection.run(trialsView(store.path, store.list().length > 0));
    await connection.run(metricsView(store.path, store.list().length > 0));
    await connection.run(measurementsView(store.path, store.listMeasurements().length > 0));
    await connection.run(runsView(store.path, store.listRuns().length > 0));
    try {
      const result = await connection.runAndReadAll(sql);
      return { columns: result.columnNames(), rows: result.getRowsJS().map((row) => row.map(plain)) };
    } catch (error) {
      throw new UserError(`query: ${firstParagraph(error)}`);
    }
  });
}

const idOfFile = "regexp_extract(filename, '([0-9a-f]{64})[/\\\\][^/\\\\]+$', 1)";

const resultTypes = {
  status: 'VARCHAR',
  epochs: 'INTEGER',
  steps: 'INTEGER',
  finalLoss: 'DOUBLE',
  hash: 'VARCHAR',
  evaluation: 'JSON',
};

const trialColumns = `id VARCHAR, status VARCHAR, epochs INTEGER, steps INTEGER, finalLoss DOUBLE, trainLoss DOUBLE, trainAccuracy DOUBLE,
  testLoss DOUBLE, testAccuracy DOUBLE, seed BIGINT, data VARCHAR, optimizer VARCHAR, learningRate DOUBLE, batchSize VARCHAR, durationMs DOUBLE, hash VARCHAR, spec JSON`;

function trialsView(store: string, filled: boolean): string {
  if (!filled) return `CREATE TABLE trials (${trialColumns})`;
  const files = (name: string): string => sqlFiles(store, `trials/*/${name}`);
  const evaluated = (set: string, field: string): string => `(evaluation->'${set}'->>'${field}')::DOUBLE`;
  return `CREATE VIEW trials AS
    WITH result AS (SELECT ${idOfFile} AS id, * FROM read_json(${files(taskFiles.result)}, columns = ${struct(resultTypes)}, filename = true)),
    provenance AS (SELECT ${idOfFile} AS id, durationMs FROM read_json(${files(taskFiles.provenance)}, columns = {durationMs: 'DOUBLE'}, filename = true)),
    spec AS (SELECT ${idOfFile} AS id, json AS spec FROM read_json_objects(${files(taskFiles.spec)}, format = 'unstructured', filename = true))
    SELECT id, status, epochs, steps, finalLoss, ${evaluated('train', 'loss')} AS trainLoss, ${evaluated('train', 'accuracy')} AS trainAccuracy,
      ${evaluated('test', 'loss')} AS testLoss, ${evaluated('test', 'accuracy')} AS testAccuracy, (spec->>'seed')::BIGINT AS seed,
      coalesce(spec->'data'->>'name', spec->'data'->>'kind') AS data, spec->'optimizer'->>'kind' AS optimizer,
      (spec->'optimizer'->>'learningRate')::DOUBLE AS learningRate, spec->>'batchSize' AS batchSize, durationMs, hash, spec
    FROM result JOIN provenance USING (id) JOIN spec USING (id) ORDER BY id`;
}

function metricsView(store: string, filled: boolean): string {
  const columns = Object.entries(metricColumnTypes).map(([name, type]) => `${name} ${type}`);
  const empty = `CREATE TABLE metrics (id VARCHAR, ${columns.join(', ')})`;
  if (!filled) return empty;
  const files = sqlFiles(store, `trials/*/${taskFiles.metrics}`);
  return `${empty.replace('TABLE metrics', 'TABLE noMetrics')};
    CREATE VIEW metrics AS FROM noMetrics UNION ALL BY NAME
    SELECT ${idOfFile} AS id, * EXCLUDE (filename) FROM read_parquet(${files}, filename = true, union_by_name = true)`;
}

function measurementsView(store: string, filled: boolean): string {
  if (!filled)
    return 'CREATE TABLE measurements (id VARCHAR, measure VARCHAR, name VARCHAR, value DOUBLE, seed BIGINT, durationMs DOUBLE, hash VARCHAR, spec JSON)';
  const files = (name: string): string => sqlFiles(store, `measurements/*/${name}`);
  return `CREATE VIEW measurements AS
    WITH result AS (SELECT ${idOfFile} AS id, hash, "values" FROM read_json(${files(taskFiles.result)}, columns = {"values": 'JSON', hash: 'VARCHAR'}, filename = true)),
    provenance AS (SELECT ${idOfFile} AS id, durationMs FROM read_json(${files(taskFiles.provenance)}, columns = {durationMs: 'DOUBLE'}, filename = true)),
    spec AS (SELECT ${idOfFile} AS id, json AS spec FROM read_json_objects(${files(taskFiles.spec)}, format = 'unstructured', filename = true)),
    names AS (SELECT *, unnest(json_keys("values")) AS name FROM result)
    SELECT id, spec->'measure'->>'name' AS measure, name, ("values"->>('$."' || name || '"'))::DOUBLE AS value, (spec->>'seed')::BIGINT AS seed, durationMs, hash, spec
    FROM names JOIN provenance USING (id) JOIN spec USING (id) ORDER BY id, name`;
}

const runColumns = 'experiment VARCHAR, protocol VARCHAR, preset VARCHAR, settings VARCHAR[]';

function runsView(store: string, filled: boolean): string {
  if (!filled) return `CREATE TABLE runs (${runColumns}, arm VARCHAR, seed BIGINT, twin INTEGER, id VARCHAR)`;
  const tasks = 'STRUCT(arm VARCHAR, seed BIGINT, twin INTEGER, id VARCHAR)[]';
  const types = {
    experiment: 'VARCHAR',
    protocol: 'VARCHAR',
    preset: 'VARCHAR',
    settings: 'VARCHAR[]',
    trials: tasks,
    measurements: tasks,
  };
  return `CREATE VIEW runs AS SELECT experiment, protocol, preset, settings, unnest(trials || measurements, recursive := true)
    FROM read_json(${sqlFiles(store, 'runs/*.json')}, columns = ${struct(types)})`;
}

function struct(types: Readonly<Record<string, string>>): string {
  return `{${Object.entries(types)
    .map(([name, type]) => `${name}: ${sqlText(type)}`)
    .join(', ')}}`;
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
