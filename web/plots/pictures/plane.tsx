import { useSignal, useSignalEffect } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import type { RunView } from '../../state/run-view.js';
import type { PictureRequest, SampleFacts } from '../../worker/protocol.js';
import { themeRevision } from '../view.js';
import { paintPlane, planeCells, planeColors } from './paint-plane.js';

/** The grid on which a network of two inputs is looked at. */
export function planeRequest({ train }: SampleFacts): PlaneRequest | undefined {
  if (!train) return undefined;
  const [x, y] = [reach(train.inputs, 0), reach(train.inputs, 1)];
  return { kind: 'plane', columns: planeCells, rows: planeCells, x, y };
}

const places = ([low, high]: Point): string => `${low.toFixed(2)} to ${high.toFixed(2)}`.replaceAll('-', '−');

type PlaneRequest = Extract<PictureRequest, { kind: 'plane' }>;
type Point = readonly [number, number];

function reach(inputs: Float32Array, offset: number): Point {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = offset; i < inputs.length; i += 2) {
    low = Math.min(low, inputs[i]!);
    high = Math.max(high, inputs[i]!);
  }
  const room = (high - low || 2) * 0.12;
  return [low - room, high + room];
}

/** Takes a point of a class that was placed into the picture; `span` is the picture's width. */
export type OnPlace = (at: Point, label: number, span: number) => void;

interface PlaneProps {
  readonly view: RunView;
  readonly beside: RunView | undefined;
  /** Where the samples are one's own, and are classes. */
  readonly onPlace?: OnPlace;
  /** What stands below it. */
  readonly children?: ComponentChildren;
}

/** Two inputs: the samples over what the network says of every point between them. */
export function Plane({ view, beside, onPlace, children }: PlaneProps) {
  const samples = view.facts.value?.samples;
  const request = useMemo(() => samples && planeRequest(samples), [samples]);
  const label = useSignal(0);
  if (!samples?.train || !request) return null;
  const place = onPlace && ((at: Point) => onPlace(at, label.value, request.x[1] - request.x[0]));
  const other = beside?.picture.value?.kind === 'plane' ? beside : undefined;
  return (
    <figure class="picture">
      <figcaption>
        {samples.labelled
          ? 'The classes, and where the network draws the line'
          : 'The samples, and the network between them'}
      </figcaption>
      <div class={other ? 'planes two' : 'planes'}>
        <Field key={view.key} view={view} samples={samples} request={request} {...(place && { onPlace: place })} />
        {other && <Field key={other.key} view={other} samples={samples} request={request} />}
      </div>
      {onPlace && <ClassChoice label={label.value} most={samples.outputs} onChoose={(next) => (label.value = next)} />}
      <p class="quiet">
        {other && `Left: ${view.label}. Right: ${other.label}. `}
        Filled: training samples{samples.test ? '; rings: test samples' : ''}. x from {places(request.x)}, y from{' '}
        {places(request.y)}.
      </p>
      {children}
    </figure>
  );
}

interface FieldProps {
  readonly view: RunView;
  readonly samples: SampleFacts;
  readonly request: PlaneRequest;
  readonly onPlace?: (at: Point) => void;
}

/** What one network says of every point. */
function Field({ view, samples, request, onPlace }: FieldProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useSignalEffect(() => {
    void themeRevision.value;
    const picture = view.picture.value;
    if (picture?.kind === 'plane' && canvas.current) paintPlane(canvas.current, picture, samples.labelled);
  });
  // Made once: hundreds of points do not move while the network learns.
  const points = useMemo(() => pointsOf(samples, request), [samples, request]);
  const place = (event: MouseEvent & { readonly currentTarget: HTMLElement }): void => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    const [x, y] = [(event.clientX - left) / width, (event.clientY - top) / height];
    const between = ([low, high]: Point, share: number): number => low + (high - low) * share;
    onPlace?.([between(request.x, x), between(request.y, 1 - y)]);
  };
  return (
    <div class={onPlace ? 'plane drawable' : 'plane'} {...(onPlace && { onClick: place })}>
      <canvas
        ref={canvas}
        width={planeCells}
        height={planeCells}
        role="img"
        aria-label={`What network ${view.label} says of every point after step ${view.place.value.step}`}
      />
      {points}
    </div>
  );
}

const colorOf = (label: number): string => `var(${planeColors[label % planeColors.length]!})`;

interface ClassChoiceProps {
  readonly label: number;
  /** Classes that there are; one more can be begun. */
  readonly most: number;
  readonly onChoose: (label: number) => void;
}

const mostClasses = 6;

/** Which class a click places. */
function ClassChoice({ label, most, onChoose }: ClassChoiceProps) {
  const count = Math.min(mostClasses, most + 1);
  return (
    <fieldset class="row class-choice" data-unsaved>
      <legend class="quiet">A click places a point of class</legend>
      {Array.from({ length: count }, (_, i) => (
        <button key={`${i}`} type="button" aria-pressed={label === i} onClick={() => onChoose(i)}>
          <span class="dot" style={{ background: colorOf(i) }} aria-hidden="true" /> {i}
        </button>
      ))}
      <span class="quiet">on a point of that class it takes it away</span>
    </fieldset>
  );
}

const pointsOf = ({ train, test, labelled }: SampleFacts, request: PlaneRequest) => (
  <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
    <Points samples={train!} labelled={labelled} request={request} />
    {test && <Points samples={test} labelled={labelled} request={request} hollow />}
  </svg>
);

interface PointsProps {
  readonly samples: NonNullable<SampleFacts['train']>;
  readonly labelled: boolean;
  readonly request: PlaneRequest;
  readonly hollow?: boolean;
}

function Points({ samples, labelled, request, hollow }: PointsProps) {
  const at = (value: number, [low, high]: Point): number => ((value - low) / (high - low)) * 100;
  const size = samples.inputs.length / 2;
  const radius = size > 60 ? 0.9 : 1.4;
  return (
    <g class={hollow ? 'points hollow' : 'points'}>
      {Array.from({ length: size }, (_, i) => (
        <circle
          key={`${i}`}
          cx={at(samples.inputs[2 * i]!, request.x)}
          cy={100 - at(samples.inputs[2 * i + 1]!, request.y)}
          r={radius}
          style={{ color: labelled ? colorOf(samples.targets[i]!) : 'var(--text)' }}
        />
      ))}
    </g>
  );
}
