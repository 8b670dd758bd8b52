import type { PanelData } from '../worker/protocol.js';
import { shortNumber, wholeNumber } from './ticks.js';

const [width, height, middle] = [640, 120, 60];

/** Values of either sign on one logarithmic axis: linear within a millionth of the largest. */
function symmetricLog(value: number, largest: number): number {
  const least = largest * 1e-6;
  return Math.sign(value) * Math.log10(1 + Math.abs(value) / least);
}

/** All eigenvalues of the Hessian, each a stroke; those below 0 hang. */
export function Spectrum({ of }: { of: PanelData['spectrum'] }) {
  if (!of) return <p class="empty">It is taken where training stands still: pause.</p>;
  if ('none' in of) return <p class="empty">{of.none}</p>;
  const { values, step } = of;
  const largest = Math.max(...values.map(Math.abs));
  const negative = values.filter((value) => value < 0).length;
  const reach = symmetricLog(largest, largest) || 1;
  const x = (value: number): number => width / 2 + (symmetricLog(value, largest) / reach) * (width / 2 - 8);
  return (
    <>
      <svg
        class="spectrum"
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`Eigenvalues from ${shortNumber(values[0]!)} to ${shortNumber(values.at(-1)!)}`}
      >
        <line x1="0" x2={width} y1={middle} y2={middle} />
        <line x1={width / 2} x2={width / 2} y1="0" y2={height} />
        <path
          class="positive"
          d={values
            .filter((value) => value >= 0)
            .map((value) => `M${x(value).toFixed(1)} ${middle}v-44`)
            .join('')}
        />
        <path
          class="negative"
          d={values
            .filter((value) => value < 0)
            .map((value) => `M${x(value).toFixed(1)} ${middle}v44`)
            .join('')}
        />
      </svg>
      <p>
        After step {wholeNumber(step)}: {values.length} eigenvalues from {shortNumber(values[0]!)} to{' '}
        {shortNumber(values.at(-1)!)}, {negative} of them below 0. The axis is logarithmic both ways from the middle.
      </p>
    </>
  );
}
