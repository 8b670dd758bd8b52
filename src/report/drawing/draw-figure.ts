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

/** Draws a figure. `fontFiles`: TrueType files for the text in its PNG. */
export async function drawFigure({ title, specs }: FigureRequest, fontFiles: readonly string[]): Promise<DrawnFigure> {
  const svg = (text: string): Promise<string> => renderSvg(JSON.parse(text) as TopLevelSpec);
  const png = renderPng(await svg(specs.alone), fontFiles);
  const [wide, narrow] = [await svg(specs.wide), await svg(specs.narrow)];
  const { markup } = html`${inlineSvg(wide, title, 'wide')}${inlineSvg(narrow, title, 'narrow')}`;
  return { png, inline: markup };
}
