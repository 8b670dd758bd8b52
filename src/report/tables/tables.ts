import { networkOf } from '../../engine/model-spec.js';
import { parameterCount } from '../../engine/shapes.js';
import type { TextTable } from './csv.js';
import { describeModel, describeTask, formatCell, formatNumber, formatReported } from './format.js';
import type { QuantityCell, QuantityRow } from './quantity-rows.js';
import { type ReportRun, tasksOfRun } from './run.js';

/** What a run is called in a table: its protocol, and its preset where protocols alone do not tell runs apart. */
export function runName(run: ReportRun, runs: readonly ReportRun[]): string {
  const name = protocolName(run.protocol.id);
  const same = runs.filter(({ protocol }) => protocol.id === run.protocol.id);
  return same.length > 1 ? `${name}, ${run.presetName}` : name;
}

/** `as-coded` as it is read. */
export const protocolName = (id: string): string => id.replaceAll('-', ' ');

/** "Reported / as coded / as intended", rounded as it is read; `rows` are those of the runs. */
export function comparisonTable(runs: readonly ReportRun[], rows: readonly QuantityRow[]): TextTable {
  return {
    columns: ['quantity', 'arm', 'reported', ...runs.map((run) => runName(run, runs)), 'source of the reported value'],
    rows: rows.map((row) => [
      row.quantity.label,
      row.arm.label,
      formatReported(row),
      ...row.cells.map((cell) => formatCell(cell, row.quantity)),
      row.quantity.source,
    ]),
  };
}

/** The same with full precision, a line for each run, for programs. */
export function comparisonData(runs: readonly ReportRun[], rows: readonly QuantityRow[]): TextTable {
  const spreadOf = (spread: QuantityCell['seeds'], keys: readonly (keyof NonNullable<QuantityCell['seeds']>)[]) =>
    keys.map((key) => (spread === undefined ? '' : String(spread[key])));
  const lines = ({ quantity, arm, reported, cells }: QuantityRow): readonly (readonly string[])[] =>
    cells.flatMap((cell, i) => {
      const { protocol, presetName } = runs[i]!;
      if (cell === undefined) return [];
      return [
        [
          quantity.id,
          arm.id,
          protocol.id,
          presetName,
          String(reported?.value ?? ''),
          ...spreadOf(cell.seeds, ['median', 'quarter', 'threeQuarters', 'lowest', 'highest', 'count']),
          ...spreadOf(cell.twins, ['lowest', 'highest', 'count']),
          String(cell.difference ?? ''),
          cell.note,
        ],
      ];
    });
  const seeds = ['median', 'quarter', 'three quarters', 'lowest', 'highest', 'seeds'];
  const twins = ['twins lowest', 'twins highest', 'twins'];
  return {
    columns: ['quantity', 'arm', 'protocol', 'preset', 'reported', ...seeds, ...twins, 'difference', 'note'],
    rows: rows.flatMap(lines),
  };
}

/**
 * What each network is and how it is trained, read from its spec; networks that differ in nothing of that are in one
 * line.
 */
export function networkTable(runs: readonly ReportRun[]): TextTable {
  const lines = new Map<string, { cells: readonly string[]; labels: Set<string>; names: Set<string> }>();
  for (const run of runs) {
    for (const { label, spec } of run.preset.arms) {
      const cells = [
        describeModel(spec.model),
        formatNumber(parameterCount(networkOf(spec.model)), 0),
        `${spec.optimizer.kind} ${spec.optimizer.learningRate}`,
        String(spec.batchSize),
        formatNumber(spec.stop.epochs, 0),
      ];
      const key = cells.join('\n');
      const line = lines.get(key) ?? { cells, labels: new Set(), names: new Set() };
      line.labels.add(label);
      line.names.add(runName(run, runs));
      lines.set(key, line);
    }
  }
  return {
    columns: ['networks', 'layers', 'parameters', 'optimizer', 'batch', 'epochs, at most', 'protocol'],
    rows: [...lines.values()].map(({ cells, labels, names }) => [
      firstAndLast([...labels]),
      ...cells,
      [...names].join(', '),
    ]),
  };
}

const firstAndLast = (labels: readonly string[]): string =>
  labels.length <= 3 ? labels.join('; ') : `${labels[0]} … ${labels.at(-1)} (${labels.length})`;

/** The tasks of a run; ids and hashes by their first `digits` of 64. */
function tasks(run: ReportRun, digits: number): TextTable {
  return {
    columns: ['task', 'seed', 'outcome', 'id', 'result hash'],
    rows: tasksOfRun(run).map((task) => [
      'twin' in task && task.twin !== undefined ? `${task.arm.label}, rounding twin ${task.twin}` : task.arm.label,
      String(task.seed),
      describeTask(task),
      task.id.slice(0, digits),
      (task.record?.hash ?? '').slice(0, digits),
    ]),
  };
}

/** The tasks of a run with whole ids and hashes. */
export const taskTable = (run: ReportRun): TextTable => tasks(run, 64);

/** The same to read: ids and hashes are as long as the command line asks for. */
export const shortTaskTable = (run: ReportRun): TextTable => tasks(run, 12);

/** A GitHub-flavoured Markdown table. */
export function markdownTable({ columns, rows }: TextTable): string {
  const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
  const line = (row: readonly string[]): string => `| ${row.map(cell).join(' | ')} |\n`;
  return [line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('');
}
