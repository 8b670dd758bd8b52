import type { TopLevelSpec } from 'vega-lite';
import { mergedRun } from '../tables/merged-run.js';
import { isHeadline, type QuantityRow, quantityRows } from '../tables/quantity-rows.js';
import { type ReportRun, runKey, seedsOf, twinCount } from '../tables/run.js';
import { bandsSpec, hasBands } from './bands-spec.js';
import type { Drawing } from './drawing.js';
import { bandsData, curvesData, type FigureData } from './figure-data.js';
import { drawingOf } from './figure-drawing.js';
import { type FigureSize, vegaSpec } from './vega-spec.js';

/** A figure with its data, before it is drawn. */
export interface FigurePlan {
  readonly title: string;
  /** What to see in it, and what its bands are. */
  readonly caption: string;
  /** Name of its files, without an ending. */
  readonly key: string;
  /**
   * Vega-Lite JSON with its data in it: `alone` has its title and stands by itself, and is without it for wide pages;
   * `narrow` is for a phone.
   */
  readonly specs: Readonly<Record<'alone' | 'narrow', string>>;
  /** The same as numbers. */
  readonly data: FigureData;
  /** Shown first in its section, where its protocol is shown first. */
  readonly isHeadline: boolean;
}

/** Points that the lines of a series share in the data of a figure. */
const dataPoints = 200;

interface Draft extends Pick<FigurePlan, 'title' | 'caption' | 'data' | 'isHeadline'> {
  readonly id: string;
  readonly spec: (size: FigureSize, title?: string) => TopLevelSpec;
}

/**
 * The figures of some runs of one experiment, a list for each run, without those whose tasks are all missing.
 * The first run of a protocol shows the bands of original numbers, from seeds and twins of all its runs;
 * what an earlier run of the same protocol shows to the point, as the function that is learnt, is not shown again.
 */
export function planFigures(runs: readonly ReportRun[]): readonly (readonly FigurePlan[])[] {
  const shown = new Map<string, Set<string>>();
  return runs.map((run) => {
    const { id } = run.protocol;
    const siblings = runs.filter(({ protocol }) => protocol.id === id);
    const before = shown.get(id) ?? new Set();
    const plans = plansOf(run, siblings).filter(({ specs }) => !before.has(specs.alone));
    shown.set(id, new Set([...before, ...plans.map(({ specs }) => specs.alone)]));
    return plans;
  });
}

function plansOf(run: ReportRun, siblings: readonly ReportRun[]): readonly FigurePlan[] {
  const bands = run === siblings[0] ? bandDrafts(mergedRun(siblings)) : [];
  return [...figureDrafts(run), ...bands].map(({ id, title, caption, data, isHeadline, spec }) => ({
    title,
    caption,
    data,
    isHeadline,
    key: `${runKey(run)}-${id}`,
    specs: {
      alone: JSON.stringify(spec('wide', title)),
      narrow: JSON.stringify(spec('narrow')),
    },
  }));
}

function figureDrafts(run: ReportRun): readonly Draft[] {
  return run.protocol.figures.flatMap((figure) => {
    const drawing = drawingOf(figure, run);
    if (drawing === undefined) return [];
    const { id, title, caption, headline: isHeadline = false } = figure;
    const spec = (size: FigureSize, heading?: string): TopLevelSpec => vegaSpec(drawing, size, heading);
    const data = curvesData(drawing, dataPoints);
    return [{ id, title, caption: [caption, ...bandNotes(drawing, run)].join(' '), data, isHeadline, spec }];
  });
}

/** What the bands of a drawing are, if it has some. */
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

const bandCaption =
  'Each dot is a run; thick bars hold the middle half. A reported number (diamond) outside the seeds is not typical ' +
  'of its method; where the rounding twins, which differ from one run only in the last bit of its initial weights, ' +
  'spread as far as the seeds, the number is rounding noise.';

function bandDrafts(run: ReportRun): readonly Draft[] {
  // A miniature's numbers are others by design: to hold the original ones against them says nothing.
  if (run.preset.miniature) return [];
  const rows = quantityRows([run]).filter((row) => isHeadline(row) && hasBands(row));
  const groups = new Map<string, QuantityRow[]>();
  for (const row of rows) groups.set(row.quantity.id, [...(groups.get(row.quantity.id) ?? []), row]);
  return [...groups.values()].map((group) => ({
    id: `bands-${group[0]!.quantity.id}`,
    title: `Would the number come out again? ${group[0]!.quantity.label}`,
    caption: bandCaption,
    data: bandsData(run, group),
    isHeadline: false,
    spec: (size, title) => bandsSpec(run, group, size, title),
  }));
}
