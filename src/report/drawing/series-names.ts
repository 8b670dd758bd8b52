import { colourAt } from './palette.js';

/** What a series says of its looks. */
interface Look {
  readonly axis?: 'left' | 'right';
  readonly dashed?: boolean;
}

/** A series by its arm, by its own label, or by both where there are several of both. */
export function seriesName(arm: string, severalArms: boolean, label: string | undefined): string {
  if (label === undefined) return arm;
  return severalArms ? `${arm}, ${label}` : label;
}

/**
 * Colours of series that stand beside each other: a dashed one has the colour of its solid partner, the one of the same
 * rank on the same axis.
 */
export function seriesColours(series: readonly Look[]): readonly string[] {
  const solid = series.filter(({ dashed }) => !dashed);
  const partner = ({ axis = 'left' }: Look, rank: number): Look | undefined =>
    solid.filter((other) => (other.axis ?? 'left') === axis)[rank];
  const keys = series.map((one) => {
    if (!one.dashed) return one;
    const rank = series.filter((other) => other.dashed && (other.axis ?? 'left') === (one.axis ?? 'left')).indexOf(one);
    return partner(one, rank) ?? one;
  });
  const distinct = [...new Set(keys)];
  return keys.map((key) => colourAt(distinct.indexOf(key), distinct.length));
}
