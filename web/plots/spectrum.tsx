import type { PanelData } from '../worker/protocol.js';
import { shortNumber, wholeNumber } from './ticks.js';

const [width, height, middle] = [640, 120, 60];

type Found = Extract<NonNullable<PanelData['spectrum']>, { readonly values: readonly number[] }>;

/** Values of either sign on one logarithmic axis: linear within a millionth of the largest. */
function symmetricLog(value: number, largest: number): number {
  const least = largest * 1e-6;
  return Math.sign(value) * Math.log10(1 + Math.abs(value) / least);
}

interface Props {
  readonly of: PanelData['spectrum'];
  readonly label: string;
  /** That of a run beside it, on the same axis. */
  readonly beside?: { readonly of: PanelData['spectrum']; readonly label: string } | undefined;
}

/** All eigenvalues of the Hessian, each a stroke; those below 0 hang. */
export function Spectrum({ of, label, beside }: Props) {
  if (!of) return <p class="empty">The spectrum is taken where training stands still: pause.</p>;
  if ('none' in of) return <p class="empty">{of.none}</p>;
  const other = beside?.of && 'values' in beside.of ? beside.of : undefined;
  const largest = Math.max(...[...of.values, ...(other?.values ?? [])].map(Math.abs));
  return (
    <>
      <Strokes found={of} largest={largest} words={sentence(of, label)} />
      {other && <Strokes found={other} largest={largest} words={sentence(other, beside!.label)} other />}
      <p>The axis is logarithmic both ways from the middle.</p>
    </>
  );
}

function sentence({ values, step }: Found, label: string): string {
  const negative = values.filter((value) => value < 0).length;
  const range = `from ${shortNumber(values[0]!)} to ${shortNumber(values.at(-1)!)}`;
  const found = `${values.length} eigenvalues ${range}, ${negative} of them below 0`;
  return `${label} after step ${wholeNumber(step)}: ${found}.`;
}

interface StrokesProps {
  readonly found: Found;
  readonly largest: number;
  readonly words: string;
  readonly other?: boolean;
}

function Strokes({ found: { values }, largest, words, other }: StrokesProps) {
  const reach = symmetricLog(largest, largest) || 1;
  const x = (value: number): string =>
    (width / 2 + (symmetricLog(value, largest) / reach) * (width / 2 - 8)).toFixed(1);
  const strokes = (of: readonly number[], length: number): string =>
    of.map((value) => `M${x(value)} ${middle}v${length}`).join('');
  return (
    <>
      <svg
        class={other ? 'spectrum other' : 'spectrum'}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={words}
      >
        <line x1="0" x2={width} y1={middle} y2={middle} />
        <line x1={width / 2} x2={width / 2} y1="0" y2={height} />
        <path
          class="positive"
          d={strokes(
            values.filter((value) => value >= 0),
            -44,
          )}
        />
        <path
          class="negative"
          d={strokes(
            values.filter((value) => value < 0),
            44,
          )}
        />
      </svg>
      <p>{words}</p>
    </>
  );
}
