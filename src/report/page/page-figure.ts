import type { DrawnFigure } from '../drawing/draw-figure.js';
import type { FigureModel } from '../model/page-model.js';
import { type Html, html, trusted } from './html.js';

/** Figures of a report that are drawn, by their key; while it is made there may be others. */
export type Drawings = ReadonlyMap<string, DrawnFigure>;

/** A figure with its caption. */
export const figureHtml = ({ key, title, caption, run }: FigureModel, drawings: Drawings, name = ''): Html => html`
<figure class="${name}" id="${key}">
<div class="drawing">${drawingHtml(drawings.get(key))}</div>
<figcaption><b>${title}</b>, ${run}. ${caption}</figcaption>
</figure>`;

const drawingHtml = (drawn: DrawnFigure | undefined): Html =>
  drawn === undefined ? html`<p class="pending">Not drawn yet.</p>` : trusted(drawn.inline);
