import type { Columns, FigureData, SeriesData } from '../drawing/figure-data.js';
import type { FigureModel, PageModel, SectionModel } from './page-model.js';

/** Bytes that `page.json` may have. */
const mostBytes = 2_000_000;

/**
 * The page as JSON for programs, without ids and hashes of tasks; curves are thinned until it fits. See
 * {@link PageModel} for its fields.
 */
export function pageJson(model: PageModel): string {
  const counts = model.coverage && { coverage: { ...model.coverage, table: undefined } };
  for (let every = 1; ; every *= 2) {
    const sections = model.sections.map((one) => published(one, every));
    const text = `${JSON.stringify({ ...model, sections, ...counts }, short)}\n`;
    if (new TextEncoder().encode(text).length <= mostBytes || every > 64) return text;
  }
}

/** Six digits: an interval is compared with its margin by outcomes, which are in the file as well. */
const short = (_: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value;

function published({ tasks: _, ...section }: SectionModel, every: number): Omit<SectionModel, 'tasks'> {
  return { ...section, figures: section.figures.map((figure) => thinner(figure, every)) };
}

const thinner = (figure: FigureModel, every: number): FigureModel => ({
  ...figure,
  data: thinnerData(figure.data, every),
});

function thinnerData(data: FigureData, every: number): FigureData {
  return every === 1 || data.kind === 'bands'
    ? data
    : { ...data, series: data.series.map((one) => sparser(one, every)) };
}

const sparser = ({ lines, seeds, twins, ...rest }: SeriesData, every: number): SeriesData => ({
  ...rest,
  lines: lines.map((line) => everyNth(line, every)),
  ...(seeds && { seeds: everyNth(seeds, every) }),
  ...(twins && { twins: everyNth(twins, every) }),
});

/** Every nth point, and the last. */
const everyNth = <Names extends string>(columns: Columns<Names>, every: number): Columns<Names> =>
  Object.fromEntries(
    Object.entries<readonly number[]>(columns).map(([name, values]) => [
      name,
      values.filter((_, i) => i % every === 0 || i === values.length - 1),
    ]),
  ) as unknown as Columns<Names>;
