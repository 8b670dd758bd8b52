import type { PanelData, PlanePath } from '../worker/protocol.js';
import { shortNumber, wholeNumber } from './ticks.js';

const [width, height, room] = [640, 320, 14];
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

interface Props {
  readonly of: PanelData['trajectory'];
  readonly step: number;
  /** Names of the two runs. */
  readonly label: string;
  readonly besideLabel?: string | undefined;
}

/** The weights at the keyframes in the plane where they vary most, those of a second run in the same plane. */
export function TrajectoryPlane({ of, step, label, besideLabel }: Props) {
  if (!of) return <p class="empty">The path is drawn where training stands still: pause.</p>;
  if ('none' in of) return <p class="empty">{of.none}</p>;
  const { path, beside, explained } = of;
  const paths = beside ? [path, beside] : [path];
  const atX = across(
    paths.flatMap(({ x }) => x),
    width,
  );
  const atY = across(
    paths.flatMap(({ y }) => y),
    height,
  );
  const at = (x: number, y: number): readonly [number, number] => [atX(x), height - atY(y)];
  return (
    <>
      <svg
        class="trajectory"
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`Path of the weights of ${label}${beside ? ` and ${besideLabel}` : ''} in two principal components`}
      >
        {beside && <Path path={beside} at={at} step={step} other />}
        <Path path={path} at={at} step={step} />
      </svg>
      <p>
        {beside && `${label}, and dashed ${besideLabel}, in one plane: `}
        {path.steps.length}
        {beside && ` and ${beside.steps.length}`} keyframes. The two directions explain {percent(explained[0])} and{' '}
        {percent(explained[1])} of their variance; across the picture {shortNumber(spanOf(paths, 'x'))}, and{' '}
        {shortNumber(spanOf(paths, 'y'))} up.
      </p>
    </>
  );
}

const spanOf = (paths: readonly PlanePath[], axis: 'x' | 'y'): number => {
  const values = paths.flatMap((path) => path[axis]);
  return Math.max(...values) - Math.min(...values);
};

/** From values to places within a size, some room left at both ends. */
function across(values: readonly number[], size: number): (value: number) => number {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return (value) => room + ((value - low) / (high - low || 1)) * (size - 2 * room);
}

interface PathProps {
  readonly path: PlanePath;
  readonly at: (x: number, y: number) => readonly [number, number];
  readonly step: number;
  readonly other?: boolean;
}

function Path({ path: { steps, x, y }, at, step, other }: PathProps) {
  const places = steps.map((_, t) => at(x[t]!, y[t]!));
  const nearest = steps.reduce((best, one, i) => (Math.abs(one - step) < Math.abs(steps[best]! - step) ? i : best), 0);
  return (
    <g class={other ? 'other' : ''}>
      <polyline points={places.map(([left, top]) => `${left.toFixed(1)},${top.toFixed(1)}`).join(' ')} />
      {places.map(([left, top], t) => (
        <circle key={steps[t]} cx={left} cy={top} r={t === nearest ? 7 : 2.5} class={t === nearest ? 'here' : ''}>
          <title>step {wholeNumber(steps[t]!)}</title>
        </circle>
      ))}
    </g>
  );
}
