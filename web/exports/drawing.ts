import { withTexts } from './png-text.js';
import { type Proof, proofTexts } from './proof.js';

/** A drawing in CSS pixels. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** Elements of SVG. */
  readonly body: string;
}

/** A text as it stands in XML. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** A length to hundredths of a pixel. */
export const round = (value: number): number => Math.round(100 * value) / 100;

/** An element of SVG: attributes, and what is in it. */
export function element(name: string, attributes: Readonly<Record<string, string | number>>, inside = ''): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
  return `<${name}${written.join('')}>${inside}</${name}>`;
}

/** A drawing as a file of its own, the proof of what it shows in its metadata. */
export function svgOf(title: string, { width, height, body }: Drawing, proof: Proof): string {
  const box = { viewBox: `0 0 ${width} ${height}`, width, height };
  const said = `<title>${escaped(title)}</title>\n<metadata>${escaped(JSON.stringify(proof))}</metadata>`;
  return `${element('svg', { xmlns: 'http://www.w3.org/2000/svg', ...box }, `\n${said}\n${body}\n`)}\n`;
}

/** The same as a PNG file at twice the size. */
export async function pngOf(title: string, drawing: Drawing, proof: Proof): Promise<Uint8Array<ArrayBuffer>> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgOf(title, drawing, proof))}`;
  await image.decode();
  const canvas = new OffscreenCanvas(2 * drawing.width, 2 * drawing.height);
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await canvas.convertToBlob({ type: 'image/png' });
  return withTexts(new Uint8Array(await blob.arrayBuffer()), proofTexts(proof));
}
