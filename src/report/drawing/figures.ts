import type { TopLevelSpec } from 'vega-lite';
import { type Html, html } from '../page/html.js';
import { mergedRun } from '../tables/merged-run.js';
import { isHeadline, type QuantityRow, quantityRows } from '../tables/quantity-rows.js';
import { type ReportRun, runKey, seedsOf, twinCount } from '../tables/run.js';
import { bandsSpec, hasBands } from './bands-spec.js';
import type { Drawing } from './drawing.js';
import { drawingOf } from './figure-drawing.js';
import { inlineSvg, renderPng, renderSvg } from './render.js';
import { type FigureSize, vegaSpec } from './vega-spec.js';

/** A figure as drawn: for a page of any width, and as files. */
export interface DrawnFigure {
  readonly title: string;
  /** What to see in it, and what its bands are. */
  readonly caption: string;
  /** Name of its files, without an ending. */
  readonly key: string;
  /** Stands alone: with its title and its data. */
  readonly spec: TopLevelSpec;
  readonly png: Uint8Array;
  /** Both drawings; the page's style shows the one that fits. */
  readonly inline: Html;
}

interface Plan {
  readonly id: string;
  readonly title: string;
  readonly caption: string;
  readonly spec: (size: FigureSize, title?: string) => TopLevelSpec;
}

/**
 * Draws the figures of a run; those whose tasks are all missing are left out.
 * `siblings` are all runs of its protocol: the first of them shows the bands of reported numbers, from seeds and twins of all.
 */
export async function drawFigures(
  run: ReportRun,
  siblings: readonly ReportRun[],
  fontFiles: readonly string[],
): Promise<readonly DrawnFigure[]> {
  const drawn: DrawnFigure[] = [];
  for (const { id, title, caption, spec } of [
    ...plansOf(run),
    ...(run === siblings[0] ? bandPlansOf(mergedRun(siblings)) : []),
  ]) {
    const whole = spec('wide', title);
    const png = renderPng(await renderSvg(whole), fontFiles);
    const [wide, narrow] = [await renderSvg(spec('wide')), await renderSvg(spec('narrow'))];
    const inline = html`${inlineSvg(wide, title, 'wide')}${inlineSvg(narrow, title, 'narrow')}`;
    drawn.push({ title, caption, key: `${runKey(run)}-${id}`, spec: whole, png, inline });
  }
  return drawn;
}

function plansOf(run: ReportRun): readonly Plan[] {
  return run.protocol.figures.flatMap((figure) => {
    const drawing = drawingOf(figure, run);
    if (drawing === undefined) return [];
    const { id, title, caption } = figure;
    const spec = (size: FigureSize, heading?: string): TopLevelSpec => vegaSpec(drawing, size, heading);
    return [{ id, title, caption: [caption, ...bandNotes(drawing, run)].join(' '), spec }];
  });
}

/** Says what the bands of a drawing are, if it has some. */
function bandNotes({ series }: Drawing, run: ReportRun): readonly string[] {
  const seeds = seedsOf(run).length;
  return [
    ...(series.some(({ form }) => form === 'path') ? ['A large dot is the end of a path.'] : []),
    ...(series.some((one) => one.seeds) ? [`Lines are medians of ${seeds} seeds, bands their middle half.`] : []),
    ...(series.some((one) => one.twins)
      ? [`Between dotted lines: ${twinCount(run)} rounding twins of one seed, started a unit in the last place apart.`]
      : []),
  ];
}

function bandPlansOf(run: ReportRun): readonly Plan[] {
  // A miniature's numbers are others by design: to hold the reported ones against them says nothing.
  if (run.preset.miniature) return [];
  const rows = quantityRows([run]).filter((row) => isHeadline(row) && hasBands(row));
  const groups = new Map<string, QuantityRow[]>();
  for (const row of rows) groups.set(row.quantity.id, [...(groups.get(row.quantity.id) ?? []), row]);
  return [...groups.values()].map((group) => ({
    id: `bands-${group[0]!.quantity.id}`,
    title: `Would the number come out again? ${group[0]!.quantity.label}`,
    caption:
      'Each dot is a run; thick bars hold the middle half. A reported number (diamond) outside the seeds is not typical of its method; where the rounding twins, which differ from one run only in the last bit of its initial weights, spread as far as the seeds, the number is rounding noise.',
    spec: (size, title) => bandsSpec(run, group, size, title),
  }));
}
