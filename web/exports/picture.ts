import { hasLine, type PixelColumn, pixelColumns } from '../plots/columns.js';
import type { Line } from '../plots/draw-line.js';
import { shortNumber, wholeNumber } from '../plots/ticks.js';
import { withTexts } from './png-text.js';
import type { Proof } from './proof.js';

/** A chart that is saved as a picture. */
export interface ChartPicture {
  readonly title: string;
  readonly unit: string;
  readonly lines: readonly Line[];
  readonly proof: Proof;
}

const size = { width: 720, height: 420, left: 64, right: 16, top: 60, bottom: 44 };
const inner = { width: size.width - size.left - size.right, height: size.height - size.top - size.bottom };
/** The colours of the light theme: a picture is printed on white. */
const inks: Readonly<Record<string, string>> = { '--line-1': '#0b6b84', '--line-2': '#bd4a06', '--line-3': '#6a45b5' };
const ink = ({ color }: Line): string => inks[color] ?? '#1b2226';

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A chart as a drawing of its own on a logarithmic axis, spec and hash in its metadata. */
export function chartSvg({ title, unit, lines, proof }: ChartPicture): string {
  const { width, height, left } = size;
  const box = `viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${box} font-family="system-ui, sans-serif" font-size="12">
<title>${escaped(title)}</title>
<metadata>${escaped(JSON.stringify(proof))}</metadata>
<rect width="100%" height="100%" fill="#ffffff"/>
<text x="${left}" y="22" font-size="15" font-weight="600">${escaped(title)}</text>
<text x="${left}" y="22" dx="${title.length * 8 + 10}" fill="#56626a">${escaped(unit)}</text>
${legend(lines)}
${lines.length > 0 ? plotted(lines) : message('nothing was observed yet')}
</svg>
`;
}

const message = (text: string): string => `<text x="${size.left}" y="120">${text}</text>`;

const dashes = ({ dash }: Line): string => (dash ? ` stroke-dasharray="${dash.join(' ')}"` : '');

const legend = (lines: readonly Line[]): string =>
  lines
    .map((line, i) => {
      const x = size.left + i * 150;
      const stroke = `stroke="${ink(line)}" stroke-width="2"${dashes(line)}`;
      const sample = `<line x1="${x}" x2="${x + 24}" y1="40" y2="40" ${stroke}/>`;
      return `${sample}<text x="${x + 30}" y="44" fill="#444444">${escaped(line.label)}</text>`;
    })
    .join('\n');

function plotted(lines: readonly Line[]): string {
  const to = Math.max(2, ...lines.map(({ series: { x, count } }) => (count > 0 ? x[count - 1]! : 0)));
  const axis = { from: 1, to, columns: inner.width, log: false };
  const drawn = lines.map((line) => ({ line, columns: pixelColumns(line.series, axis, true).filter(hasLine) }));
  const all = drawn.flatMap(({ columns }) => columns);
  if (all.length === 0) return message('no value is finite and above 0');
  const low = Math.min(...all.map(({ min }) => min)) / 1.1;
  const high = Math.max(...all.map(({ max }) => max)) * 1.1;
  const y = (value: number): string =>
    (size.top + inner.height * (1 - Math.log(value / low) / Math.log(high / low))).toFixed(2);
  return [axes(to, powersWithin(low, high), y), ...drawn.map((one) => polyline(one.line, one.columns, y))].join('\n');
}

type Scale = (value: number) => string;

function axes(to: number, powers: readonly number[], y: Scale): string {
  const bottom = size.top + inner.height;
  const right = size.width - size.right;
  const ticks = powers.map(
    (value) =>
      `<line x1="${size.left}" x2="${right}" y1="${y(value)}" y2="${y(value)}" stroke="#dddddd"/>` +
      `<text x="${size.left - 8}" y="${y(value)}" dy="4" text-anchor="end" fill="#444444">${shortNumber(value)}</text>`,
  );
  return `${ticks.join('\n')}
<line x1="${size.left}" x2="${right}" y1="${bottom}" y2="${bottom}" stroke="#888888"/>
<text x="${size.left}" y="${bottom + 18}" fill="#444444">1</text>
<text x="${right}" y="${bottom + 18}" text-anchor="end" fill="#444444">step ${wholeNumber(to)}</text>`;
}

/** Least and greatest of every column of pixels. */
function polyline(line: Line, columns: readonly PixelColumn[], y: Scale): string {
  const points = columns.map(({ at, first, min, max, last }) => {
    const x = size.left + at + 0.5;
    return `${x},${y(first)} ${x},${y(min)} ${x},${y(max)} ${x},${y(last)}`;
  });
  const stroke = `stroke="${ink(line)}" stroke-width="1.5"${dashes(line)}`;
  return `<polyline fill="none" ${stroke} points="${points.join(' ')}"/>`;
}

function powersWithin(low: number, high: number): readonly number[] {
  const first = Math.ceil(Math.log10(low));
  const last = Math.floor(Math.log10(high));
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => 10 ** (first + i));
}

/** The same as a PNG file at twice the size. */
export async function chartPng(chart: ChartPicture): Promise<Uint8Array<ArrayBuffer>> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(chartSvg(chart))}`;
  await image.decode();
  const canvas = new OffscreenCanvas(2 * size.width, 2 * size.height);
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await canvas.convertToBlob({ type: 'image/png' });
  const { spec, hash, step } = chart.proof;
  return withTexts(new Uint8Array(await blob.arrayBuffer()), { spec, hash, step: String(step) });
}
