import { useSignalEffect } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { RunView } from '../state/run-view.js';
import type { PictureRequest, SampleFacts } from '../worker/protocol.js';
import { shares } from './digits.js';
import { cssColor, themeRevision } from './view.js';

export const planeColors = ['--line-1', '--line-2', '--line-3', '--line-4', '--line-5', '--line-6'] as const;
const cells = 72;

/** The grid on which a network of two inputs is looked at. */
export function planeRequest({ train }: SampleFacts): PictureRequest | undefined {
  if (!train) return undefined;
  const [x, y] = [reach(train.inputs, 0), reach(train.inputs, 1)];
  return { kind: 'plane', columns: cells, rows: cells, x, y };
}

function reach(inputs: Float32Array, offset: number): readonly [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = offset; i < inputs.length; i += 2) {
    low = Math.min(low, inputs[i]!);
    high = Math.max(high, inputs[i]!);
  }
  const room = (high - low || 2) * 0.12;
  return [low - room, high + room];
}

/** Two inputs: the samples over what the network says of every point between them. */
export function Plane({ view }: { view: RunView }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useSignalEffect(() => {
    void themeRevision.value;
    const picture = view.picture.value;
    if (picture?.kind === 'plane' && canvas.current) paintPlane(canvas.current, picture.outputs, picture.width, view);
  });
  const samples = view.facts.value?.samples;
  const request = samples && planeRequest(samples);
  if (!samples?.train || request?.kind !== 'plane') return null;
  return (
    <figure class="picture">
      <figcaption>
        {samples.labelled
          ? 'The classes, and where the network draws the line'
          : 'The samples, and the network between them'}
      </figcaption>
      <div class="plane">
        <canvas
          ref={canvas}
          width={cells}
          height={cells}
          role="img"
          aria-label={`What the network says of every point after step ${view.place.value.step}`}
        />
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          <Points samples={samples.train} labelled={samples.labelled} request={request} />
          {samples.test && <Points samples={samples.test} labelled={samples.labelled} request={request} hollow />}
        </svg>
      </div>
      <p class="quiet">
        Filled: training samples{samples.test ? '; rings: test samples' : ''}. x from {request.x[0].toFixed(2)} to{' '}
        {request.x[1].toFixed(2)}, y from {request.y[0].toFixed(2)} to {request.y[1].toFixed(2)}.
      </p>
    </figure>
  );
}

type PlaneRequest = Extract<PictureRequest, { kind: 'plane' }>;

function Points(props: {
  samples: NonNullable<SampleFacts['train']>;
  labelled: boolean;
  request: PlaneRequest;
  hollow?: boolean;
}) {
  const { samples, labelled, request, hollow } = props;
  const at = (value: number, [low, high]: readonly [number, number]): number => ((value - low) / (high - low)) * 100;
  const size = samples.inputs.length / 2;
  return (
    <g class={hollow ? 'points hollow' : 'points'}>
      {Array.from({ length: size }, (_, i) => (
        <circle
          key={`${i}`}
          cx={at(samples.inputs[2 * i]!, request.x)}
          cy={100 - at(samples.inputs[2 * i + 1]!, request.y)}
          r="0.9"
          style={{ color: `var(${labelled ? planeColors[samples.targets[i]! % planeColors.length]! : '--text'})` }}
        />
      ))}
    </g>
  );
}

type Rgb = readonly [number, number, number];

/** A registered colour property is computed to `rgb(r, g, b)`. */
function rgbOf(name: string): Rgb {
  const [r = 128, g = 128, b = 128] = (cssColor(name).match(/[\d.]+/g) ?? []).map(Number);
  return [r, g, b];
}

function paintPlane(canvas: HTMLCanvasElement, outputs: Float32Array, width: number, view: RunView): void {
  const labelled = view.facts.value?.samples.labelled ?? false;
  const colors = planeColors.map(rgbOf);
  const image = new ImageData(cells, cells);
  const scale = labelled ? 1 : Math.max(1e-9, ...outputs.map(Math.abs).filter(Number.isFinite));
  for (let i = 0; i < cells * cells; i++) {
    const weights = labelled ? shares(outputs, width, i) : signed(outputs[i * width]! / scale);
    const finite = weights.every(Number.isFinite);
    const mixed = finite ? mix(weights, colors) : ([128, 128, 128] as const);
    image.data.set([...mixed, finite ? 255 * strength(weights) : 60], 4 * i);
  }
  canvas.getContext('2d')!.putImageData(image, 0, 0);
}

/** A value of [-1, 1] as shares of two colours. */
const signed = (value: number): readonly number[] => (value >= 0 ? [value, 0] : [0, -value]);
const strength = (weights: readonly number[]): number => 0.08 + 0.5 * Math.max(0, Math.max(...weights) - 0.35);

function mix(weights: readonly number[], colors: readonly Rgb[]): Rgb {
  const total = weights.reduce((sum, weight) => sum + weight, 0) || 1;
  const channel = (c: 0 | 1 | 2): number =>
    weights.reduce((sum, weight, k) => sum + (weight / total) * colors[k % colors.length]![c], 0);
  return [channel(0), channel(1), channel(2)];
}
