import { type Signal, useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import type { RunView } from '../../state/run-view.js';
import type { SampleFacts } from '../../worker/protocol.js';
import { linearTicks, shortNumber } from '../ticks.js';

const [width, height, margin] = [640, 420, { left: 58, right: 10, top: 10, bottom: 28 }];

/** Inputs at which the curve is drawn. Shapes: [n] */
export function curveInputs({ train }: SampleFacts): Float32Array {
  const [low, high] = rangeOf(train?.inputs ?? Float32Array.of(-1, 1), 0.05);
  const n = 401;
  return Float32Array.from({ length: n }, (_, i) => low + ((high - low) * i) / (n - 1));
}

function rangeOf(values: Float32Array, room: number): readonly [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (!(low <= high)) return [-1, 1];
  const extra = low === high ? 1 : (high - low) * room;
  return [low - extra, high + extra];
}

interface FitProps {
  readonly view: RunView;
  readonly beside: RunView | undefined;
  /** Takes points that were drawn into the picture, where the samples are one's own. */
  readonly onDraw?: (points: readonly (readonly [number, number])[]) => void;
  /** What stands below it. */
  readonly children?: ComponentChildren;
}

/** A function of one number: the samples, and what the network makes of the inputs. */
export function Fit({ view, beside, onDraw, children }: FitProps) {
  const stroke = useSignal<readonly Point[]>([]);
  const samples = view.facts.value?.samples;
  const still = useMemo(() => samples?.train && stillOf(samples), [samples]);
  if (!still) return null;
  const { xs, x, y } = still;
  const picture = view.picture.value;
  const other = beside?.picture.value;
  return (
    <figure class="picture">
      <figcaption>
        {view.spec.data.kind !== 'table'
          ? 'The function, and what the network makes of it'
          : 'The points, and what the network makes of them'}
      </figcaption>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={sentence(view)}
        class={onDraw ? 'drawable' : ''}
        {...(onDraw && drawing(stroke, (at) => onDraw(at.map(([left, top]) => [x.back(left), y.back(top)]))))}
      >
        {still.drawing}
        {other?.kind === 'curve' && beside && <path class="curve other" d={pathOf(xs, other.outputs, x, y)} />}
        {picture?.kind === 'curve' && <path class="curve" d={pathOf(xs, picture.outputs, x, y)} />}
        {stroke.value.length > 0 && <polyline class="stroke" points={stroke.value.join(' ')} />}
      </svg>
      <ul class="legend static">
        <li>
          <span class="swatch points" /> samples
        </li>
        {samples?.test && (
          <li>
            <span class="swatch points hollow" /> test samples
          </li>
        )}
        <li>
          <span class="swatch curve" /> network {view.label}
          {picture?.kind === 'curve' && !picture.outputs.some(Number.isFinite) && ': no finite output'}
        </li>
        {beside && (
          <li>
            <span class="swatch curve other" /> network {beside.label}
          </li>
        )}
      </ul>
      {onDraw && <p class="quiet">Draw a curve into the picture: the points that it passes give way to it.</p>}
      {children}
    </figure>
  );
}

/** What does not move while the network learns: made once. */
function stillOf(samples: SampleFacts) {
  const { targets } = samples.train!;
  const xs = curveInputs(samples);
  const x = scale([xs[0]!, xs.at(-1)!], [margin.left, width - margin.right]);
  const y = scale(rangeOf(targets, 0.25), [height - margin.bottom, margin.top]);
  const drawing = (
    <>
      <Axes x={x} y={y} />
      <Samples samples={samples.train!} x={x} y={y} />
      {samples.test && <Samples samples={samples.test} x={x} y={y} hollow />}
    </>
  );
  return { xs, x, y, drawing };
}

interface SamplesProps {
  readonly samples: NonNullable<SampleFacts['train']>;
  readonly x: Scale;
  readonly y: Scale;
  readonly hollow?: boolean;
}

const Samples = ({ samples: { inputs, targets }, x, y, hollow }: SamplesProps) => (
  <g class={hollow ? 'samples hollow' : 'samples'}>
    {Array.from(inputs, (value, i) => (
      <circle key={`${i}`} cx={x.at(value)} cy={y.at(targets[i]!)} r={inputs.length > 80 ? 1.6 : 4} />
    ))}
  </g>
);

const sentence = (view: RunView): string => {
  const loss = view.lines.get('loss');
  const last = loss && loss.count > 0 ? `, loss ${shortNumber(loss.y[loss.count - 1]!)}` : '';
  return `The samples and the network's curve after step ${view.place.value.step}${last}`;
};

interface Scale {
  readonly domain: readonly [number, number];
  readonly range: readonly [number, number];
  at(value: number): number;
  back(place: number): number;
}

type Point = readonly [number, number];

/** Collects a stroke of the pointer in the picture's own units; a click is a stroke of one point. */
function drawing(stroke: Signal<readonly Point[]>, onDrawn: (points: readonly Point[]) => void) {
  const add = (event: PointerEvent): void => {
    const box = (event.currentTarget as SVGSVGElement).getBoundingClientRect();
    const at: Point = [
      ((event.clientX - box.left) / box.width) * width,
      ((event.clientY - box.top) / box.height) * height,
    ];
    stroke.value = [...stroke.value, at];
  };
  return {
    onPointerDown(event: PointerEvent) {
      stroke.value = [];
      (event.currentTarget as SVGSVGElement).setPointerCapture(event.pointerId);
      add(event);
    },
    onPointerMove(event: PointerEvent) {
      if (event.buttons === 1 && stroke.value.length > 0) add(event);
    },
    onPointerUp() {
      if (stroke.value.length > 0) onDrawn(stroke.value);
      stroke.value = [];
    },
    onPointerCancel() {
      stroke.value = [];
    },
  };
}

const scale = (domain: readonly [number, number], range: readonly [number, number]): Scale => ({
  domain,
  range,
  at: (value) => range[0] + ((value - domain[0]) / (domain[1] - domain[0])) * (range[1] - range[0]),
  back: (place) => domain[0] + ((place - range[0]) / (range[1] - range[0])) * (domain[1] - domain[0]),
});

/** A curve leaves the picture rather than its path: what is far outside is drawn at the edge of what can be drawn. */
function pathOf(xs: Float32Array, ys: Float32Array, x: Scale, y: Scale): string {
  let path = '';
  let open = false;
  for (let i = 0; i < xs.length; i++) {
    const value = ys[i]!;
    if (!Number.isFinite(value)) {
      open = false;
      continue;
    }
    const at = Math.min(3 * height, Math.max(-2 * height, y.at(value)));
    path += `${open ? 'L' : 'M'}${x.at(xs[i]!).toFixed(1)} ${at.toFixed(1)}`;
    open = true;
  }
  return path;
}

function Axes({ x, y }: { x: Scale; y: Scale }) {
  return (
    <g class="axes">
      {linearTicks(...x.domain).map((value) => (
        <g key={value}>
          <line x1={x.at(value)} x2={x.at(value)} y1={y.range[1]} y2={y.range[0]} />
          <text x={x.at(value)} y={height - 8} text-anchor="middle">
            {shortNumber(value)}
          </text>
        </g>
      ))}
      {linearTicks(...y.domain).map((value) => (
        <g key={value}>
          <line x1={x.range[0]} x2={x.range[1]} y1={y.at(value)} y2={y.at(value)} />
          <text x={margin.left - 6} y={y.at(value) + 4} text-anchor="end">
            {shortNumber(value)}
          </text>
        </g>
      ))}
    </g>
  );
}
