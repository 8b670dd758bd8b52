import type { LayerSpec } from '../engine/network-spec.js';
import type { TrialRecord } from '../lab/record.js';
import type { ModelSpec } from '../trials/trial-spec.js';
import type { QuantityRow } from './quantity-rows.js';

const none = '–';

/** A number with a fixed number of decimals and thousands set apart: 25,000 and 0.0010. */
export function formatNumber(value: number, decimals: number): string {
  const [whole = '', fraction] = Math.abs(value).toFixed(decimals).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const text = fraction === undefined ? grouped : `${grouped}.${fraction}`;
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}

type ValueAndNote = readonly [value: string, note: string];

/** A reported value as it is shown, and what must be known to read it. */
export const reportedParts = ({ reported, quantity }: QuantityRow): ValueAndNote =>
  reported === undefined ? [none, ''] : [formatNumber(reported.value, quantity.decimals), reported.note ?? ''];

/** A measured value as it is shown (the median over seeds), and what must be known to read it (the range over seeds, what did not end well). */
export function hereParts({ here, note, quantity }: QuantityRow): ValueAndNote {
  if (here === undefined) return [none, note];
  const [median = '', low, high] = [here.median, here.low, here.high].map((value) =>
    formatNumber(value, quantity.decimals),
  );
  return [median, [here.count > 1 && `${low} to ${high}`, note].filter(Boolean).join(', ')];
}

const withNote = ([text, note]: ValueAndNote): string => (note === '' ? text : `${text} (${note})`);

/** A reported value with its note in brackets. */
export const formatReported = (row: QuantityRow): string => withNote(reportedParts(row));

/** A measured value with its note in brackets. */
export const formatHere = (row: QuantityRow): string => withNote(hereParts(row));

/** Here minus reported with its sign, or a dash. */
export function formatDifference({ difference, quantity }: QuantityRow): string {
  if (difference === undefined) return none;
  const text = formatNumber(difference, quantity.decimals);
  return difference > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** A model in a line: widths and activation, or the layers in order. */
export function describeModel(model: ModelSpec): string {
  if (model.kind === 'mlp') return `${model.widths.join('-')}, ${model.activation}`;
  return model.layers.map(describeLayer).join(', ');
}

function describeLayer(layer: LayerSpec): string {
  switch (layer.kind) {
    case 'conv2d':
      return `conv ${layer.kernel}×${layer.kernel} to ${layer.channels}`;
    case 'maxPool2d':
      return `pool ${layer.size}`;
    case 'linear':
      return `linear ${layer.features}`;
    case 'dropout':
      return `dropout ${layer.rate}`;
    default:
      return layer.kind;
  }
}

/** How a trial ended, and after how many epochs. */
export function describeOutcome(record: TrialRecord | undefined): string {
  if (record === undefined) return 'missing';
  const outcome = `${record.status}, ${formatNumber(record.epochs, 0)} epochs`;
  return withNote([outcome, record.divergedAt?.what ?? '']);
}
