import type { TopLevelSpec } from 'vega-lite';
import { html } from '../page/html.js';
import type { FigurePlan } from './figure-plan.js';
import { inlineSvg, renderPng, renderSvg } from './render.js';

/** What is drawn of a plan: all that its picture depends on. */
export type FigureRequest = Pick<FigurePlan, 'title' | 'specs'>;

/** A figure as drawn: for a page of any width, and as a file. */
export interface DrawnFigure {
  readonly png: Uint8Array;
  /** Markup of both drawings; the page's style shows the one that fits. */
  readonly inline: string;
}

const svgOf = (spec: string): Promise<string> => renderSvg(JSON.parse(spec) as TopLevelSpec);

/** Draws a figure. `fontFiles`: TrueType files for the text in its PNG. */
export async function drawFigure(request: FigureRequest, fontFiles: readonly string[]): Promise<DrawnFigure> {
  const png = renderPng(await svgOf(request.specs.alone), fontFiles);
  return { png, inline: await drawInline(request) };
}

/** Draws a figure for a page alone. */
export async function drawInline({ title, specs }: FigureRequest): Promise<string> {
  const [wide, narrow] = [await svgOf(specs.wide), await svgOf(specs.narrow)];
  return html`${inlineSvg(wide, title, 'wide')}${inlineSvg(narrow, title, 'narrow')}`.markup;
}
