import type { MeasuredNetwork } from './text.js';

/** A snapshot's place on a plane. */
interface Place {
  readonly a: number;
  readonly b: number;
  readonly epoch: number;
  readonly order: number;
}

/** The snapshots of a trial on the plane of their trajectory, in the order of time; none on another plane. */
export function pathOf({ columns }: Pick<MeasuredNetwork, 'columns'>): readonly Place[] {
  const { pathA = [], pathB = [], pathEpoch = [] } = columns;
  return pathEpoch.flatMap((epoch, order) =>
    epoch === null ? [] : [{ a: short(pathA[order]!), b: short(pathB[order]!), epoch, order }],
  );
}

/** Six digits are more than a drawing shows. */
const short = (value: number): number => Number(value.toPrecision(6));

/**
 * A path over a map of colours: white with a dark rim, so that it is seen on all of them, with its epochs at both ends.
 */
export function pathLayers(path: readonly Place[], position: Readonly<Record<'x' | 'y', object>>): readonly object[] {
  const order = { field: 'order', type: 'quantitative' };
  const line = (color: string, strokeWidth: number) => ({
    data: { values: path },
    mark: { type: 'line', color, strokeWidth, strokeJoin: 'round', strokeCap: 'round', clip: true },
    encoding: { ...position, order },
  });
  const dots = {
    data: { values: path },
    mark: {
      type: 'point',
      filled: true,
      size: 16,
      opacity: 1,
      fill: '#ffffff',
      stroke: rim,
      strokeWidth: 0.8,
      clip: true,
    },
    encoding: position,
  };
  const ends = [path[0]!, path.at(-1)!];
  const lines = [line(rim, 3.4), line('#ffffff', 1.6)];
  return [...lines, ...(path.length <= mostDots ? [dots] : []), ...ends.flatMap((place) => label(place, position))];
}

const rim = '#1f2530';
/** More of them would be a thick line. */
const mostDots = 100;

/** Vega draws a letter's rim over its face, so the rim is a text of its own underneath. */
function label(place: Place, position: object): readonly object[] {
  // The plane's middle is 0: this is the side with more room.
  const side = place.a > 0 ? { align: 'right', dx: -8 } : { align: 'left', dx: 8 };
  const text = { type: 'text', text: `epoch ${place.epoch}`, fontSize: 12, baseline: 'middle', clip: true, ...side };
  const marks = [
    { ...text, color: rim, stroke: rim, strokeWidth: 3.5, strokeJoin: 'round' },
    { ...text, color: '#ffffff' },
  ];
  return marks.map((mark) => ({ data: { values: [place] }, mark, encoding: position }));
}
