import { parameterCount } from '../engine/shapes.js';
import { networkOf } from '../trials/trial-network.js';
import {
  describeModel,
  describeOutcome,
  formatDifference,
  formatHere,
  formatNumber,
  formatReported,
} from './format.js';
import { quantityRows } from './quantity-rows.js';
import type { ReportRun } from './run.js';

/** A table of text, the same for Markdown, CSV and HTML. */
export interface TextTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** "Reported / here", rounded as it is read. */
export function comparisonTable(run: ReportRun): TextTable {
  return {
    columns: ['quantity', 'network', 'reported', 'here', 'difference', 'source of the reported value'],
    rows: quantityRows(run).map((row) => [
      row.quantity.label,
      row.arm.label,
      formatReported(row),
      formatHere(row),
      formatDifference(row),
      row.quantity.source,
    ]),
  };
}

/** The same with full precision, for programs. */
export function comparisonData(run: ReportRun): TextTable {
  const number = (value: number | undefined): string => (value === undefined ? '' : String(value));
  return {
    columns: ['quantity', 'arm', 'reported', 'here', 'low', 'high', 'seeds', 'difference', 'note'],
    rows: quantityRows(run).map(({ quantity, arm, reported, here, difference, note }) => [
      quantity.id,
      arm.id,
      number(reported?.value),
      number(here?.median),
      number(here?.low),
      number(here?.high),
      number(here?.count ?? 0),
      number(difference),
      note,
    ]),
  };
}

/** What each network is and how it is trained, read from its spec. */
export function networkTable(run: ReportRun): TextTable {
  return {
    columns: ['network', 'layers', 'parameters', 'learning rate', 'batch', 'epochs, at most'],
    rows: run.preset.arms.map(({ label, spec }) => [
      label,
      describeModel(spec.model),
      formatNumber(parameterCount(networkOf(spec.model)), 0),
      String(spec.optimizer.learningRate),
      String(spec.batchSize),
      formatNumber(spec.stop.epochs, 0),
    ]),
  };
}

/** The trials of a run with whole ids and hashes. */
export function trialTable(run: ReportRun): TextTable {
  return {
    columns: ['network', 'seed', 'outcome', 'trial id', 'result hash'],
    rows: run.trials.map(({ arm, seed, id, record }) => [
      arm.label,
      String(seed),
      describeOutcome(record),
      id,
      record?.hash ?? '',
    ]),
  };
}

/** RFC 4180: cells with a comma, quote or line end are quoted, lines end with CRLF. */
export function csv({ columns, rows }: TextTable): string {
  const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return [columns, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** A GitHub-flavoured Markdown table. */
export function markdownTable({ columns, rows }: TextTable): string {
  const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
  const line = (row: readonly string[]): string => `| ${row.map(cell).join(' | ')} |\n`;
  return [line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('');
}
