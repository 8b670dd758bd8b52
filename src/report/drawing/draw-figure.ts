import type { TopLevelSpec } from 'vega-lite';
import { html } from '../page/html.js';
import type { FigurePlan } from './figure-plan.js';
import { inlineSvg, renderPng, renderSvg, renderTitled } from './render.js';

/** What is drawn of a plan: all that its picture depends on. */
export type FigureRequest = Pick<FigurePlan, 'title' | 'specs'>;

/** A figure as drawn: for a page of any width, and as a file. */
export interface DrawnFigure {
  readonly png: Uint8Array;
  /** Markup of both drawings; the page's style shows the one that fits. */
  readonly inline: string;
}

const parsed = (spec: string): TopLevelSpec => JSON.parse(spec) as TopLevelSpec;

/** Draws a figure. `fontFiles`: TrueType files for the text in its PNG. */
export async function drawFigure({ title, specs }: FigureRequest, fontFiles: readonly string[]): Promise<DrawnFigure> {
  const { titled, bare } = await renderTitled(parsed(specs.alone));
  const narrow = await renderSvg(parsed(specs.narrow));
  return { png: renderPng(titled, fontFiles), inline: inlined(title, bare, narrow) };
}

/** Draws a figure for a page alone. */
export async function drawInline({ title, specs }: FigureRequest): Promise<string> {
  const { title: _, ...bare } = parsed(specs.alone);
  return inlined(title, await renderSvg(bare as TopLevelSpec), await renderSvg(parsed(specs.narrow)));
}

const inlined = (title: string, wide: string, narrow: string): string =>
  html`${inlineSvg(wide, title, 'wide')}${inlineSvg(narrow, title, 'narrow')}`.markup;
