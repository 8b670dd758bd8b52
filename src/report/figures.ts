import type { TopLevelSpec } from 'vega-lite';
import type { Figure } from '../experiments/experiment.js';
import { figureSpec } from './figure-spec.js';
import { type Html, html } from './html.js';
import { inlineSvg, renderPng, renderSvg } from './render.js';
import { type ReportRun, runKey } from './run.js';

/** A figure as drawn: for a page of any width, and as files. */
export interface DrawnFigure {
  readonly figure: Figure;
  /** Name of its files, without an ending. */
  readonly key: string;
  /** Stands alone: with its title and its data. */
  readonly spec: TopLevelSpec;
  readonly png: Uint8Array;
  /** Both drawings; the page's style shows the one that fits. */
  readonly inline: Html;
}

/** Draws the figures of a run; those whose trials are all missing are left out. */
export async function drawFigures(run: ReportRun, fontFiles: readonly string[]): Promise<readonly DrawnFigure[]> {
  const drawn: DrawnFigure[] = [];
  for (const figure of run.experiment.figures) {
    const spec = figureSpec(figure, run, 'wide', figure.title);
    const wide = figureSpec(figure, run, 'wide');
    const narrow = figureSpec(figure, run, 'narrow');
    if (spec === undefined || wide === undefined || narrow === undefined) continue;
    const png = renderPng(await renderSvg(spec), fontFiles);
    const inline = html`${inlineSvg(await renderSvg(wide), figure.title, 'wide')}${inlineSvg(await renderSvg(narrow), figure.title, 'narrow')}`;
    drawn.push({ figure, key: `${runKey(run)}-${figure.id}`, spec, png, inline });
  }
  return drawn;
}
