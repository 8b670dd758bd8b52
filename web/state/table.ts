import type { TrialSpec } from '../../src/tasks/trial-spec.js';
import { CsvError, readCsv } from './csv.js';

/** Samples that are written out in the spec. */
export type TableData = Extract<TrialSpec['data'], { kind: 'table' }>;

const mostClasses = 10;

/**
 * A pasted text as samples: the last column is the target, or the class.
 * @throws CsvError with line and column, both from 1
 */
export function tableOf(text: string, classes: boolean): TableData {
  const { rows, lines } = readCsv(text);
  const width = rows[0]?.length ?? 0;
  const first = lines[0] ?? 1;
  if (rows.length < 2) throw new CsvError(first, 1, `expected at least two rows, got ${rows.length}`);
  if (width < 2) throw new CsvError(first, width + 1, 'expected inputs and a target, got one column');
  const inputs = rows.map((row) => row.slice(0, -1));
  if (!classes) return { kind: 'table', inputs, targets: rows.map((row) => row.slice(-1)) };
  const labels = rows.map((row, i) => {
    const label = row.at(-1)!;
    if (Number.isInteger(label) && label >= 0 && label < mostClasses) return label;
    throw new CsvError(lines[i]!, width, `expected a class from 0 to ${mostClasses - 1}, got ${label}`);
  });
  return { kind: 'table', inputs, labels };
}

/** Samples with the test part and the random labels of others, as far as they fit. */
export function withPartsOf({ test, randomLabels }: TableData, samples: TableData): TableData {
  const size = Math.min(test?.size ?? 0, samples.inputs.length - 1);
  return {
    ...samples,
    ...(test && size > 0 && { test: { ...test, size } }),
    ...(samples.labels && randomLabels && { randomLabels }),
  };
}

/** Samples as a text that `tableOf` reads. */
export const textOf = ({ inputs, targets, labels }: TableData): string =>
  inputs.map((row, i) => [...row, ...(targets?.[i] ?? []), ...(labels ? [labels[i]] : [])].join(', ')).join('\n');

/** Points further apart than this share of the picture are two. */
const reach = 0.03;
const mostPlaced = 2000;

/**
 * Samples in the plane with one more of a class, or without the one that is there: a second click takes a point away.
 * `span` is the width of the picture.
 */
export function withPoint(data: TableData, at: readonly [number, number], label: number, span: number): TableData {
  const labels = data.labels ?? [];
  const near = data.inputs.findIndex(([x = 0, y = 0]) => Math.hypot(x - at[0], y - at[1]) < reach * span);
  const left = near < 0 ? data : without(data, near);
  if (near >= 0 && labels[near] === label) return left.inputs.length >= 2 ? left : data;
  if (left.inputs.length >= mostPlaced) return data;
  const point = at.map((value) => Number(value.toPrecision(4)));
  return withPartsOf(data, { ...left, inputs: [...left.inputs, point], labels: [...(left.labels ?? []), label] });
}

const without = (data: TableData, i: number): TableData =>
  withPartsOf(data, {
    ...data,
    inputs: data.inputs.toSpliced(i, 1),
    ...(data.labels && { labels: data.labels.toSpliced(i, 1) }),
  });
