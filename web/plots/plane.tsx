import { useSignalEffect } from '@preact/signals';
import { useMemo, useRef } from 'preact/hooks';
import type { RunView } from '../state/run-view.js';
import type { PictureRequest, SampleFacts } from '../worker/protocol.js';
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
  const request = useMemo(() => samples && planeRequest(samples), [samples]);
  // Made once: hundreds of points do not move while the network learns.
  const points = useMemo(() => samples && request?.kind === 'plane' && pointsOf(samples, request), [samples, request]);
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
        {points}
      </div>
      <p class="quiet">
        Filled: training samples{samples.test ? '; rings: test samples' : ''}. x from {request.x[0].toFixed(2)} to{' '}
        {request.x[1].toFixed(2)}, y from {request.y[0].toFixed(2)} to {request.y[1].toFixed(2)}.
      </p>
    </figure>
  );
}

const pointsOf = ({ train, test, labelled }: SampleFacts, request: PlaneRequest) => (
  <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
    <Points samples={train!} labelled={labelled} request={request} />
    {test && <Points samples={test} labelled={labelled} request={request} hollow />}
  </svg>
);

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
  const weights = new Float64Array(labelled ? width : 2);
  const scale = labelled ? 1 : largest(outputs);
  for (let i = 0; i < cells * cells; i++) {
    if (labelled) sharesInto(weights, outputs, i * width);
    else weights.set([Math.max(0, outputs[i * width]! / scale), Math.max(0, -outputs[i * width]! / scale)]);
    mixInto(image.data, 4 * i, weights, colors);
  }
  canvas.getContext('2d')!.putImageData(image, 0, 0);
}

function largest(values: Float32Array): number {
  let most = 1e-9;
  for (const value of values) if (Number.isFinite(value)) most = Math.max(most, Math.abs(value));
  return most;
}

/** Outputs of one point as shares of the classes. */
function sharesInto(weights: Float64Array, outputs: Float32Array, from: number): void {
  let [most, total] = [Number.NEGATIVE_INFINITY, 0];
  for (let k = 0; k < weights.length; k++) most = Math.max(most, outputs[from + k]!);
  for (let k = 0; k < weights.length; k++) {
    weights[k] = Math.exp(outputs[from + k]! - most);
    total += weights[k]!;
  }
  for (let k = 0; k < weights.length; k++) weights[k]! /= total;
}

/** The colours by their weights, the fuller the surer; grey where something is not finite. */
function mixInto(pixels: Uint8ClampedArray, at: number, weights: Float64Array, colors: readonly Rgb[]): void {
  let [red, green, blue, total, most] = [0, 0, 0, 0, 0];
  for (let k = 0; k < weights.length; k++) {
    const [weight, color] = [weights[k]!, colors[k % colors.length]!];
    red += weight * color[0];
    green += weight * color[1];
    blue += weight * color[2];
    total += weight;
    most = Math.max(most, weight);
  }
  const finite = Number.isFinite(total);
  pixels[at] = finite ? red / (total || 1) : 128;
  pixels[at + 1] = finite ? green / (total || 1) : 128;
  pixels[at + 2] = finite ? blue / (total || 1) : 128;
  pixels[at + 3] = finite ? 255 * (0.08 + 0.5 * Math.max(0, most - 0.35)) : 60;
}
