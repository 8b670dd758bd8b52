import { Resvg } from '@resvg/resvg-js';
import { encode } from 'fast-png';
import * as vega from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { type Html, html, trusted } from '../page/html.js';
import { compactSvg } from './compact-svg.js';

/**
 * Draws a Vega-Lite spec as SVG, without a browser or a canvas.
 * Coordinates are rounded to two decimals, those of lines to one, so that engines whose `Math.log` differs in the last
 * bit still draw the same text.
 */
export const renderSvg = (spec: TopLevelSpec): Promise<string> => rendered(spec, markup);

/** The same drawing with its title and without it, at the cost of little more than one. */
export const renderTitled = (spec: TopLevelSpec): Promise<{ readonly titled: string; readonly bare: string }> =>
  rendered(spec, async (view) => {
    const titled = await markup(view);
    removeTitle(view);
    return { titled, bare: await markup(view.resize()) };
  });

async function rendered<T>(spec: TopLevelSpec, draw: (view: vega.View) => Promise<T>): Promise<T> {
  textMetrics.width = estimateWidth;
  const view = new vega.View(vega.parse(compile(spec).spec), { renderer: 'none', logLevel: vega.Error });
  try {
    return await draw(view);
  } finally {
    view.finalize();
  }
}

const markup = async (view: vega.View): Promise<string> => compactSvg(await view.toSVG());

/** Vega lays out a title after all else and around it, so without it the rest stays as it is. */
function removeTitle(view: vega.View): void {
  const { root } = view.scenegraph() as unknown as { root: { items: readonly { items: { role?: string }[] }[] } };
  for (const group of root.items) group.items = group.items.filter(({ role }) => role !== 'title');
}

interface TextItem {
  readonly fontSize?: number;
}

/** Vega's own hook for the width of text, which its types leave out. */
const { textMetrics } = vega as unknown as { textMetrics: { width: (item: TextItem, text: unknown) => number } };

/**
 * Without a canvas Vega takes a letter to be 0.8 em wide, which draws legends apart; the letters of DejaVu Sans are 0.6
 * em at most on average.
 */
const estimateWidth = ({ fontSize = 11 }: TextItem, text: unknown): number =>
  0.6 * fontSize * String(text ?? '').length;

/**
 * A drawing as part of a page: as wide as its place allows up to its own size, and named for those who cannot see it.
 */
export function inlineSvg(svg: string, name: string, className: string): Html {
  const [openingTag = ''] = /<svg[^>]*>/.exec(svg) ?? [];
  const [, width = '', height = ''] = /viewBox="0 0 (\S+) (\S+)"/.exec(openingTag) ?? [];
  const [, family = ''] = /font-family="([^"]*)"/.exec(openingTag) ?? [];
  const tag = html`<svg class="${className}" viewBox="0 0 ${width} ${height}" style="max-width:${width}px" role="img" \
aria-label="${name}" font-family="${family}">`;
  return trusted(tag.markup + svg.slice(openingTag.length));
}

/**
 * Rasters an SVG on white at one and a half times its size, with the given font files only. Written anew without
 * transparency and well packed, a figure takes about half the bytes.
 */
export function renderPng(svg: string, fontFiles: readonly string[]): Uint8Array {
  const family = 'DejaVu Sans';
  const font = {
    loadSystemFonts: false,
    fontFiles: [...fontFiles],
    defaultFontFamily: family,
    sansSerifFamily: family,
  };
  const { width, height, pixels } = new Resvg(svg, {
    font,
    background: '#fff',
    fitTo: { mode: 'zoom', value: 1.25 },
  }).render();
  return encode({ width, height, data: withoutAlpha(pixels), channels: 3 }, { zlib: { level: 9 } });
}

/** Red, green and blue of each pixel; a plain loop, as a call for each byte takes as long as packing them. */
function withoutAlpha(pixels: Uint8Array): Uint8Array {
  const opaque = new Uint8Array((pixels.length / 4) * 3);
  for (let from = 0, to = 0; from < pixels.length; from += 4, to += 3) {
    opaque[to] = pixels[from]!;
    opaque[to + 1] = pixels[from + 1]!;
    opaque[to + 2] = pixels[from + 2]!;
  }
  return opaque;
}
