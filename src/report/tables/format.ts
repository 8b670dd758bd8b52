import { layerWords } from '../../engine/shapes.js';
import type { Quantity } from '../../study/experiment.js';
import type { ModelSpec } from '../../tasks/trial-spec.js';
import type { QuantityCell, QuantityRow } from './quantity-rows.js';
import type { ReportMeasurement, ReportTrial } from './run.js';

/** What stands where there is no value. */
export const none = '–';

/** A number with a fixed number of decimals and thousands set apart: 25,000 and 0.0010. */
export function formatNumber(value: number, decimals: number): string {
  const [whole = '', fraction] = Math.abs(value).toFixed(decimals).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const text = fraction === undefined ? grouped : `${grouped}.${fraction}`;
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}

/** A reported value as it is shown, with what must be known to read it. */
export function formatReported({ reported, quantity }: QuantityRow): string {
  if (reported === undefined) return none;
  return withNote(formatNumber(reported.value, quantity.decimals), reported.note);
}

/** A measured value: the median over seeds, and what must be known to read it. */
export function formatCell(cell: QuantityCell | undefined, { decimals }: Quantity): string {
  if (cell === undefined) return none;
  return withNote(cell.seeds ? formatNumber(cell.seeds.median, decimals) : none, cellNotes(cell, decimals).join('; '));
}

/**
 * What stands beside a measured value, in the order of its weight: how it ended, its middle half over seeds, its
 * rounding twins.
 */
export function cellNotes({ seeds, twins, note }: QuantityCell, decimals: number): readonly string[] {
  const span = (low: number, high: number): string =>
    `${formatNumber(low, decimals)} – ${formatNumber(high, decimals)}`;
  return [
    ...(note === '' ? [] : [note]),
    ...(seeds && seeds.count > 1 ? [`${seeds.count} seeds ${span(seeds.quarter, seeds.threeQuarters)}`] : []),
    ...(twins && twins.count > 1 ? [`${twins.count} twins ${span(twins.lowest, twins.highest)}`] : []),
  ];
}

/** Here minus reported with its sign; empty where there is nothing to compare. */
export function formatDifference(cell: QuantityCell | undefined, { decimals }: Quantity): string {
  if (cell?.difference === undefined) return '';
  const text = formatNumber(cell.difference, decimals);
  return cell.difference > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

const withNote = (text: string, note = ''): string => (note === '' ? text : `${text} (${note})`);

/** A model in a line: widths and activation, or the layers in order. */
export function describeModel(model: ModelSpec): string {
  if (model.kind === 'mlp') return `${model.widths.join('-')}, ${model.activation}`;
  return model.layers.map(layerWords).join(', ');
}

/** How a task ended: a trial by its outcome and epochs, a measurement by its being there. */
export function describeTask(task: ReportTrial | ReportMeasurement): string {
  const { record } = task;
  if (record === undefined) return 'missing';
  if ('values' in record) return 'measured';
  return withNote(`${record.status}, ${formatNumber(record.epochs, 0)} epochs`, record.divergedAt?.what);
}
