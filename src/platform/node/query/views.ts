import type { Store } from '../../../lab/store.js';
import { metricColumnTypes } from '../store/metrics-file.js';
import { taskFiles } from '../store/task-files.js';
import { sqlFiles, sqlText } from './duckdb.js';

/** SQL types of columns by name. */
type Columns = Readonly<Record<string, string>>;

/** SQL that makes the views of a store; where a view would have no file to read, an empty table of the same columns. */
export function storeViews(store: Store): readonly string[] {
  const hasTrials = store.list().length > 0;
  return [
    hasTrials ? trialsView(store.path) : emptyTable('trials', trialColumns),
    hasTrials ? metricsView(store.path) : emptyTable('metrics', metricColumns),
    store.listMeasurements().length > 0 ? measurementsView(store.path) : emptyTable('measurements', measurementColumns),
    store.listRuns().length > 0 ? runsView(store.path) : emptyTable('runs', { ...runColumns, ...runTaskColumns }),
  ];
}

const trialColumns: Columns = {
  id: 'VARCHAR',
  status: 'VARCHAR',
  epochs: 'INTEGER',
  steps: 'INTEGER',
  finalLoss: 'DOUBLE',
  trainLoss: 'DOUBLE',
  trainAccuracy: 'DOUBLE',
  testLoss: 'DOUBLE',
  testAccuracy: 'DOUBLE',
  seed: 'BIGINT',
  data: 'VARCHAR',
  optimizer: 'VARCHAR',
  learningRate: 'DOUBLE',
  batchSize: 'VARCHAR',
  durationMs: 'DOUBLE',
  hash: 'VARCHAR',
  spec: 'JSON',
};

const trialResultTypes: Columns = {
  status: 'VARCHAR',
  epochs: 'INTEGER',
  steps: 'INTEGER',
  finalLoss: 'DOUBLE',
  hash: 'VARCHAR',
  evaluation: 'JSON',
};

function trialsView(store: string): string {
  const evaluated = (set: string, field: string): string => `(evaluation->'${set}'->>'${field}')::DOUBLE`;
  return `CREATE VIEW trials AS
    WITH ${taskRows(store, 'trials', trialResultTypes)}
    SELECT id, status, epochs, steps, finalLoss,
      ${evaluated('train', 'loss')} AS trainLoss, ${evaluated('train', 'accuracy')} AS trainAccuracy,
      ${evaluated('test', 'loss')} AS testLoss, ${evaluated('test', 'accuracy')} AS testAccuracy,
      (spec->>'seed')::BIGINT AS seed, coalesce(spec->'data'->>'name', spec->'data'->>'kind') AS data,
      spec->'optimizer'->>'kind' AS optimizer, (spec->'optimizer'->>'learningRate')::DOUBLE AS learningRate,
      spec->>'batchSize' AS batchSize, durationMs, hash, spec
    FROM result JOIN provenance USING (id) JOIN spec USING (id) ORDER BY id`;
}

const metricColumns: Columns = { id: 'VARCHAR', ...metricColumnTypes };

function metricsView(store: string): string {
  const files = sqlFiles(store, `trials/*/${taskFiles.metrics}`);
  return `${emptyTable('noMetrics', metricColumns)};
    CREATE VIEW metrics AS FROM noMetrics UNION ALL BY NAME
    SELECT ${idOfFile} AS id, * EXCLUDE (filename) FROM read_parquet(${files}, filename = true, union_by_name = true)`;
}

const measurementColumns: Columns = {
  id: 'VARCHAR',
  measure: 'VARCHAR',
  name: 'VARCHAR',
  value: 'DOUBLE',
  seed: 'BIGINT',
  durationMs: 'DOUBLE',
  hash: 'VARCHAR',
  spec: 'JSON',
};

function measurementsView(store: string): string {
  return `CREATE VIEW measurements AS
    WITH ${taskRows(store, 'measurements', { values: 'JSON', hash: 'VARCHAR' })},
    names AS (SELECT *, unnest(json_keys("values")) AS name FROM result)
    SELECT id, spec->'measure'->>'name' AS measure, name, ("values"->>('$."' || name || '"'))::DOUBLE AS value,
      (spec->>'seed')::BIGINT AS seed, durationMs, hash, spec
    FROM names JOIN provenance USING (id) JOIN spec USING (id) ORDER BY id, name`;
}

const runColumns: Columns = {
  experiment: 'VARCHAR',
  protocol: 'VARCHAR',
  preset: 'VARCHAR',
  settings: 'VARCHAR[]',
};
const runTaskColumns: Columns = { arm: 'VARCHAR', seed: 'BIGINT', twin: 'INTEGER', id: 'VARCHAR' };

function runsView(store: string): string {
  const tasks = `STRUCT(${columnList(runTaskColumns)})[]`;
  const types = struct({ ...runColumns, trials: tasks, measurements: tasks });
  return `CREATE VIEW runs AS
    SELECT experiment, protocol, preset, settings, unnest(trials || measurements, recursive := true)
    FROM read_json(${sqlFiles(store, 'runs/*.json')}, columns = ${types})`;
}

/** The id in the path of a task's file. */
const idOfFile = "regexp_extract(filename, '([0-9a-f]{64})[/\\\\][^/\\\\]+$', 1)";

/** The subqueries `result`, `provenance` and `spec` over all finished tasks of a kind, each with an `id`. */
function taskRows(store: string, kind: 'trials' | 'measurements', resultTypes: Columns): string {
  const files = (name: string): string => sqlFiles(store, `${kind}/*/${name}`);
  const rows = (name: string, types: Columns): string =>
    `SELECT ${idOfFile} AS id, * EXCLUDE (filename)
      FROM read_json(${files(name)}, columns = ${struct(types)}, filename = true)`;
  return `result AS (${rows(taskFiles.result, resultTypes)}),
    provenance AS (${rows(taskFiles.provenance, { durationMs: 'DOUBLE' })}),
    spec AS (SELECT ${idOfFile} AS id, json AS spec
      FROM read_json_objects(${files(taskFiles.spec)}, format = 'unstructured', filename = true))`;
}

const columnList = (columns: Columns): string =>
  Object.entries(columns)
    .map(([name, type]) => `"${name}" ${type}`)
    .join(', ');

const emptyTable = (name: string, columns: Columns): string => `CREATE TABLE ${name} (${columnList(columns)})`;

/** Columns as a SQL struct, which says what to read of JSON. */
const struct = (columns: Columns): string =>
  `{${Object.entries(columns)
    .map(([name, type]) => `"${name}": ${sqlText(type)}`)
    .join(', ')}}`;
