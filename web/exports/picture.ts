import { hasLine, pixelColumns } from '../plots/columns.js';
import type { Series } from '../plots/series.js';
import { shortNumber, wholeNumber } from '../plots/ticks.js';
import type { RunView } from '../state/run-view.js';
import { withTexts } from './png-text.js';

/** What a picture shows, to be run again: it is inside the file. */
export interface Proof {
  readonly spec: string;
  /** Empty before the end of the run. */
  readonly hash: string;
  readonly step: number;
}

const size = { width: 720, height: 400, left: 64, right: 16, top: 36, bottom: 44 };

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A metric over steps as a drawing of its own, spec and hash in its metadata. */
export function chartSvg(view: RunView, metric: string, proof: Proof): string {
  const series = view.lines.get(metric);
  const title = `${metric} of run ${view.label}, seed ${view.spec.seed}`;
  const { width, height } = size;
  const box = `viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${box} font-family="system-ui, sans-serif" font-size="12">
<title>${escaped(title)}</title>
<metadata>${escaped(JSON.stringify(proof))}</metadata>
<rect width="100%" height="100%" fill="#ffffff"/>
<text x="${size.left}" y="22" font-size="15" font-weight="600">${escaped(title)}</text>
${series && series.count > 0 ? lineOf(series) : '<text x="64" y="120">nothing was observed yet</text>'}
</svg>
`;
}

function lineOf(series: Series): string {
  const inner = { width: size.width - size.left - size.right, height: size.height - size.top - size.bottom };
  const axis = { from: 1, to: Math.max(2, series.x[series.count - 1]!), columns: inner.width, log: false };
  const columns = pixelColumns(series, axis, true).filter(hasLine);
  if (columns.length === 0) return '<text x="64" y="120">no value is finite and above 0</text>';
  const low = Math.min(...columns.map(({ min }) => min)) / 1.1;
  const high = Math.max(...columns.map(({ max }) => max)) * 1.1;
  const y = (value: number): string =>
    (size.top + inner.height * (1 - Math.log(value / low) / Math.log(high / low))).toFixed(2);
  const points = columns.map(({ at, first, min, max, last }) => {
    const x = size.left + at + 0.5;
    return `${x},${y(first)} ${x},${y(min)} ${x},${y(max)} ${x},${y(last)}`;
  });
  const bottom = size.top + inner.height;
  const right = size.width - size.right;
  const ticks = powersWithin(low, high).map(
    (value) =>
      `<line x1="${size.left}" x2="${right}" y1="${y(value)}" y2="${y(value)}" stroke="#dddddd"/>` +
      `<text x="${size.left - 8}" y="${y(value)}" dy="4" text-anchor="end" fill="#444444">${shortNumber(value)}</text>`,
  );
  return `${ticks.join('\n')}
<line x1="${size.left}" x2="${right}" y1="${bottom}" y2="${bottom}" stroke="#888888"/>
<text x="${size.left}" y="${bottom + 18}" fill="#444444">1</text>
<text x="${right}" y="${bottom + 18}" text-anchor="end" fill="#444444">step ${wholeNumber(axis.to)}</text>
<polyline fill="none" stroke="#0b6b84" stroke-width="1.5" points="${points.join(' ')}"/>`;
}

function powersWithin(low: number, high: number): readonly number[] {
  const first = Math.ceil(Math.log10(low));
  const last = Math.floor(Math.log10(high));
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => 10 ** (first + i));
}

/** The same as a PNG file at twice the size. */
export async function chartPng(view: RunView, metric: string, proof: Proof): Promise<Uint8Array<ArrayBuffer>> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(chartSvg(view, metric, proof))}`;
  await image.decode();
  const canvas = new OffscreenCanvas(2 * size.width, 2 * size.height);
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await canvas.convertToBlob({ type: 'image/png' });
  return withTexts(new Uint8Array(await blob.arrayBuffer()), {
    spec: proof.spec,
    hash: proof.hash,
    step: String(proof.step),
  });
}
