import type { PanelData } from '../worker/protocol.js';
import { wholeNumber } from './ticks.js';

const [width, height, room] = [640, 320, 14];
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** The weights at the keyframes in the plane where they vary most. */
export function TrajectoryPlane({ of, step }: { of: PanelData['trajectory']; step: number }) {
  if (!of) return <p class="empty">It is taken where training stands still: pause.</p>;
  if ('none' in of) return <p class="empty">{of.none}</p>;
  const { x, y, steps, explained } = of;
  const across = (values: readonly number[], size: number): ((value: number) => number) => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return (value) => room + ((value - low) / (high - low || 1)) * (size - 2 * room);
  };
  const [atX, atY] = [across(x, width), across(y, height)];
  const nearest = steps.reduce((best, one, i) => (Math.abs(one - step) < Math.abs(steps[best]! - step) ? i : best), 0);
  return (
    <>
      <svg
        class="trajectory"
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label="Path of the weights in two principal components"
      >
        <polyline
          points={steps.map((_, t) => `${atX(x[t]!).toFixed(1)},${(height - atY(y[t]!)).toFixed(1)}`).join(' ')}
        />
        {steps.map((one, t) => (
          <circle
            key={one}
            cx={atX(x[t]!)}
            cy={height - atY(y[t]!)}
            r={t === nearest ? 7 : 2.5}
            class={t === nearest ? 'here' : ''}
          >
            <title>step {wholeNumber(one)}</title>
          </circle>
        ))}
      </svg>
      <p>
        {steps.length} keyframes. The two directions explain {percent(explained[0])} and {percent(explained[1])} of
        their variance; both axes are stretched to the picture.
      </p>
    </>
  );
}
